"""Letters enter the log and the outbox together, in the caller's transaction."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from jobs.services import enqueue
from notifications.models import Delivery, Notification
from notifications.registry import Kind
from notifications.working_days import opening_of, working_days_after


def queue_letters(letters: Iterable[Delivery]) -> list[Delivery]:
    """Log the letters that were never written before, and queue them; return those."""
    host = urlsplit(settings.SITE_URL).hostname
    letters = list(letters)
    for letter in letters:
        letter.message_id = f"<{letter.public_id}@{host}>"
    Delivery.objects.bulk_create(letters, ignore_conflicts=True)
    new = Delivery.objects.filter(public_id__in=[one.public_id for one in letters])
    queued = list(new.order_by("pk"))
    for letter in queued:
        enqueue("notifications.send", {"delivery": letter.pk})
    return queued


def plan_next_reminder(
    kind: Kind, news: Notification, *, after: int, since: dt.date
) -> None:
    """Queue the reminder that follows the ``after``-th, if the kind has that many.

    The days of the kind are counted from the news; those between two reminders are
    kept when the first had to wait.
    """
    days = (0, *kind.reminders_days)
    if after + 1 < len(days):
        on = working_days_after(since, days[after + 1] - days[after])
        plan_reminder(news, after + 1, on=on)


def plan_reminder(news: Notification, number: int, *, on: dt.date) -> None:
    """Queue the reminder ``number`` of ``news`` for the opening of the day ``on``."""
    enqueue(
        "notifications.remind",
        {"notification": news.pk, "number": number},
        f"{news.pk}:{number}",
        not_before=opening_of(on, timezone.get_current_timezone()),
    )
