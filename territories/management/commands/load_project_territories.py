from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from territories.project_file import LineError, ProjectRow, read_projects
from territories.selectors import UnknownTerritoryError, resolve_many
from territories.services.projects import Project, state_projects


class Command(BaseCommand):
    help = (
        "Charge des territoires de projet depuis un fichier CSV slug,name,communes "
        "(codes Insee séparés par « | »). Tout ou rien ; peut être relancée."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = f"{file} n’est pas lisible : {error}"
            raise CommandError(message) from error
        rows, errors = read_projects(text)
        projects, unknown = _resolved(rows)
        for line_error in errors + unknown:
            self.stderr.write(str(line_error))
        if errors or unknown:
            message = "Rien n’a été enregistré : corrigez les lignes ci-dessus."
            raise CommandError(message)
        stated = state_projects(projects, day=timezone.localdate())
        self.stdout.write(f"{len(stated)} territoires de projet enregistrés.")


def _resolved(rows: list[ProjectRow]) -> tuple[list[Project], list[LineError]]:
    outcomes = resolve_many(f"COM-{code}" for row in rows for code in row.communes)
    projects: list[Project] = []
    errors: list[LineError] = []
    for row in rows:
        communes = []
        for code in row.communes:
            outcome = outcomes[f"COM-{code}"]
            if isinstance(outcome, UnknownTerritoryError):
                errors.append(LineError(row.line, "communes", code, str(outcome)))
            else:
                communes.append(outcome.territory)
        projects.append(Project(row.slug, row.name, communes))
    return projects, errors
