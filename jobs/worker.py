"""The worker of a process without Redis: one thread, woken by a bell and a short poll."""

import logging
import threading
import time

from django.db import Error, connection

from jobs.services import next_due, run_job, start_periods
from jobs.wakeup import local_bell

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
PERIODS_SECONDS = 30.0
STOP_SECONDS = 3.0


class Worker:
    """Does the queued work in a thread until it is stopped.

    Other processes queue work through the database; those of this one ring the bell.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._next_periods = 0.0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> bool:
        """Stop after the job under way; say whether it ended in time.

        A job that lasts is left behind: its reservation runs out, another worker
        takes it, and what it had not committed never happened.
        """
        self._stopping.set()
        local_bell.set()
        if self._thread.ident is not None:  # it was started
            self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                local_bell.clear()
                self._work()
                local_bell.wait(POLL_SECONDS)
        finally:
            connection.close()

    def _work(self) -> None:
        """Do what is due. A database that went away comes back, or the process ends."""
        try:
            if time.monotonic() >= self._next_periods:
                self._next_periods = time.monotonic() + PERIODS_SECONDS
                start_periods()
            while not self._stopping.is_set() and (job_id := next_due()):
                run_job(job_id)
        except Error:
            logger.exception("The database does not answer; trying again.")
            connection.close()
            self._stopping.wait(1.0)
