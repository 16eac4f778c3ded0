import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.interchange.decoding import MAX_FILE_BYTES
from alliances.interchange.problems import REPORT_COLUMNS, report_lines
from alliances.services.imports import (
    Options,
    Report,
    SourceError,
    check_source,
    import_organisations,
)

REFUSED, BAD_USAGE = 1, 2
MAX_LISTED = 1_000
MAX_INCOMPLETE_LISTED = 20
STEPS = {
    "read": gettext_lazy("Lecture du fichier"),
    "check": gettext_lazy("Vérification"),
    "write": gettext_lazy("Enregistrement"),
}
PARTS = {
    "place": gettext_lazy("un lieu"),
    "domain": gettext_lazy("un domaine"),
    "square": gettext_lazy("le carré des objectifs"),
    "offer": gettext_lazy("une offre"),
    "need": gettext_lazy("un besoin"),
}


class Command(BaseCommand):
    help = "Importe des organisations depuis un fichier CSV (docs/interchange.md)."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="vérifie sans rien enregistrer"
        )
        parser.add_argument(
            "--partial", action="store_true", help="garde les lignes valides"
        )
        parser.add_argument("--report", metavar="FILE", help="écrit les erreurs en CSV")
        parser.add_argument(
            "--source", metavar="NAME", help="par défaut, le nom du fichier"
        )
        parser.add_argument(
            "--ignore-unknown",
            action="store_true",
            help="ignore les colonnes inconnues",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        content = self._content(path)
        source = self._source(options["source"] or path.name)
        self._write_report(options["report"], ())
        report = import_organisations(
            content,
            source=source,
            options=Options(
                dry_run=options["dry_run"],
                partial=options["partial"],
                ignore_unknown=options["ignore_unknown"],
            ),
            progress=self._progress,
        )
        lines = list(report_lines(report.errors, _))
        self._write_report(options["report"], lines)
        self._say(report, lines, dry_run=options["dry_run"])
        if not report.is_complete:
            sys.exit(REFUSED)

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = _("Impossible de lire %(path)s : %(reason)s.")
            params = {"path": path, "reason": reason}
            raise CommandError(message % params, returncode=BAD_USAGE) from error

    def _source(self, name: str) -> str:
        try:
            return check_source(name)
        except SourceError as error:
            message = _(
                "Le nom de source %(name)s ne convient pas : 1 à 80 caractères, et ce "
                "n’est pas le nom des organisations saisies à la main. "
                "Choisissez-en un autre avec --source."
            )
            text = message % {"name": error}
            raise CommandError(text, returncode=BAD_USAGE) from error

    def _write_report(self, path: str | None, lines: Iterable[str]) -> None:
        if path is None:
            return
        text = "\n".join((",".join(REPORT_COLUMNS), *lines, ""))
        try:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            message = _("Impossible d’écrire %(path)s : %(reason)s.")
            params = {"path": path, "reason": error.strerror}
            raise CommandError(message % params, returncode=BAD_USAGE) from error

    def _progress(self, step: str, done: int, total: int) -> None:
        if self.stderr.isatty() and not done:
            count = f" ({total})" if total else ""
            self.stderr.write(f"{STEPS[step]}{count}…")

    def _say(self, report: Report, lines: list[str], *, dry_run: bool) -> None:
        for line in lines[:MAX_LISTED]:
            self.stderr.write(line)
        unlisted = len(lines) - MAX_LISTED
        hidden = max(unlisted, 0) + report.unlisted_count
        if hidden:
            self.stderr.write(_("… et %(count)s autres erreurs.") % {"count": hidden})
        for line in notice_lines(report):
            self.stderr.write(line)
        self.stderr.write(summary(report, dry_run=dry_run))


def notice_lines(report: Report) -> list[str]:
    """Return what is worth knowing of a file that is not an error."""
    lines = [
        _("avis : %(line)s") % {"line": each}
        for each in report_lines(report.notices[:MAX_LISTED], _)
    ]
    hidden = len(report.notices) - MAX_LISTED
    if hidden > 0:
        lines.append(_("… et %(count)s autres avis.") % {"count": hidden})
    for each in report.incomplete[:MAX_INCOMPLETE_LISTED]:
        missing = ", ".join(str(PARTS[part]) for part in each.missing)
        message = _("incomplète : ligne %(line)s, %(name)s – il manque %(missing)s.")
        lines.append(
            message % {"line": each.line, "name": each.name, "missing": missing}
        )
    hidden = len(report.incomplete) - MAX_INCOMPLETE_LISTED
    if hidden > 0:
        lines.append(_("… et %(count)s autres incomplètes.") % {"count": hidden})
    return lines


def summary(report: Report, *, dry_run: bool) -> str:
    """Return the sentence that ends every import."""
    counts = _(
        "%(created)s créées, %(updated)s mises à jour, %(unchanged)s inchangées, "
        "%(incomplete)s incomplètes, %(refused)s refusées, %(notices)s avis."
    ) % {
        "created": report.created_count,
        "updated": report.updated_count,
        "unchanged": report.unchanged_count,
        "incomplete": len(report.incomplete),
        "refused": report.refused_count,
        "notices": len(report.notices),
    }
    if not report.is_accepted:
        return _("Import refusé, rien n’est enregistré : %(counts)s") % {
            "counts": counts
        }
    if dry_run:
        return _("Essai, rien n’est enregistré : %(counts)s") % {"counts": counts}
    return _("Import enregistré : %(counts)s") % {"counts": counts}
