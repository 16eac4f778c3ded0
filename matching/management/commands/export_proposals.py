"""``manage.py export_proposals``: the stored proposals as CSV or JSON lines."""

import argparse
import csv
import json
from collections.abc import Collection
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliances.enums import PartnershipType
from alliances.interchange.neutralise import neutralised


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        message = f"un entier positif est attendu, pas « {text} »"
        raise argparse.ArgumentTypeError(message)
    return int(text)


class Command(BaseCommand):
    help = "Écrit les propositions enregistrées, les meilleures d’abord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--territory", metavar="REF", help="les organisations qui y agissent"
        )
        parser.add_argument(
            "--organisation", metavar="KEY", help="une seule : clé, ou source:clé"
        )
        types = parser.add_mutually_exclusive_group()
        types.add_argument(
            "--type", choices=PartnershipType.values, default="", dest="type_code"
        )
        types.add_argument(
            "--all-types", action="store_true", help="une ligne par paire et par type"
        )
        parser.add_argument("--top", type=positive, default=20, metavar="N")
        parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        from matching.selectors.exports import COLUMNS, Choice, lines  # noqa: PLC0415

        found = lines(
            self._organisations(options["territory"], options["organisation"]),
            day=timezone.localdate(),
            choice=Choice(options["top"], options["type_code"], options["all_types"]),
        )
        try:
            if options["format"] == "jsonl":
                for line in found:
                    ordered = {name: line[name] for name in COLUMNS}
                    self.stdout.write(json.dumps(ordered, ensure_ascii=False))
                return
            writer = csv.writer(self.stdout, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([cell(line[name]) for name in COLUMNS] for line in found)
        except BrokenPipeError as error:
            raise CommandError(returncode=1) from error

    def _organisations(
        self, reference: str | None, key: str | None
    ) -> Collection[int] | None:
        found: set[int] | None = None
        if reference is not None:
            found = self._acting_in(reference)
        if key is not None:
            one = {self._named(key)}
            found = one if found is None else found & one
        return found

    def _named(self, key: str) -> int:
        from matching.selectors.organisations import (  # noqa: PLC0415
            UnknownKeyError,
            organisation_of,
        )

        try:
            return organisation_of(key).pk
        except UnknownKeyError as error:
            raise CommandError(str(error)) from error

    def _acting_in(self, reference: str) -> set[int]:
        from matching.selectors.acting import organisations_acting_in  # noqa: PLC0415
        from territories.selectors import (  # noqa: PLC0415
            UnknownTerritoryError,
            resolve,
        )

        try:
            found = resolve(reference)
        except UnknownTerritoryError as error:
            raise CommandError(str(error)) from error
        if found.notice:
            self.stderr.write(found.notice)
        return organisations_acting_in(found.territory, timezone.localdate())


def cell(value: str | float | None) -> str | float:
    """Return a value as a cell: floats read back to the same number, no formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(value)
    return repr(value) if isinstance(value, float) else value
