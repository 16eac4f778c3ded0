"""What is wrong in a file, and where."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from alliances.interchange.messages import ERRORS, MESSAGES
from alliances.interchange.neutralise import neutralised

SHOWN_CHARS = 60
MAX_PROBLEMS = 20_000  # beyond, a file is wrong as a whole: counted, not kept
REPORT_COLUMNS = ("line", "column", "value", "message")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one cell, one row, or the whole file.

    Parameters
    ----------
    line : int
        Physical line on which the row starts, from 1; 0 for the whole file.
    column : str
        Name of the column, empty when the problem is not of one column.
    value : str
        What is wrong, whole; ``shown`` is what to print.
    code : str
        Key of ``messages.MESSAGES``.
    params : Mapping[str, object]
        What the message quotes.
    """

    line: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Tell whether the row, or the file, is refused for it."""
        return self.code in ERRORS

    @property
    def message(self) -> str:
        """The sentence in French."""
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate``."""
        return translate(MESSAGES[self.code]) % self.params

    @property
    def shown(self) -> str:
        """The value on one line, short, without anything that acts on a screen."""
        return shown(self.value)


def shown(value: str) -> str:
    r"""Return ``value`` fit for a terminal and a spreadsheet.

    Parameters
    ----------
    value : str
        Any text of a file.

    Returns
    -------
    str
        At most 61 characters: control characters replaced, long texts cut, formulas
        neutralised.

    Examples
    --------
    >>> shown("a\x00b"), shown("=1+1"), len(shown("x" * 1000))
    ('a␣b', "'=1+1", 60)
    """
    cut = value if len(value) <= SHOWN_CHARS else value[: SHOWN_CHARS - 1] + "…"
    return neutralised(_CONTROL.sub("␣", cut))


def report_lines(
    problems: Iterable[Problem], translate: Callable[[str], str] = str
) -> Iterable[str]:
    """Yield one CSV line, without its end, for each problem.

    Parameters
    ----------
    problems : iterable of Problem
        What is wrong.
    translate : Callable[[str], str]
        From the French sentence to that of another language.

    Yields
    ------
    str
        Line, column, value and sentence.

    Examples
    --------
    >>> list(report_lines([Problem(3, "name", "", "required")]))
    ['3,name,,Cette cellule est obligatoire.']
    """
    for problem in problems:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="").writerow(
            (
                problem.line,
                problem.column,
                problem.shown,
                problem.told(translate),
            )
        )
        yield buffer.getvalue()
