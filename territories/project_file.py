"""A file of territories of project: ``slug,name,communes``. Pure: no Django.

One line per territory; the communes are Insee codes separated by ``|``.
"""

import csv
import io
import re
from dataclasses import dataclass

COLUMNS = ("slug", "name", "communes")
MAX_LENGTHS = {"slug": 60, "name": 200}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COMMUNE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")


@dataclass(frozen=True)
class ProjectRow:
    """One line of the file, well-formed; its communes are not resolved yet."""

    line: int
    slug: str
    name: str
    communes: tuple[str, ...]


@dataclass(frozen=True)
class LineError:
    """What is wrong, where: shown as ``line, column, value, message``."""

    line: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="")
        writer.writerow([self.line, self.column, self.value[:80], self.message])
        return stream.getvalue()


def read_projects(text: str) -> tuple[list[ProjectRow], list[LineError]]:
    """Read every line of ``text``; all the errors are returned, not the first one."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        found = ",".join(reader.fieldnames or ())
        return [], [
            LineError(1, "", found, f"colonnes attendues\u202f: {','.join(COLUMNS)}")
        ]
    rows: list[ProjectRow] = []
    errors: list[LineError] = []
    try:
        for cells in reader:
            row = _row(reader.line_num, cells)
            rows.append(row)
            errors += _errors(row)
    except csv.Error:
        errors.append(LineError(reader.line_num, "", "", "guillemets mal fermés"))
    return rows, errors + _repeated(rows)


def _row(line: int, cells: dict[str, str | None]) -> ProjectRow:
    codes = (cells["communes"] or "").split("|")
    return ProjectRow(
        line,
        (cells["slug"] or "").strip(),
        (cells["name"] or "").strip(),
        tuple(dict.fromkeys(code.strip().upper() for code in codes if code.strip())),
    )


def _errors(row: ProjectRow) -> list[LineError]:
    checks = (
        (
            "slug",
            row.slug,
            bool(_SLUG.fullmatch(row.slug)),
            "minuscules, chiffres et tirets",
        ),
        (
            "slug",
            row.slug,
            len(row.slug) <= MAX_LENGTHS["slug"],
            "60 caractères au plus",
        ),
        ("name", row.name, bool(row.name), "le nom manque"),
        (
            "name",
            row.name,
            len(row.name) <= MAX_LENGTHS["name"],
            "200 caractères au plus",
        ),
        ("communes", "", bool(row.communes), "aucune commune"),
    )
    errors = [
        LineError(row.line, column, value, message)
        for column, value, is_right, message in checks
        if not is_right
    ]
    return errors + [
        LineError(row.line, "communes", code, "ce n’est pas un code Insee de commune")
        for code in row.communes
        if not _COMMUNE.fullmatch(code)
    ]


def _repeated(rows: list[ProjectRow]) -> list[LineError]:
    first: dict[str, int] = {}
    errors = []
    for row in rows:
        if row.slug in first:
            message = f"déjà donné à la ligne {first[row.slug]}"
            errors.append(LineError(row.line, "slug", row.slug, message))
        first.setdefault(row.slug, row.line)
    return errors
