"""Letters enter the log and the outbox together, in the caller's transaction."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from jobs.services import enqueue
from notifications.models import Delivery


def queue_letters(
    letters: Iterable[Delivery], *, not_before: dt.datetime | None = None
) -> list[Delivery]:
    """Log the letters that were never written before, and queue them; return those."""
    host = urlsplit(settings.SITE_URL).hostname
    letters = list(letters)
    for letter in letters:
        letter.message_id = f"<{letter.public_id}@{host}>"
    Delivery.objects.bulk_create(letters, ignore_conflicts=True)
    new = Delivery.objects.filter(public_id__in=[one.public_id for one in letters])
    queued = list(new.order_by("pk"))
    for letter in queued:
        enqueue("notifications.send", {"delivery": letter.pk}, not_before=not_before)
    return queued
