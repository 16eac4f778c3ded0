"""Text to rows of cells: strict RFC 4180, comma or semicolon.

The standard library's reader lets an unterminated quote swallow the rest of a file
and a null character pass; here, whatever makes the limits of cells doubtful stops the
reading with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alliances.interchange.problems import Problem

SEPARATORS = (",", ";")
MAX_ROWS = 100_000
MAX_CELLS = 1_000  # in one row; beyond, the file is not a table

# Possessive: linear on any text. "" inside quotes is one quote.
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN = {
    separator: re.compile(rf'[^"\r\n{separator}]*+')
    for separator in (*SEPARATORS, "\t")
}


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row, and the physical line on which it starts."""

    line: int
    cells: tuple[str, ...]


class StructureError(ValueError):
    """The limits of the cells cannot be trusted from here on.

    Parameters
    ----------
    code : str
        Key of the message.
    line : int
        Line on which the row starts.
    position : int
        Index of the cell in its row, from 0.
    value : str
        Beginning of what could not be read.
    """

    def __init__(self, code: str, *, line: int, position: int, value: str) -> None:
        super().__init__(code)
        self.code, self.line, self.position, self.value = code, line, position, value

    def problem(self, header: tuple[str, ...]) -> Problem:
        """Return the problem, its column named from ``header``."""
        column = header[self.position] if self.position < len(header) else ""
        params = {"limit": MAX_CELLS}
        return Problem(self.line, column, self.value, self.code, params)


def records(text: str, separator: str) -> Iterator[Record]:
    r"""Yield the rows of ``text``; lines without any character are skipped.

    Parameters
    ----------
    text : str
        A decoded file; lines end with ``\n`` or ``\r\n``.
    separator : str
        One of ``SEPARATORS``, or a tabulation to look at a header.

    Yields
    ------
    Record
        Cells without their quotes, as many as the row has.

    Raises
    ------
    StructureError
        On an unterminated quote, a quote inside a plain cell, text after a closing
        quote, a lone carriage return, or more than ``MAX_CELLS`` cells in a row.

    Examples
    --------
    >>> [(r.line, r.cells) for r in records('a,"b\nc"\n\nd,""\n', ",")]
    [(1, ('a', 'b\nc')), (4, ('d', ''))]
    """
    position, line = 0, 1
    while position < len(text):
        start, more = line, True
        cells: list[str] = []
        while more:
            cell, position, breaks = _cell(text, position, separator, start, len(cells))
            cells.append(cell)
            _check_count(cells, start)
            line += breaks
            position, more = _after(text, position, separator, start, cells)
        line += 1
        if cells != [""]:
            yield Record(start, tuple(cells))


def _check_count(cells: list[str], line: int) -> None:
    if len(cells) > MAX_CELLS:
        value = cells[0]
        raise StructureError(
            "too_many_cells", line=line, position=MAX_CELLS, value=value
        )


def _cell(
    text: str, position: int, separator: str, line: int, index: int
) -> tuple[str, int, int]:
    """Return the cell at ``position``, where it ends, and its line breaks."""
    if not text.startswith('"', position):
        match = _PLAIN[separator].match(text, position)
        assert match is not None  # noqa: S101 - the pattern matches the empty text
        return match[0], match.end(), 0
    match = _QUOTED.match(text, position)
    if match is None:
        value = text[position : position + 100]
        raise StructureError(
            "unterminated_quote", line=line, position=index, value=value
        )
    return match[1].replace('""', '"'), match.end(), match[1].count("\n")


def _after(
    text: str, position: int, separator: str, line: int, cells: list[str]
) -> tuple[int, bool]:
    """Pass what ends a cell; tell whether the row goes on."""
    if position == len(text):
        return position, False
    if text[position] == separator:
        return position + 1, True
    if text[position] == "\n":
        return position + 1, False
    if text.startswith("\r\n", position):
        return position + 2, False
    code = _code_of(text, position)
    value = cells[-1][-50:] + text[position : position + 50]
    raise StructureError(code, line=line, position=len(cells) - 1, value=value)


def _code_of(text: str, position: int) -> str:
    if text[position] == "\r":
        return "lone_return"
    return "quote_inside" if text[position] == '"' else "text_after_quote"
