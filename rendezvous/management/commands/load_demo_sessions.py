from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from rendezvous.services.demonstration import NoPopulationError, load_sessions
from rendezvous.services.demonstration_process import load_process

BAD_USAGE = 2


class Command(BaseCommand):
    help = "Charge les sessions de démonstration\xa0: celle de ce soir et une passée."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="charge même hors d’un site de démonstration",
        )

    def handle(self, *, force: bool, verbosity: int, **options: Any) -> None:
        if not (settings.DEMONSTRATION or force):
            message = _(
                "Ce site n’est pas une démonstration : rien n’est chargé. --force passe "
                "outre."
            )
            raise CommandError(message, returncode=BAD_USAGE)
        try:
            loaded = load_sessions(timezone.localtime())
            load_process()
        except (NoPopulationError, LookupError) as error:
            message = _(
                "Les organisations de démonstration ne sont pas là : lancez d’abord "
                "load_demo."
            )
            raise CommandError(message) from error
        if verbosity:
            told = _("Session de ce soir : « %(title)s », %(address)s.")
            facts = {
                "title": loaded.evening.title,
                "address": f"/rencontres/{loaded.evening.public_id}/",
            }
            self.stderr.write(told % facts)
