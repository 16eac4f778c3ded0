"""Queueing work, and doing it exactly once whatever is killed."""

from jobs.services.execution import Execution, LostLeaseError, Report
from jobs.services.queueing import enqueue
from jobs.services.relaying import relay, start_periods, sweep
from jobs.services.running import (
    QuarantinedError,
    drain,
    next_due,
    run_job,
    wait_for,
)
from jobs.services.upkeep import forget_periods, retry

__all__ = [
    "Execution",
    "LostLeaseError",
    "QuarantinedError",
    "Report",
    "drain",
    "enqueue",
    "forget_periods",
    "next_due",
    "relay",
    "retry",
    "run_job",
    "start_periods",
    "sweep",
    "wait_for",
]
