import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from territories.models import Territory
from territories.services import load_vintage
from territories.services.loading import LoadResult
from territories.vintage import DATA, Vintage, VintageError


class Command(BaseCommand):
    help = (
        "Charge toute la géographie de référence : régions, départements, "
        "collectivités, intercommunalités, communes, anciens codes et contours. "
        "Peut être relancée sans risque ; un nouveau millésime met à jour et garde "
        "l’histoire."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            default=DATA,
            metavar="DOSSIER",
            help="dossier d’un autre millésime, avec son manifest.json",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="recharge même si ce millésime est déjà en place",
        )

    def handle(
        self, *, data: Path, force: bool, verbosity: int, **options: Any
    ) -> None:
        self.is_shown = verbosity > 0 and self.stdout.isatty()
        self.started_at = time.monotonic()
        try:
            result = load_vintage(Vintage(data), report=self._say, force=force)
        except VintageError as error:
            message = f"Rien n’a été chargé : {error}"
            raise CommandError(message) from error
        if verbosity > 0:
            self._sum_up(result)

    def _sum_up(self, result: LoadResult) -> None:
        if result.was_already_loaded:
            self.stdout.write("Ce millésime est déjà en place : rien à faire.")
        for kind, count in result.count_by_kind.items():
            line = f"{count:>7,} {Territory.Kind(kind).label}"
            self.stdout.write(line.replace(",", "\u202f"))

    def _say(self, sentence: str) -> None:
        """Show the progress to a person: nothing in a file or a pipe."""
        if self.is_shown:
            elapsed_s = time.monotonic() - self.started_at
            self.stdout.write(f"{elapsed_s:5.1f} s  {sentence}")
