"""Bytes to text: UTF-8, or a problem that says what to do."""

import codecs

from alliances.interchange.problems import Problem

MAX_FILE_MB = 50
MAX_FILE_BYTES = MAX_FILE_MB * 1_000_000
_WIDE_MARKS = (
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
_AROUND_BYTES = 30


def decoded(content: bytes) -> str | Problem:
    """Return the text of a file, or why it cannot be read.

    Parameters
    ----------
    content : bytes
        The whole file, with or without a byte order mark.

    Returns
    -------
    str or Problem
        The text without the mark.

    Examples
    --------
    >>> decoded("é".encode("utf-8-sig"))
    'é'
    >>> decoded("clé".encode("cp1252")).code
    'not_utf_8'
    """
    if len(content) > MAX_FILE_BYTES:
        return Problem(0, "", "", "file_too_large", {"limit": MAX_FILE_MB})
    if content.startswith(_WIDE_MARKS) or _looks_wide(content):
        return Problem(1, "", "", "utf_16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf_8(content, error.start + _mark_bytes(content))


def _mark_bytes(content: bytes) -> int:
    """Count the bytes that the codec drops before it counts positions."""
    return len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0


def _looks_wide(content: bytes) -> bool:
    """Tell UTF-16 without a mark: every other byte of a French header is null."""
    head = content[:100]
    return 0 < len(head) <= 3 * head.count(0)


def _not_utf_8(content: bytes, position: int) -> Problem:
    line = content.count(b"\n", 0, position) + 1
    start = max(content.rfind(b"\n", 0, position) + 1, position - _AROUND_BYTES)
    around = content[start : position + _AROUND_BYTES].split(b"\n")[0]
    byte = f"0x{content[position]:02X}"
    return Problem(
        line, "", around.decode("cp1252", "replace"), "not_utf_8", {"byte": byte}
    )
