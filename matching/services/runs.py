"""Asking for a computation: a row to follow, and a job in the same transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.models import Job
from jobs.services import enqueue
from matching.models import Configuration, Run
from territories.models import Territory

RUN_JOB = "matching.run"
INITIAL_REASON = "Configuration publiée avec la plateforme."


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


@transaction.atomic
def request_run(territory: Territory | None = None) -> Run:
    """Queue a computation of everything, or of ``territory``.

    One at a time for the same scope: a second request returns the one that waits or
    runs. A run whose job was set aside is closed first.
    """
    scope = Run.Scope.TERRITORY if territory else Run.Scope.EVERYTHING
    current = Run.objects.active().filter(scope=scope, territory=territory)
    for run in current.select_for_update():
        if _is_alive(run):
            return run
        _close(run)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                scope=scope, territory=territory, configuration=active_configuration()
            )
    except IntegrityError:  # the same was asked in between
        return current.get()
    enqueue(RUN_JOB, {"run": run.pk}, key=f"run:{run.pk}")
    return run


def job_of(run: Run) -> Job | None:
    """Return the job of a run, the last one if it was tried again."""
    return Job.objects.filter(kind=RUN_JOB, key=f"run:{run.pk}").order_by("pk").last()


def _is_alive(run: Run) -> bool:
    job = job_of(run)
    return job is not None and not job.is_quarantined and not job.is_done


def _close(run: Run) -> None:
    job = job_of(run)
    run.state = Run.State.FAILED
    run.error = job.error if job and job.error else _("Le calcul s’est interrompu.")
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "error", "finished_at"])
