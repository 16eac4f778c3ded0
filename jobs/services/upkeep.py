"""Second chances, and forgetting periods that are long over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jobs.models import JobQuerySet, Period
from jobs.registry import handlers

KEPT = timedelta(days=7)


@transaction.atomic
def retry(jobs: JobQuerySet) -> int:
    """Give jobs that were set aside another chance, from the first attempt."""
    return jobs.quarantined().update(
        quarantined_at=None,
        attempts=0,
        claimed_at=timezone.now(),
        relayed_until=None,
        not_before=timezone.now(),
    )


@transaction.atomic
def forget_periods() -> None:
    """Forget the periods that began more than a week ago; jobs done: the data map."""
    limit = timezone.now() - KEPT
    for known in handlers():
        if known.every is not None:
            oldest = int(limit.timestamp() // known.every.total_seconds())
            Period.objects.filter(kind=known.kind, number__lt=oldest).delete()
