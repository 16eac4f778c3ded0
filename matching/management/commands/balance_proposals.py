"""``manage.py balance_proposals``: share the proposals of a territory out, and report."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from alliances.enums import PartnershipType
from jobs.services import QuarantinedError, wait_for
from matching.selectors.balances import report
from matching.services.balances import request_balance
from territories.models import Territory
from territories.selectors import UnknownTerritoryError, resolve


class Command(BaseCommand):
    help = (
        "Répartit les propositions d’un territoire pour que chacun ait sa chance, puis "
        "dit ce que cela change. Pour l’exploitation : les paires sont citées."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("territory", metavar="TERRITORY", help="DEP-44, REG-52, FR")
        parser.add_argument("--type", choices=PartnershipType.values, dest="type_code")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = self._territory(options["territory"])
        try:
            wait_for(request_balance(territory), None)
        except QuarantinedError as error:
            message = _(
                "La répartition a échoué ; la précédente est conservée. Dernière "
                "erreur :\n%s"
            )
            raise CommandError(message % error) from error
        found = report(territory, options["type_code"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for one in found["sets"]:
            self.stdout.write(LINE % one)

    def _territory(self, reference: str) -> Territory:
        try:
            found = resolve(reference)
        except UnknownTerritoryError as error:
            raise CommandError(str(error)) from error
        if found.notice:
            self.stderr.write(found.notice)
        return found.territory


LINE = (
    "%(type)s : %(served)d organisations servies sur %(organisations)d "
    "(au plus %(served_bound)d), %(pair_count)d propositions, score %(value).4f, "
    "borne %(bound).4f ; couverture %(coverage_before).3f → %(coverage).3f, "
    "Gini %(gini_before).3f → %(gini).3f, perte %(score_loss).3f"
)
