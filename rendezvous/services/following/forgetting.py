"""What follows a meeting is forgotten in time; that it took place stays."""

import datetime as dt

from django.db import transaction

from rendezvous.models import Commitment, Feedback, FollowUp
from rendezvous.models.followup import ANSWERED_WITHIN

WORDS_KEPT = dt.timedelta(days=730)
FORGOTTEN_PROMISE = "Texte effacé"


@transaction.atomic
def forget_followups(now: dt.datetime) -> None:
    """Delete answers that stayed alone; empty words two years after the session."""
    alone = Feedback.objects.filter(outcome="")
    alone.filter(registration__session__ends_at__lt=now - ANSWERED_WITHIN).delete()
    old = now - WORDS_KEPT
    told = Feedback.objects.filter(registration__session__ends_at__lt=old)
    told.exclude(track="", by=None).update(track="", by=None)
    notes = FollowUp.objects.filter(session__ends_at__lt=old)
    notes.exclude(note="", note_by=None).update(note="", note_by=None)
    cards = Commitment.objects.filter(followup__session__ends_at__lt=old)
    cards.exclude(what=FORGOTTEN_PROMISE).update(what=FORGOTTEN_PROMISE)
