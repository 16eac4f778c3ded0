"""Publishing what the wake-ups missed, and starting the periodic jobs."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.models import Job, Period
from jobs.registry import handlers
from jobs.services.queueing import enqueue
from jobs.wakeup import wake

RELAY_BATCH = 100


def sweep() -> int:
    """Start the periods that are due and publish what no wake-up reached.

    Safe to run from anywhere, as often as wanted, by several at once.
    """
    start_periods()
    return relay()


def relay() -> int:
    """Publish a batch of due jobs; return how many. Nothing is locked meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        unpublished = Job.objects.unpublished(now).order_by("not_before", "id")
        batch = unpublished.select_for_update(skip_locked=True)[:RELAY_BATCH]
        job_ids = [job.pk for job in batch]
        Job.objects.filter(pk__in=job_ids).update(relayed_until=now + _relay_lease())
    return wake(job_ids) if job_ids else 0


def start_periods() -> int:
    """Queue each periodic job once per period, whoever and how many ask."""
    now = timezone.now()
    wanted = {
        (known.kind, int(now.timestamp() // known.every.total_seconds()))
        for known in handlers()
        if known.every is not None
    }
    numbers = [number for _, number in wanted]
    started = set(
        Period.objects.filter(number__in=numbers).values_list("kind", "number")
    )
    return sum(_start_period(kind, number) for kind, number in wanted - started)


def _start_period(kind: str, number: int) -> bool:
    try:
        with transaction.atomic():
            Period.objects.create(kind=kind, number=number)
            enqueue(kind, key="period")
    except IntegrityError:  # another sweep has just started it
        return False
    return True


def _relay_lease() -> timedelta:
    """How long a published job is left to the broker before it is published again."""
    return timedelta(seconds=settings.JOBS_RELAY_SECONDS)
