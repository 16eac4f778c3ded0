"""``manage.py schedule_session``: a session given as a file, scheduled."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from rendezvous.reasons import fault_line, sentence
from rendezvous.scheduling.refusals import Fault, Refusal, RefusedError

MOST_SECONDS = 86_400
REFUSED, USAGE = 1, 2


def seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= MOST_SECONDS:
        message = f"un nombre de secondes est attendu, pas « {text} »"
        raise argparse.ArgumentTypeError(message)
    return value


def seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**31):
        message = f"un entier positif est attendu, pas « {text} »"
        raise argparse.ArgumentTypeError(message)
    return int(text)


class Command(BaseCommand):
    help = "Établit le programme d’une session décrite dans un fichier, sans la base."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSON, ou .dzn (B2B)")
        parser.add_argument(
            "--time-limit", type=seconds, metavar="S", help="secondes, au plus"
        )
        parser.add_argument("--seed", type=seed, metavar="N", help="1 par défaut")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--report", metavar="FILE", help="y écrire les refus")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            message = _("Le fichier « %s » n’existe pas.") % path
            raise CommandError(message, returncode=USAGE)
        try:
            found = self._solved(path, options)
        except RefusedError as error:
            self._refuse(error, options["report"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(told(found))

    def _solved(self, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        from rendezvous.scheduling.files import read_session, written  # noqa: PLC0415
        from rendezvous.scheduling.solve import Limits, improve  # noqa: PLC0415

        problem, own_seed = read_session(text_of(path))
        given = options["seed"]
        chosen = own_seed if given is None else given
        limits = Limits(seed=1 if chosen is None else chosen)
        start = time.monotonic()
        limit = options["time_limit"]
        end = start + limit if limit else float("inf")
        for solution in improve(problem, limits, lambda: end - time.monotonic()):
            self._progress(solution.value, solution.bound)
        reasons = [sentence(one) for one in solution.reasons]
        return written(solution, reasons, time.monotonic() - start)

    def _progress(self, value: float, bound: float) -> None:
        if sys.stderr.isatty():
            self.stderr.write(_("valeur %(value).3f, borne %(bound).3f") % {
                "value": value, "bound": bound
            })  # fmt: skip

    def _refuse(self, error: RefusedError, report: str | None) -> None:
        lines = [fault_line(one) for one in error.refusals]
        if report:
            Path(report).write_text("\n".join(lines) + "\n")
        for line in lines:
            self.stderr.write(line)
        raise SystemExit(REFUSED)


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        refusal = Refusal(1, "", "", Fault.ENCODING)
        raise RefusedError([refusal]) from error


def told(found: dict[str, Any]) -> str:
    """Lay a result out for a terminal."""
    lines = [
        _("%(status)s : valeur %(value).3f, borne %(bound).3f, écart %(gap_pct).3f %%")
        % found,
        _("%(breaks)d pauses, %(idle)d tours d’attente, %(seconds).1f s") % found,
        *found["reasons"],
    ]
    for one in found["meetings"]:
        place = {**one, "names": " – ".join(one["ids"])}
        lines.append(_("tour %(round)d, table %(table)d : %(names)s") % place)
    return "\n".join(lines)
