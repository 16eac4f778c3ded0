"""Plain texts and tables: readable, and without anything that acts when opened."""

import re

from alliances.correspondence.problems import Problem, refuse_if

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PAGES = re.compile(
    r"<\s*(?:!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object|embed)\b",
    re.IGNORECASE,
)
_OTHER_BEGINNINGS = ("#!", "%!PS", "{\\rtf", "%PDF", "MZ")
# A cell that asks a spreadsheet to start a program.
_COMMAND_CELL = re.compile(r"(?m)(?:^|[;,\t\"])\s*[=+\-@][^\n;,\t]*\|[^\n]*!")


def check_text(data: bytes) -> None:
    text = _decoded(data)
    refuse_if(text.startswith(_OTHER_BEGINNINGS), Problem.NOT_WHAT_IT_SAYS)
    refuse_if(_PAGES.search(text) is not None, Problem.ACTIVE_CONTENT)


def check_csv(data: bytes) -> None:
    check_text(data)
    command = _COMMAND_CELL.search(_decoded(data))
    refuse_if(command is not None, Problem.ACTIVE_CONTENT)


def _decoded(data: bytes) -> str:
    """Read UTF-8, else the alphabet of older office software."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        refuse_if("\ufffd" in text, Problem.NOT_WHAT_IT_SAYS)
    refuse_if(_CONTROLS.search(text) is not None, Problem.NOT_WHAT_IT_SAYS)
    return text
