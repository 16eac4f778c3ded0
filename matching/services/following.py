"""Waiting for a computation, and doing it here when there is no Redis."""

import time
from collections.abc import Callable

from django.conf import settings

from jobs.services import next_due, run_job
from matching.models import Run
from matching.services.runs import KINDS

POLL_SECONDS = 0.2

Report = Callable[[Run], None]


def follow(run: Run, report: Report | None = None) -> Run:
    """Return when the run has ended, whichever way; its row is then up to date."""
    while True:
        has_worked = not settings.REDIS_URL and _work()
        run.refresh_from_db()
        if report:
            report(run)
        if not run.is_active:
            return run
        if not has_worked:
            time.sleep(POLL_SECONDS)


def _work() -> bool:
    """Do a job of any run: another one may stand before the one that is waited for."""
    job_id = next_due(*KINDS)
    return job_id is not None and run_job(job_id)
