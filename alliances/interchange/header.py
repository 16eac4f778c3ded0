"""Which separator a file uses, and which column each cell belongs to."""

from collections.abc import Sequence

from alliances.interchange.columns import REQUIRED, RULES
from alliances.interchange.problems import Problem
from alliances.interchange.records import (
    SEPARATORS,
    Record,
    StructureError,
    records,
)

MAX_COLUMNS = 200
TAB = "\t"


def separator_of(text: str) -> str | Problem:
    r"""Return the separator that gives the most columns their known name.

    Parameters
    ----------
    text : str
        A decoded file.

    Returns
    -------
    str or Problem
        Comma or semicolon, the comma when nothing tells; a problem when the columns
        are separated by tabulations.

    Examples
    --------
    >>> separator_of("key;name;kind\n"), separator_of("key,name\n")
    (';', ',')
    """
    counts = {one: _known_count(text, one) for one in (*SEPARATORS, TAB)}
    best = max(counts, key=lambda one: counts[one])
    if best == TAB:
        return Problem(1, "", "", "tab_separated")
    return best


def _known_count(text: str, separator: str) -> int:
    try:
        first = next(records(text, separator), None)
    except StructureError:
        return 0
    return len({cell.strip() for cell in first.cells} & set(RULES)) if first else 0


def read_header(
    record: Record, *, ignore_unknown: bool
) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the column of each cell, and what is wrong in the header.

    Parameters
    ----------
    record : Record
        The first row.
    ignore_unknown : bool
        Make an unknown column a notice.

    Returns
    -------
    tuple of str
        Known names; an unknown column has an empty one.
    list of Problem
        Missing, unknown, unnamed and repeated columns.
    """
    names = [cell.strip() for cell in record.cells]
    if len(names) > MAX_COLUMNS:
        params = {"count": len(names), "limit": MAX_COLUMNS}
        return (), [Problem(record.line, "", "", "too_many_columns", params)]
    problems = _unknown(names, record.line, ignore_unknown=ignore_unknown)
    for position, name in enumerate(names):
        if name in RULES and name in names[:position]:
            problems.append(Problem(record.line, name, name, "repeated_column"))
    for name in REQUIRED:
        if name not in names:
            problem = Problem(record.line, name, "", "missing_column", {"name": name})
            problems.append(problem)
    return tuple(name if name in RULES else "" for name in names), problems


def _unknown(names: Sequence[str], line: int, *, ignore_unknown: bool) -> list[Problem]:
    code = "column_ignored" if ignore_unknown else "unknown_column"
    return [
        Problem(line, name, name, code)
        if name or ignore_unknown
        else Problem(line, "", "", "unnamed_column", {"position": position})
        for position, name in enumerate(names, 1)
        if name not in RULES
    ]
