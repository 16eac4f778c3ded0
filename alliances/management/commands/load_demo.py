from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from alliances.services.demonstration import DemonstrationError, load_demonstration

BAD_USAGE = 2


class Command(BaseCommand):
    help = "Charge la population fictive de démonstration et un compte par rôle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="charge même hors d’un site de démonstration",
        )

    def handle(self, *, force: bool, verbosity: int, **options: Any) -> None:
        if not (settings.DEMONSTRATION or force):
            message = _(
                "Ce site n’est pas une démonstration : rien n’est chargé. Les comptes "
                "de démonstration ont un mot de passe public ; --force passe outre."
            )
            raise CommandError(message, returncode=BAD_USAGE)
        try:
            loaded = load_demonstration()
        except (DemonstrationError, LookupError) as error:
            message = _(
                "La démonstration n’est pas chargée, rien n’est enregistré : "
                "%(error)s La géographie est-elle chargée (load_territories) ?"
            )
            raise CommandError(message % {"error": error}) from error
        if verbosity:
            self.stderr.write(
                _(
                    "Population fictive : %(created)s créées, %(updated)s mises à "
                    "jour, %(unchanged)s inchangées, %(accounts)s comptes."
                )
                % {
                    "created": loaded.report.created_count,
                    "updated": loaded.report.updated_count,
                    "unchanged": loaded.report.unchanged_count,
                    "accounts": len(loaded.accounts),
                }
            )
