"""``manage.py schedule_session``: a session given as a file, scheduled."""

import argparse
import json
import sys
import time
from math import inf
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from rendezvous.reasons import fault_line, sentence
from rendezvous.scheduling.problem import Deadline
from rendezvous.scheduling.refusals import Fault, Refusal, RefusedError

MOST_SECONDS = 86_400
REFUSED, USAGE = 1, 2


def seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= MOST_SECONDS:
        message = f"un nombre de secondes est attendu, pas « {text} »"
        raise argparse.ArgumentTypeError(message)
    return value


def seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**31):
        message = f"un entier positif est attendu, pas « {text} »"
        raise argparse.ArgumentTypeError(message)
    return int(text)


class Command(BaseCommand):
    help = "Établit le programme d’une session décrite dans un fichier, sans la base."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSON, ou .dzn (B2B)")
        parser.add_argument(
            "--time-limit",
            type=seconds,
            metavar="S",
            help="secondes, au plus ; la compilation, la première fois, n’est pas comptée",
        )
        parser.add_argument("--seed", type=seed, metavar="N", help="1 par défaut")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--report", metavar="FILE", help="y écrire aussi les refus")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            message = _("Le fichier « %s » n’existe pas.") % path
            raise CommandError(message, returncode=USAGE)
        is_requested = path.suffix == ".dzn"
        try:
            text = text_of(path)
            found = (self._arranged if is_requested else self._solved)(text, options)
        except RefusedError as error:
            self._refuse(error, options["report"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(told(found))

    def _solved(self, text: str, options: dict[str, Any]) -> dict[str, Any]:
        from rendezvous.scheduling.files import read_session  # noqa: PLC0415
        from rendezvous.scheduling.solve import Limits, improve  # noqa: PLC0415
        from rendezvous.scheduling.writing import written  # noqa: PLC0415

        problem, own_seed = read_session(text)
        given = options["seed"] if own_seed is None else own_seed
        chosen = given if options["seed"] is None else options["seed"]
        limits = Limits(seed=1 if chosen is None else chosen)
        self._compile()
        start = time.monotonic()
        for solution in improve(problem, limits, deadline_of(options["time_limit"])):
            self._progress(solution.value, solution.bound)
        took = time.monotonic() - start
        return written(solution, [sentence(one) for one in solution.reasons], took)

    def _arranged(self, text: str, options: dict[str, Any]) -> dict[str, Any]:
        from rendezvous.scheduling.breaks import arrange  # noqa: PLC0415
        from rendezvous.scheduling.dzn import read_dzn  # noqa: PLC0415
        from rendezvous.scheduling.writing import written_arrangement  # noqa: PLC0415

        problem = read_dzn(text)
        start = time.monotonic()
        chosen = 1 if options["seed"] is None else options["seed"]
        found = arrange(problem, chosen, deadline_of(options["time_limit"]))
        took = time.monotonic() - start
        return written_arrangement(found, [sentence(r) for r in found.reasons], took)

    def _compile(self) -> None:
        """Compile before the clock starts: with or without it, the same moves."""
        from rendezvous.scheduling.solve import warm_up  # noqa: PLC0415

        start = time.monotonic()
        warm_up()
        took = time.monotonic() - start
        if sys.stderr.isatty() and took > 1:
            self.stderr.write(_("Calcul compilé en %d s, une fois pour toutes.") % took)

    def _progress(self, value: float, bound: float) -> None:
        if sys.stderr.isatty():
            reached = {"value": value, "bound": bound}
            line = _("valeur %(value).3f, borne %(bound).3f") % reached
            self.stderr.write(line, self.style.SUCCESS)

    def _refuse(self, error: RefusedError, report: str | None) -> NoReturn:
        lines = [fault_line(one) for one in error.refusals]
        if report:
            Path(report).write_text("\n".join(lines) + "\n")
        for line in lines:
            self.stderr.write(line)
        raise SystemExit(REFUSED)


def deadline_of(limit: float | None) -> Deadline:
    end = inf if limit is None else time.monotonic() + limit
    return lambda: end - time.monotonic()


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        refusal = Refusal(1, "", "", Fault.ENCODING)
        raise RefusedError([refusal]) from error


def told(found: dict[str, Any]) -> str:
    """Lay a result out for a terminal."""
    lines = list(found["reasons"])
    if found["breaks"] is not None:
        lines.append(_("%(status)s, valeur %(value).3f, borne %(bound).3f") % found)
        lines.append(_("%(breaks)d pauses, %(idle)d tours d’attente") % found)
    for one in found["meetings"]:
        place = {**one, "names": " – ".join(one["ids"])}
        lines.append(_("tour %(round)d, table %(table)d : %(names)s") % place)
    return "\n".join(lines)
