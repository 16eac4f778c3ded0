"""What a cell may be refused for, and what is read of any cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from alliances.interchange.problems import Problem

MAX_CELL_CHARS = 20_000
MAX_ITEMS = 100
LIST_SEPARATOR = "|"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_TWICE_ENCODED = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]")
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")


@dataclass(slots=True)
class Cell:
    """One cell being read: its text, and what it is refused for.

    Parameters
    ----------
    line : int
        Line of its row.
    column : str
        Name of its column.
    text : str
        Its content, without the white space around it.
    problems : list of Problem
        Filled by ``refuse`` and ``note``.
    """

    line: int
    column: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, value: str | None = None, **params: object) -> None:
        """Record a problem, of the whole cell unless ``value`` says which part."""
        shown = self.text if value is None else value
        self.problems.append(Problem(self.line, self.column, shown, code, params))

    note = refuse

    @property
    def is_refused(self) -> bool:
        """Tell whether an error was recorded."""
        return any(problem.is_error for problem in self.problems)

    def items(self) -> list[str]:
        """Return the values of a cell that holds several, each stated once."""
        items = [item.strip() for item in self.text.split(LIST_SEPARATOR)]
        items = [item for item in items if item]
        if len(items) > MAX_ITEMS:
            self.refuse("too_many_items", count=len(items), limit=MAX_ITEMS)
            return []
        return items


def check_text(cell: Cell, *, many_lines: bool) -> None:
    """Refuse what no column accepts: size, forbidden and damaged characters."""
    text = cell.text
    if len(text) > MAX_CELL_CHARS:
        cell.refuse("cell_too_long", count=len(text), limit=MAX_CELL_CHARS)
        return
    if found := _FORBIDDEN.search(text):
        cell.refuse("forbidden_character", character=f"U+{ord(found[0]):04X}")
    elif "\ufffd" in text:
        cell.refuse("damaged_text")
    elif not many_lines and _LINE_BREAK.search(text):
        cell.refuse("line_break")
    elif _TWICE_ENCODED.search(text):
        cell.note("double_encoded")


Reading = Callable[[Cell], object]
