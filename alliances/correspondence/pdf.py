"""PDF documents: whole, alone in their file, without anything that acts."""

import re

from alliances.correspondence.problems import Problem, refuse_if

_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_NAMES = (
    b"JavaScript",
    b"JS",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
)
# A name may be written with escapes (#4A is J), and ends at a delimiter.
_NAME = re.compile(rb"/([A-Za-z#0-9]{2,40})(?=[\s()<>\[\]{}/%]|\Z)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGE = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)
BEGINNING = 1024
END_OF_ARCHIVE = b"PK\x05\x06"
END_OF_ARCHIVE_BYTES = 66_000


def check_pdf(data: bytes) -> None:
    refuse_if(not _HEADER.match(data), Problem.NOT_WHAT_IT_SAYS)
    refuse_if(b"%%EOF" not in data[-BEGINNING:], Problem.DAMAGED)
    refuse_if(_PAGE.search(data[:BEGINNING]) is not None, Problem.HIDES_SOMETHING)
    refuse_if_archive(data)
    names = {_unescaped(found.group(1)) for found in _NAME.finditer(data)}
    refuse_if(not names.isdisjoint(_NAMES), Problem.ACTIVE_CONTENT)


def refuse_if_archive(data: bytes) -> None:
    """An archive is read from its end: the same file may be two things."""
    ends = END_OF_ARCHIVE in data[-END_OF_ARCHIVE_BYTES:]
    refuse_if(ends, Problem.HIDES_SOMETHING)


def _unescaped(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found.group(1), 16)]), name)
