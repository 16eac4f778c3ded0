"""What is done every day: reminders before a session, names forgotten after it."""

import datetime as dt

from django.db import transaction

from rendezvous.models import Attendee, Session
from rendezvous.services.telling import tell_soon

REMINDED_DAYS = (7, 1)
NAMES_KEPT = dt.timedelta(days=365)
FORGOTTEN_NAME = "Personne venue ce jour-là"


def remind_everybody(now: dt.datetime) -> None:
    """Remind those who have a place a week before, and the day before; each once."""
    coming = Session.objects.coming(now).filter(begins_at__gt=now)
    for days in REMINDED_DAYS:
        for session in coming.filter(begins_at__lte=now + dt.timedelta(days=days)):
            with transaction.atomic():
                tell_soon(session, days=days)


def forget_names(now: dt.datetime) -> int:
    """Forget who came, a year after; that their organisation came stays."""
    old = Attendee.objects.filter(registration__session__ends_at__lt=now - NAMES_KEPT)
    named = old.exclude(name=FORGOTTEN_NAME)
    return named.update(name=FORGOTTEN_NAME, user=None)
