"""Second chances, and forgetting what is long done."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jobs.models import Job, JobQuerySet, Period
from jobs.registry import handlers

KEEP_DONE = timedelta(days=7)


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
def purge() -> int:
    """Forget the jobs done a week ago, and the periods that began before."""
    limit = timezone.now() - KEEP_DONE
    for known in handlers():
        if known.every is not None:
            oldest = int(limit.timestamp() // known.every.total_seconds())
            Period.objects.filter(kind=known.kind, number__lt=oldest).delete()
    return Job.objects.filter(done_at__lt=limit).delete()[0]
