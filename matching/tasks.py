"""The jobs of matching. The computing modules load when the first one runs."""

from datetime import timedelta

from jobs.registry import Payload, Work, handler, long_handler
from matching.services.changes import REFRESH_JOB
from matching.services.runs import RUN_JOB, request_run
from matching.services.signals import keep_signals


@long_handler(RUN_JOB)
def compute_run(payload: Payload, work: Work) -> None:
    from matching.services.computing import compute_run  # noqa: PLC0415 - NumPy

    compute_run(payload["run"], work)


@long_handler(REFRESH_JOB)
def refresh_intentions(payload: Payload, work: Work) -> None:
    from matching.services.refreshing import refresh_changed  # noqa: PLC0415 - NumPy

    refresh_changed(work)


@handler("matching.refresh_everything", every=timedelta(days=1))
def refresh_everything(payload: Payload) -> None:
    """Pauses that end and new days are seen without anybody editing anything."""
    request_run()


@handler("matching.keep_signals", every=timedelta(days=1))
def keep_daily_signals(payload: Payload) -> None:
    """What the score saw is noted within a day of what happened."""
    keep_signals()
