"""Reminding, on working days, whoever was asked something and has not answered."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import Absence
from notifications.models import Delivery, Notification
from notifications.registry import Kind, kind_of
from notifications.services.queueing import (
    plan_next_reminder,
    plan_reminder,
    queue_letters,
)
from notifications.services.recipients import is_reachable
from notifications.working_days import working_days_after


@transaction.atomic
def remind(notification_id: int, number: int) -> None:
    """Write the reminder ``number``, unless there is nothing left to remind of.

    During an absence it waits for the working day after it, and the next ones follow.
    """
    found = Notification.objects.select_for_update(of=("self",)).select_related("user")
    news = found.filter(pk=notification_id, answered_at=None).first()
    if news is None or not is_reachable(news.user):
        return
    kind, today = kind_of(news.kind), timezone.localdate()
    if not _still_reminds(kind, news):
        return
    if last_day := _last_day_away(news, today):
        plan_reminder(news, number, on=working_days_after(last_day, 1))
        return
    queue_letters(
        [Delivery(user=news.user, kind=kind.code, key=news.key, number=number)]
    )
    plan_next_reminder(kind, news, after=number, since=today)


def _still_reminds(kind: Kind, news: Notification) -> bool:
    questions = (kind.still_concerns, kind.still_reminds)
    return all(asks is None or asks(news.user, news.key) for asks in questions)


def _last_day_away(news: Notification, today: dt.date) -> dt.date | None:
    """Return when the absence of today ends, None when the person is there."""
    absences = Absence.objects.filter(
        user=news.user, starts_on__lte=today, ends_on__gte=today
    )
    return max(absences.values_list("ends_on", flat=True), default=None)
