"""Telling a worker that there is something to do. It may fail: the outbox remembers.

With ``REDIS_URL`` the message goes through Celery; without it, to the worker thread of
this process if there is one. Never raises, never waits long: a broker that does not
answer is left alone for a few seconds.
"""

import logging
import threading
import time

from django.conf import settings

from jobs.broker import app

logger = logging.getLogger(__name__)

RUN_TASK = "jobs.run"
SWEEP_TASK = "jobs.sweep"
SILENCE_AFTER_FAILURE_SECONDS = 5.0

# Set when a job was committed by this process; `jobs.worker.Worker` waits on it.
local_bell = threading.Event()

_silent_until = 0.0


def wake(job_ids: list[int]) -> int:
    """Publish the identifiers of committed jobs; return how many were published."""
    if not settings.REDIS_URL:
        local_bell.set()
        return len(job_ids)
    return sum(_publish(job_id) for job_id in job_ids)


def _publish(job_id: int) -> bool:
    global _silent_until  # noqa: PLW0603 - one broker, one state per process
    if time.monotonic() < _silent_until:
        return False
    try:
        # retry=False: one attempt, bounded by the socket time-outs of the settings.
        app.send_task(RUN_TASK, args=[job_id], retry=False, ignore_result=True)
    except Exception:
        _silent_until = time.monotonic() + SILENCE_AFTER_FAILURE_SECONDS
        logger.warning("The broker does not answer; the sweep will publish later.")
        return False
    return True
