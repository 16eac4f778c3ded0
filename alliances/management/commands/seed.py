from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from alliances.services.seeding import (
    NoGeographyError,
    remove_population,
    seed_population,
)
from territories.selectors import UnknownTerritoryError, resolve

BAD_USAGE = 2
MAX_COUNT = 1_000_000


def count_of(text: str) -> int:
    """Return a number of organisations."""
    if not text.isascii() or not text.isdigit() or int(text) > MAX_COUNT:
        message = f"un nombre de 0 à {MAX_COUNT} est attendu"
        raise ArgumentTypeError(message)
    return int(text)


class Command(BaseCommand):
    help = (
        "Remplace la population synthétique par N organisations fictives, les mêmes "
        "pour la même graine."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", metavar="N", type=count_of, nargs="?")
        parser.add_argument("--seed", metavar="S", type=int, default=1, help="graine")
        parser.add_argument("--territory", metavar="REF", help="où : REG-52, DEP-44…")
        parser.add_argument(
            "--remove", action="store_true", help="efface la population synthétique"
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="travaille même hors d’un site de démonstration",
        )

    def handle(
        self, *, count: int | None, seed: int, territory: str | None, **options: Any
    ) -> None:
        if not (settings.DEMONSTRATION or options["force"] or options["remove"]):
            message = _(
                "Ce site n’est pas une démonstration : rien n’est créé. --force passe "
                "outre."
            )
            raise CommandError(message, returncode=BAD_USAGE)
        if options["remove"] == (count is not None):
            message = _("Indiquez soit un nombre d’organisations, soit --remove.")
            raise CommandError(message, returncode=BAD_USAGE)
        if count is None:
            message, done = _("%(count)s organisations effacées."), remove_population()
        else:
            message, done = (
                _("%(count)s organisations créées."),
                self._seed(count, seed, territory),
            )
        if options["verbosity"]:
            self.stderr.write(message % {"count": done})

    def _seed(self, count: int, seed: int, reference: str | None) -> int:
        try:
            where = resolve(reference).territory if reference else None
            return seed_population(
                count, seed=seed, territory=where, progress=self._progress
            )
        except UnknownTerritoryError as error:
            raise CommandError(str(error), returncode=BAD_USAGE) from error
        except NoGeographyError as error:
            message = _("Aucune commune : lancez d’abord load_territories.")
            raise CommandError(message) from error

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{done} / {total}")
