"""``manage.py refresh_matches``: queue the computation, and wait for it if asked."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Run
from matching.services.following import follow
from matching.services.runs import request_or_join, stop_run
from territories.models import Territory
from territories.selectors import UnknownTerritoryError, resolve

BAR_WIDTH = 30


class Command(BaseCommand):
    help = "Calcule les propositions de partenariat, partout ou sur un territoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", metavar="REF", help="DEP-44, EPCI-…, FR")
        parser.add_argument(
            "--wait", action="store_true", help="attend que tout soit enregistré"
        )

    def handle(
        self, *args: Any, territory: str | None, wait: bool, **options: Any
    ) -> None:
        run, is_new = request_or_join(self._territory(territory))
        if not wait:
            self._say(_("Calcul %s demandé ; les travaux en attente le feront.") % run)
            return
        try:
            follow(run, self._show if sys.stderr.isatty() else None)
        except KeyboardInterrupt:
            raise CommandError(self._leave(run, is_new), returncode=130) from None
        self._tell(run)

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

    def _leave(self, run: Run, is_new: bool) -> str:
        """Stop what was asked here; what somebody else asked for goes on."""
        if is_new and stop_run(run):
            return (
                _("Calcul %s arrêté ; les propositions enregistrées avant restent là.")
                % run
            )
        return _("Le calcul %s continue sans cette commande.") % run

    def _tell(self, run: Run) -> None:
        if run.state == Run.State.STOPPED:
            raise CommandError(
                _(
                    "Le calcul %s a été arrêté ; les propositions précédentes sont "
                    "conservées."
                )
                % run
            )
        if run.state == Run.State.FAILED:
            raise CommandError(
                _(
                    "Le calcul a échoué ; les propositions précédentes sont "
                    "conservées. Dernière erreur :\n%s"
                )
                % run.error
            )
        self._say(
            ngettext(
                "%(pairs)s proposition enregistrée pour %(total)s intentions.",
                "%(pairs)s propositions enregistrées pour %(total)s intentions.",
                run.proposal_count,
            )
            % {"pairs": run.proposal_count, "total": run.total_count}
        )

    def _show(self, run: Run) -> None:
        if not run.parts_total:
            return
        filled = BAR_WIDTH * run.parts_done // run.parts_total
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        step = _("parties faites")
        self._say(
            f"\r{bar} {run.parts_done}/{run.parts_total} {step}",
            ending="" if run.is_active else "\n",
        )

    def _say(self, text: str, ending: str = "\n") -> None:
        """Write beside the data, and not in red: it is no error."""
        self.stderr.write(text, style_func=str, ending=ending)
