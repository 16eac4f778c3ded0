"""Asking for a computation and ending it: a row to follow, jobs that do the work.

A run is planned by one job, ranked then stored by as many as it has blocks, and shown
by a last one (docs/decisions/0160). They agree through the row of the run: whoever has
it locked decides.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.models import Job, JobQuerySet
from jobs.registry import Payload
from jobs.services import enqueue
from matching.models import (
    Configuration,
    ListEnd,
    Proposal,
    Run,
    RunBlock,
    RunLists,
    RunPicture,
)
from territories.models import Territory

PLAN_JOB = "matching.run"
RANK_JOB = "matching.run_rank"
STORE_JOB = "matching.run_store"
SHOW_JOB = "matching.run_show"
CLEAR_JOB = "matching.run_clear"
KINDS = (PLAN_JOB, RANK_JOB, STORE_JOB, SHOW_JOB)
INITIAL_REASON = "Configuration publiée avec la plateforme."


class StoppedRunError(RuntimeError):
    """The run has ended: what is being computed for it is no longer wanted."""


def active_configuration() -> Configuration:
    """Return the active configuration; the published one is stored at first use."""
    found = Configuration.objects.filter(is_active=True).first()
    return found or _store_default()


def _store_default() -> Configuration:
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed

    content = kernel.default_configuration().to_mapping()
    try:
        with transaction.atomic():
            return Configuration.objects.create(
                version=content["version"],
                content=content,
                reason=INITIAL_REASON,
                is_active=True,
            )
    except IntegrityError:  # another process has just stored it
        return Configuration.objects.get(is_active=True)


def request_run(territory: Territory | None = None) -> Run:
    """Queue a computation of everything, or of ``territory``.

    One at a time for the same scope: a second request returns the one that waits or
    runs. A run whose job was set aside is closed first.
    """
    return request_or_join(territory)[0]


@transaction.atomic
def request_or_join(territory: Territory | None = None) -> tuple[Run, bool]:
    """Queue a computation as ``request_run``; tell also whether it is a new one."""
    scope = Run.Scope.TERRITORY if territory else Run.Scope.EVERYTHING
    current = Run.objects.active().filter(scope=scope, territory=territory)
    for run in current.select_for_update():
        if is_alive(run):
            return run, False
        _end(run, Run.State.FAILED, error=_last_error(run))
    try:
        with transaction.atomic():
            run = Run.objects.create(
                scope=scope, territory=territory, configuration=active_configuration()
            )
    except IntegrityError:  # the same was asked in between
        return current.get(), False
    queue(PLAN_JOB, run.pk)
    return run, True


@transaction.atomic
def stop_run(run: Run) -> bool:
    """Ask a computation to stop; False when it had already ended.

    Workers leave it within about a second. What readers see does not change.
    """
    current = Run.objects.active().select_for_update().filter(pk=run.pk).first()
    if current is None:
        return False
    _end(current, Run.State.STOPPED)
    return True


@transaction.atomic
def close_failed(payload: Payload, error: str) -> None:
    """End the run one of whose jobs has failed too often."""
    active = Run.objects.active().select_for_update()
    run = active.filter(pk=payload["run"]).first()
    if run is not None:
        _end(run, Run.State.FAILED, error=error)


def clear() -> None:
    """Delete what ended runs have written and nobody reads, or no longer."""
    active = Run.objects.active()
    for work in (RunLists, RunBlock, RunPicture):
        work.objects.exclude(run__in=active).delete()
    kept = Run.objects.filter(Q(is_shown=True) | Q(pk__in=active.values("pk")))
    Proposal.written.exclude(run__in=kept).delete()
    ListEnd.objects.exclude(run__in=kept).delete()
    # Their proposals were replaced: nothing refers to them any more.
    small = Run.objects.filter(scope=Run.Scope.INTENTIONS, is_shown=False)
    small.exclude(pk__in=active.values("pk")).delete()


def queue(kind: str, run_id: int, block: int | None = None) -> None:
    """Queue a job of a run, in the current transaction."""
    if block is None:
        enqueue(kind, {"run": run_id}, key=f"run:{run_id}")
    else:
        enqueue(kind, {"run": run_id, "block": block}, key=f"run:{run_id}/{block}")


def locked(run_id: int) -> Run:
    """Return a run that goes on, locked until the end of the transaction.

    Raises
    ------
    StoppedRunError
        If it has ended.
    """
    running = Run.objects.running().select_for_update()
    run = running.filter(pk=run_id).first()
    if run is None:
        raise StoppedRunError
    return run


def someone_else_runs(run: Run | None = None) -> bool:
    """Tell whether a computation (another than ``run``) is writing its proposals."""
    running = Run.objects.running()
    return any(is_alive(other) for other in running if other != run)


def leave_to_the_next() -> None:
    """A run has ended: clear behind it, and call for those that wait for its end."""
    enqueue(CLEAR_JOB, key="runs")
    for run in Run.objects.filter(state=Run.State.QUEUED).order_by("pk"):
        queue(PLAN_JOB, run.pk)


def is_alive(run: Run) -> bool:
    """Tell whether jobs will end this run: some are open, none was set aside."""
    jobs = _jobs_of(run)
    return jobs.open().exists() and not jobs.quarantined().exists()


def _jobs_of(run: Run) -> JobQuerySet:
    return Job.objects.filter(kind__in=KINDS, payload__run=run.pk)


def _last_error(run: Run) -> str:
    job = _jobs_of(run).quarantined().order_by("pk").last()
    return job.error if job and job.error else _("Le calcul s’est interrompu.")


def _end(run: Run, state: Run.State, *, error: str = "") -> None:
    run.state, run.error, run.finished_at = state, error, timezone.now()
    run.save(update_fields=["state", "error", "finished_at"])
    leave_to_the_next()
