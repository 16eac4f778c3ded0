"""What becomes of a job that fails: tried again later, then set aside for a person."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jobs.models import ERROR_MAX_CHARS, Job
from jobs.registry import Handler, UnknownKindError, handler_of

DEFAULT_ATTEMPTS_MAX = 5
BACKOFF_MAX = timedelta(minutes=10)


@transaction.atomic
def record_failure(job: Job, error: str) -> None:
    mine = Job.objects.open().filter(pk=job.pk, attempts=job.attempts)
    current = mine.select_for_update().first()
    if current is None:
        return
    if current.attempts >= attempts_max(current.kind):
        quarantine(current, error)
        return
    current.error = _storable(error)
    current.lease_until = current.relayed_until = None
    current.not_before = timezone.now() + _backoff(current.attempts)
    current.save(update_fields=["error", "lease_until", "relayed_until", "not_before"])


def give_back(job: Job) -> None:
    Job.objects.open().filter(pk=job.pk, attempts=job.attempts).update(
        attempts=job.attempts - 1, lease_until=None, relayed_until=None
    )


def quarantine(job: Job, error: str) -> None:
    job.error = _storable(error)
    job.quarantined_at = timezone.now()
    job.lease_until = None
    job.save(update_fields=["error", "quarantined_at", "lease_until"])
    known = _handler_of(job.kind)
    if known is not None and known.set_aside is not None:
        known.set_aside(job.payload, job.error)


def _backoff(attempts: int) -> timedelta:
    """Return 2, 4, 8… seconds, give or take a quarter so that failures spread out."""
    seconds = min(2.0**attempts, BACKOFF_MAX.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311


def attempts_max(kind: str) -> int:
    known = _handler_of(kind)
    return known.attempts_max if known else DEFAULT_ATTEMPTS_MAX


def _handler_of(kind: str) -> Handler | None:
    try:
        return handler_of(kind)
    except UnknownKindError:
        return None


def _storable(error: str) -> str:
    text = error.replace("\0", "").encode(errors="replace").decode()
    return text[-ERROR_MAX_CHARS:]
