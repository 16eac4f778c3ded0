"""``manage.py write_register``: write the register of processing again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.selectors.processing_register import processing_register

PAGE = "docs/registre-des-traitements.md"


class Command(BaseCommand):
    help = "Écrit de nouveau le registre des traitements, à partir de la carte des données."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / PAGE
        path.write_text(processing_register())
        self.stderr.write(PAGE)
