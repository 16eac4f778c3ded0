"""Doing jobs exactly once, whatever is killed: claim, execute, record."""

import logging
import time
import traceback

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from jobs.models import Job
from jobs.registry import handler_of
from jobs.services.execution import (
    Execution,
    LostLeaseError,
    Report,
    heart_beating,
    lease,
)
from jobs.services.failing import (
    attempts_max,
    give_back,
    quarantine,
    record_failure,
)

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.2


class QuarantinedError(RuntimeError):
    """A job that was waited for failed too often."""


def run_job(job_id: int, report: Report | None = None) -> bool:
    """Do one job if it is due and free; say whether this call did it or tried.

    An error is stored with the job, which is tried again later, then set aside.
    """
    job = _claim(job_id)
    if job is None:
        return False
    execution = Execution(job, report)
    try:
        with (
            bound_contextvars(job=job.kind, job_id=job.pk),
            pghistory.context(job=job.kind),
        ):
            _execute(execution)
    except LostLeaseError:
        logger.info("Job %s was taken over by another worker.", job.pk)
    except Exception:
        # Its kind, never its key: logs outlive those whom a key may name.
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        record_failure(job, traceback.format_exc())
    except BaseException:  # asked to stop: the job goes back at once
        give_back(job)
        raise
    return True


def drain(report: Report | None = None) -> int:
    """Do everything that is due, and what this queues in turn; return how many."""
    count = 0
    while job_id := next_due():
        count += run_job(job_id, report)
    return count


def next_due(*kinds: str) -> int | None:
    """Return a job that is due and that no other worker holds; of ``kinds``, if any."""
    with transaction.atomic():
        due = Job.objects.due(timezone.now()).order_by("not_before", "id")
        if kinds:
            due = due.filter(kind__in=kinds)
        job = due.select_for_update(skip_locked=True).only("pk").first()
    return job.pk if job else None


def wait_for(job: Job, report: Report | None = None) -> None:
    """Return when the job is done, doing it here when there is no Redis.

    Raises
    ------
    QuarantinedError
        If it failed too often; the message is its last error.
    """
    while True:
        if not settings.REDIS_URL:
            run_job(job.pk, report)
        job.refresh_from_db()
        if report:
            report(job)
        if job.is_done:
            return
        if job.is_quarantined:
            raise QuarantinedError(job.error)
        time.sleep(POLL_SECONDS)


@transaction.atomic
def _claim(job_id: int) -> Job | None:
    """Reserve a job, and count the attempt before it is made.

    A job which kills its worker is so set aside like one that fails.
    """
    now = timezone.now()
    due = Job.objects.due(now).filter(pk=job_id)
    job = due.select_for_update(skip_locked=True).first()
    if job is None:
        return None
    if job.attempts >= attempts_max(job.kind):
        quarantine(job, job.error or "The workers that began this job all died.")
        return None
    job.attempts += 1
    job.claimed_at = now
    job.lease_until = now + lease()
    job.save(update_fields=["attempts", "claimed_at", "lease_until"])
    return job


def _execute(execution: Execution) -> None:
    known = handler_of(execution.job.kind)
    if not known.is_long:
        with execution.completing():
            known.function(execution.job.payload)
        return
    with heart_beating(execution):
        known.function(execution.job.payload, execution)
    if not execution.job.is_done:
        with execution.completing():
            pass
