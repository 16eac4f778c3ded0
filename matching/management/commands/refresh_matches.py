"""``manage.py refresh_matches``: queue the computation, and wait for it if asked."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import Job
from jobs.services import QuarantinedError, wait_for
from matching.models import Run
from matching.services.runs import job_of, request_run
from territories.models import Territory
from territories.selectors import UnknownTerritoryError, resolve

BAR_WIDTH = 30


class Command(BaseCommand):
    _is_shown = False
    help = "Calcule les propositions de partenariat, partout ou sur un territoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", metavar="REF", help="DEP-44, EPCI-…, FR")
        parser.add_argument(
            "--wait", action="store_true", help="attend que tout soit enregistré"
        )

    def handle(
        self, *args: Any, territory: str | None, wait: bool, **options: Any
    ) -> None:
        run = request_run(self._territory(territory))
        if not wait:
            self._say(_("Calcul %s demandé ; les travaux en attente le feront.") % run)
            return
        job = job_of(run)
        if job is None:
            raise CommandError(_("Le calcul %s n’a plus de travail en attente.") % run)
        self._wait(run, job)

    def _territory(self, reference: str | None) -> Territory | None:
        if reference is None:
            return None
        try:
            found = resolve(reference)
        except UnknownTerritoryError as error:
            raise CommandError(str(error)) from error
        if found.notice:
            self._say(found.notice)
        is_everything = found.territory.kind == Territory.Kind.COUNTRY
        return None if is_everything else found.territory

    def _wait(self, run: Run, job: Job) -> None:
        try:
            wait_for(job, self._show if sys.stderr.isatty() else None)
        except QuarantinedError as error:
            raise CommandError(
                _(
                    "Le calcul a échoué ; les propositions précédentes sont "
                    "conservées. Dernière erreur :\n%s"
                )
                % error
            ) from error
        run.refresh_from_db()
        if run.state != Run.State.DONE:
            raise CommandError(_("Le calcul n’a pas abouti : %s") % run.error)
        self._say(
            ngettext(
                "%(pairs)s proposition enregistrée pour %(total)s intentions.",
                "%(pairs)s propositions enregistrées pour %(total)s intentions.",
                run.proposal_count,
            )
            % {"pairs": run.proposal_count, "total": run.total_count}
        )

    def _show(self, job: Job) -> None:
        if not job.progress_total or self._is_shown:
            return
        self._is_shown = job.is_done
        filled = BAR_WIDTH * job.progress_done // job.progress_total
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        self._say(
            f"\r{bar} {job.progress_done}/{job.progress_total} {job.progress_label}",
            ending="\n" if job.is_done else "",
        )

    def _say(self, text: str, ending: str = "\n") -> None:
        """Write beside the data, and not in red: it is no error."""
        self.stderr.write(text, style_func=str, ending=ending)
