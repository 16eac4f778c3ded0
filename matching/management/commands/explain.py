"""``manage.py explain``: why two organisations are proposed, or what prevents it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliances.enums import PartnershipType


class Command(BaseCommand):
    help = (
        "Explique une paire d’organisations, en JSON ; tout est dit : à ne pas publier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key_a", metavar="KEY_A", help="clé, ou source:clé")
        parser.add_argument("key_b", metavar="KEY_B")
        parser.add_argument("--type", choices=PartnershipType.values, dest="type_code")

    def handle(self, *args: Any, **options: Any) -> None:
        from matching.selectors.inquiry import inquiry  # noqa: PLC0415 - NumPy
        from matching.selectors.organisations import (  # noqa: PLC0415
            UnknownKeyError,
            organisation_of,
        )

        try:
            one, other = (organisation_of(options[name]) for name in ("key_a", "key_b"))
        except UnknownKeyError as error:
            raise CommandError(str(error)) from error
        facts = inquiry(
            one, other, day=timezone.localdate(), type_code=options["type_code"]
        )
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
