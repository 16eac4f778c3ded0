"""The jobs of matching. The computing modules load when the first one runs."""

from datetime import timedelta

from jobs.registry import Payload, Work, handler, long_handler
from matching.services.balances import BALANCE_JOB
from matching.services.changes import REFRESH_JOB
from matching.services.runs import (
    CLEAR_JOB,
    PLAN_JOB,
    RANK_JOB,
    SHOW_JOB,
    STORE_JOB,
    clear,
    close_failed,
    request_run,
)
from matching.services.signals import keep_signals

# Workers that are stopped, one after the other, count as attempts too.
RUN_ATTEMPTS = 10


@long_handler(PLAN_JOB, attempts_max=RUN_ATTEMPTS, set_aside=close_failed)
def plan_run(payload: Payload, work: Work) -> None:
    from matching.services.computing import plan_run  # noqa: PLC0415 - NumPy

    plan_run(payload["run"], work)


@long_handler(RANK_JOB, attempts_max=RUN_ATTEMPTS, set_aside=close_failed)
def rank_block(payload: Payload, work: Work) -> None:
    from matching.services.computing import rank_block  # noqa: PLC0415 - NumPy

    rank_block(payload["run"], payload["block"], work)


@long_handler(STORE_JOB, attempts_max=RUN_ATTEMPTS, set_aside=close_failed)
def store_block(payload: Payload, work: Work) -> None:
    from matching.services.computing import store_block  # noqa: PLC0415 - NumPy

    store_block(payload["run"], payload["block"], work)


@long_handler(SHOW_JOB, attempts_max=RUN_ATTEMPTS, set_aside=close_failed)
def show_run(payload: Payload, work: Work) -> None:
    from matching.services.computing import show_run  # noqa: PLC0415 - NumPy

    show_run(payload["run"], work)


@handler(CLEAR_JOB)
def clear_runs(payload: Payload) -> None:
    clear()


@long_handler(REFRESH_JOB)
def refresh_intentions(payload: Payload, work: Work) -> None:
    from matching.services.refreshing import refresh_changed  # noqa: PLC0415 - NumPy

    refresh_changed(work)


@long_handler(BALANCE_JOB)
def compute_balances(payload: Payload, work: Work) -> None:
    from matching.services.balancing import compute_balances  # noqa: PLC0415 - NumPy

    compute_balances(payload["territory"], work)


@handler("matching.refresh_everything", every=timedelta(days=1))
def refresh_everything(payload: Payload) -> None:
    """Pauses that end and new days are seen without anybody editing anything."""
    request_run()


@handler("matching.keep_signals", every=timedelta(days=1))
def keep_daily_signals(payload: Payload) -> None:
    """What the score saw is noted within a day of what happened."""
    keep_signals()
