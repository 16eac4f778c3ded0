"""Queueing work inside the business transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.models import Job
from jobs.wakeup import wake

WAKE_UP_TIME = timedelta(seconds=2)  # left to the wake-up before the sweep publishes


@transaction.atomic
def enqueue(
    kind: str,
    payload: dict[str, Any] | None = None,
    key: str = "",
    *,
    not_before: datetime | None = None,
) -> Job:
    """Queue a job in the current transaction: it exists if and only if that commits.

    The same ``kind`` and ``key`` waits once: the new request joins the one that nobody
    has begun (its row stays locked until this transaction ends, so that the work
    sees what is written here). A request made while the work is running waits anew.
    Queue several keys in a stable order, as for any lock.
    """
    now = timezone.now()
    job = _join(kind, key, not_before or now) if key else None
    if job is None:
        job = _create(kind, payload or {}, key, not_before or now, now)
    transaction.on_commit(lambda: _wake_if_due(job, now))
    return job


def _create(
    kind: str, payload: dict[str, Any], key: str, not_before: datetime, now: datetime
) -> Job:
    fields = {
        "kind": kind,
        "payload": payload,
        "key": key,
        "created_at": now,
        "not_before": not_before,
        "relayed_until": max(not_before, now + WAKE_UP_TIME),
    }
    while True:
        try:
            with transaction.atomic():
                return Job.objects.create(**fields)
        except IntegrityError:  # the same key was queued in between
            if job := _join(kind, key, not_before):
                return job


def _join(kind: str, key: str, not_before: datetime) -> Job | None:
    waiting = Job.objects.waiting().filter(kind=kind, key=key)
    job = waiting.select_for_update().first()
    if job is not None and job.not_before > not_before:
        job.not_before = not_before
        job.save(update_fields=["not_before"])
    return job


def _wake_if_due(job: Job, now: datetime) -> None:
    if job.not_before <= now:
        wake([job.pk])
