"""Emptying what was withdrawn, once nobody may contest what was decided of it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from alliances.models import Message, Report
from alliances.services.conversations.sending import forget

# How long what was reported is kept after the decision, for whoever contests it.
KEPT_AFTER_DECISION = dt.timedelta(days=180)


@transaction.atomic
def forget_withdrawn() -> int:
    """Empty the withdrawn messages whose reports are decided and old; return how many."""
    limit = timezone.now() - KEPT_AFTER_DECISION
    needed = Report.objects.filter(message__isnull=False).exclude(handled_at__lt=limit)
    rows = (
        Message.objects.select_for_update(no_key=True)
        .filter(withdrawn_at__isnull=False)
        .exclude(body="")
        .exclude(pk__in=needed.values("message"))
        .order_by("pk")
    )
    count = 0
    for message in rows:
        forget(message)
        message.save(update_fields=["body"])
        count += 1
    return count
