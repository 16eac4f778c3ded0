"""One row of cells to one organisation: columns, then what links them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from alliances.interchange.cells import Cell, check_text
from alliances.interchange.columns import (
    MANY_LINES,
    OF_PROJECTS,
    REQUIRED,
    RULES,
    SQUARE,
    SQUARE_SUM,
)
from alliances.interchange.problems import Problem
from alliances.interchange.records import Record
from alliances.interchange.vocabulary import Vocabulary

ERASE = "-"


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """What one row says of one organisation.

    Parameters
    ----------
    line : int
        Physical line on which the row starts.
    values : dict
        Value of each column that is filled; ``None`` where the cell erases. A column
        that is absent keeps what the base holds.
    texts : dict
        The cells as they were written, to quote them.
    """

    line: int
    values: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The name of the project that the row describes; empty for the main one."""
        return str(self.values.get("intention") or "")

    @property
    def names_project(self) -> bool:
        """Whether it describes a project, were its name refused."""
        return self.texts.get("intention", "") not in {"", ERASE}

    @property
    def key(self) -> str:
        """The file's own identifier of the organisation."""
        return str(self.values["key"])

    def problem(
        self, column: str, code: str, value: str | None = None, **params: object
    ) -> Problem:
        """Return a problem of this row."""
        shown = self.texts.get(column, "") if value is None else value
        return Problem(self.line, column, shown, code, params)


def read_row(
    record: Record, header: Sequence[str], words: Vocabulary
) -> tuple[OrganisationRow, list[Problem]]:
    """Return what a row says, and what is wrong in it.

    Parameters
    ----------
    record : Record
        The cells; their number must be that of the header.
    header : sequence of str
        Name of each column; empty for a column that is ignored.
    words : Vocabulary
        Codes and checks.

    Returns
    -------
    OrganisationRow
        Without the columns that are refused.
    list of Problem
        Errors and notices, in the order of the columns.
    """
    row = OrganisationRow(record.line, {})
    if len(record.cells) != len(header):
        params = {"count": len(record.cells), "expected": len(header)}
        return row, [Problem(record.line, "", "", "wrong_cell_count", params)]
    problems: list[Problem] = []
    for column, text in zip(header, record.cells, strict=True):
        if column:
            problems += _read_cell(Cell(record.line, column, text.strip()), row, words)
    return row, problems + _links(row, words)


def _read_cell(cell: Cell, row: OrganisationRow, words: Vocabulary) -> list[Problem]:
    row.texts[cell.column] = cell.text
    check_text(cell, many_lines=cell.column in MANY_LINES)
    if cell.is_refused:
        return cell.problems
    if not cell.text or cell.text == ERASE:
        _read_absence(cell, row)
        return cell.problems
    value = RULES[cell.column](cell, words)
    if not cell.is_refused:
        row.values[cell.column] = value
    return cell.problems


def _read_absence(cell: Cell, row: OrganisationRow) -> None:
    if cell.column in REQUIRED:
        cell.refuse("cannot_be_erased" if cell.text else "required")
    elif cell.text:
        row.values[cell.column] = None


def _links(row: OrganisationRow, words: Vocabulary) -> list[Problem]:
    """Check what needs several columns, among those that are right by themselves."""
    return [
        *_sub_kind(row, words),
        *_siret(row),
        *_square(row),
        *_size(row, words),
        *_project(row),
    ]


def _project(row: OrganisationRow) -> list[Problem]:
    """Refuse what a row that names a project says of the organisation."""
    if not row.project:
        return []
    besides = {*REQUIRED, "intention", *OF_PROJECTS}
    return [
        row.problem(column, "not_of_a_project", project=row.project)
        for column, text in row.texts.items()
        if text and column not in besides
    ]


def _sub_kind(row: OrganisationRow, words: Vocabulary) -> list[Problem]:
    kind, sub_kind = row.values.get("kind"), row.values.get("sub_kind")
    if kind is None or sub_kind is None:
        return []
    possible = words.sub_kinds_of[kind]
    if sub_kind in possible:
        return []
    del row.values["sub_kind"]
    if not possible:
        return [row.problem("sub_kind", "no_sub_kind", kind=kind)]
    codes = ", ".join(possible)
    return [row.problem("sub_kind", "sub_kind_of_another", kind=kind, codes=codes)]


def _siret(row: OrganisationRow) -> list[Problem]:
    siren, siret = row.values.get("siren"), row.values.get("siret")
    if not siren or not siret or siret.startswith(siren):
        return []
    return [row.problem("siret", "siret_of_another_siren", siren=siren)]


def _square(row: OrganisationRow) -> list[Problem]:
    texts = [row.texts.get(column, "") for column in SQUARE]
    if any(
        text not in {"", ERASE} and column not in row.values
        for column, text in zip(SQUARE, texts, strict=True)
    ):
        return []  # already refused by its own column
    if len({_state(text) for text in texts}) > 1:
        return [row.problem(SQUARE[0], "square_incomplete", "|".join(texts))]
    total = sum(row.values.get(column) or 0 for column in SQUARE)
    if _state(texts[0]) == "filled" and total != SQUARE_SUM:
        return [row.problem(SQUARE[0], "square_sum", "|".join(texts), total=total)]
    return []


def _state(text: str) -> str:
    return {"": "kept", ERASE: "erased"}.get(text, "filled")


def _size(row: OrganisationRow, words: Vocabulary) -> list[Problem]:
    size, staff = row.values.get("size"), row.values.get("staff")
    if size is None or staff is None or words.size_of(staff) == size:
        return []
    return [row.problem("size", "size_differs", staff=staff)]
