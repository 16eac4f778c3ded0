"""One attempt at a job: its progress, its reservation, its final transaction."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from jobs.models import Job, JobQuerySet

Report = Callable[[Job], None]


class LostLeaseError(RuntimeError):
    """Another worker took the job over: what this one does no longer counts."""


@dataclass
class Execution:
    """One attempt at a job. The number of the attempt tells it from a later one."""

    job: Job
    report: Report | None = None

    def progress(self, done: int, total: int, label: str = "") -> None:
        """Store and show how far the work is; keeps the job reserved.

        Raises
        ------
        LostLeaseError
            If another worker has taken the job over.
        """
        self.job.progress_done, self.job.progress_total = done, total
        self.job.progress_label = label[:200]
        kept = self._mine().update(
            progress_done=done,
            progress_total=total,
            progress_label=self.job.progress_label,
            lease_until=timezone.now() + lease(),
        )
        if not kept:
            raise LostLeaseError
        if self.report:
            self.report(self.job)

    @contextmanager
    def completing(self) -> Iterator[None]:
        """Open the transaction that holds the final effect and ``done_at``.

        Raises
        ------
        LostLeaseError
            If another worker has taken or finished the job; nothing is written.
        """
        with transaction.atomic():
            # Not SKIP LOCKED: the lock may be this job’s heartbeat's, for an instant.
            if self._mine().select_for_update().only("pk").first() is None:
                raise LostLeaseError
            yield
            self.job.done_at = timezone.now()
            self.job.lease_until = None
            self.job.save(update_fields=["done_at", "lease_until"])
        if self.report:
            self.report(self.job)

    def extend(self) -> bool:
        """Keep the job reserved; say whether it still is this attempt's."""
        return bool(self._mine().update(lease_until=timezone.now() + lease()))

    def _mine(self) -> JobQuerySet:
        return Job.objects.open().filter(pk=self.job.pk, attempts=self.job.attempts)


def lease() -> timedelta:
    """Return how long a worker may be silent before its job is given to another."""
    return timedelta(seconds=settings.JOBS_LEASE_SECONDS)


@contextmanager
def heart_beating(execution: Execution) -> Iterator[None]:
    """Keep the job reserved while this process lives, however silent the handler."""
    if connection.in_atomic_block:  # nobody else could see the job, nor take it
        yield
        return
    stopped = threading.Event()

    def beat() -> None:
        try:
            while not stopped.wait(lease().total_seconds() / 3):
                if not execution.extend():
                    return
        finally:
            connection.close()

    heart = threading.Thread(target=beat, name="job-lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stopped.set()
        heart.join()
