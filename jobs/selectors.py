"""What operators and health checks read of the outbox."""

from django.db.models import Min
from django.utils import timezone

from jobs.models import Job


def oldest_due_age_s() -> float:
    """Return for how long the oldest job that may be done has been waiting, or 0."""
    now = timezone.now()
    oldest = Job.objects.due(now).aggregate(oldest=Min("not_before"))["oldest"]
    return (now - oldest).total_seconds() if oldest else 0.0
