"""``manage.py replay_erasures``: after a restore, erase again whoever was erased."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from accounts.services.ledger import ledger_path
from accounts.services.replay import replay_erasures


class Command(BaseCommand):
    help = "Rejoue les effacements de personnes après la restauration d’une sauvegarde."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "ledger", nargs="?", type=Path, help="le registre des effacements"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = replay_erasures(options["ledger"] or ledger_path())
        done = ngettext(
            "%(n)d personne effacée de nouveau.",
            "%(n)d personnes effacées de nouveau.",
            count,
        )
        self.stderr.write(done % {"n": count})
