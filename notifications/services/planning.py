"""Digests: what waits is gathered once per person, and per day or week."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs.services import enqueue
from notifications.models import Delivery, Notification
from notifications.registry import DIGEST, Frequency
from notifications.services.queueing import queue_letters
from notifications.working_days import daily_cutoff, weekly_cutoff

CUTOFFS = {Frequency.DAILY: daily_cutoff, Frequency.WEEKLY: weekly_cutoff}
PEOPLE_PER_JOB = 100


@transaction.atomic
def plan_digests() -> None:
    """Queue the digests whose hour has come, a batch of people at a time."""
    moment = timezone.localtime()
    for frequency, cutoff_of in CUTOFFS.items():
        if cutoff := cutoff_of(moment):
            plan_digests_of(frequency, cutoff)


@transaction.atomic
def plan_digests_of(frequency: Frequency, cutoff: dt.datetime) -> None:
    """Queue the gathering of what was told before ``cutoff``, in batches of people."""
    waiting = _waiting(frequency, cutoff).order_by("user")
    people = list(waiting.values_list("user", flat=True).distinct())
    for start in range(0, len(people), PEOPLE_PER_JOB):
        batch = people[start : start + PEOPLE_PER_JOB]
        enqueue(
            "notifications.gather",
            {
                "frequency": frequency,
                "cutoff": cutoff.isoformat(),
                "first": batch[0],
                "last": batch[-1],
            },
            f"{frequency}:{cutoff.date()}:{batch[0]}",
        )


@transaction.atomic
def gather(frequency: Frequency, cutoff: dt.datetime, *, first: int, last: int) -> None:
    """Make one letter per person of what was told them before ``cutoff``.

    What is gathered is no longer waiting: done again, or by two at once, this makes
    the same letters once.
    """
    waiting = _waiting(frequency, cutoff).filter(user__gte=first, user__lte=last)
    locked = waiting.select_for_update().order_by("pk")
    people = set(locked.values_list("user", flat=True))
    key = f"{frequency} {timezone.localdate(cutoff)}"
    letters = [Delivery(user_id=user, kind=DIGEST, key=key) for user in sorted(people)]
    for letter in queue_letters(letters):
        gathered = waiting.filter(user=letter.user_id)
        gathered.update(digest="", delivery=letter)


def _waiting(frequency: Frequency, cutoff: dt.datetime) -> QuerySet[Notification]:
    return Notification.objects.filter(digest=frequency, created_at__lt=cutoff)
