"""Texts as paper takes them: what no font holds is shown as a box, never a failure."""

import re
import unicodedata
from bisect import bisect_right
from typing import Any

from rendezvous.documents.coverage import RANGES

BOX = "\u25a1"
LONGEST_WORD = 20
PIECE = 10
BREAK = "\u200b"  # a line may end there; nothing is printed
_STARTS = [start for start, _end in RANGES]
_SPACES = re.compile(" +")
_LONG = re.compile(rf"[^\s\u00a0\u202f\u00ad\-]{{{LONGEST_WORD + 1},}}")
# Directions and joiners change how neighbours are drawn; marks need a base.
_DROPPED = frozenset(("Cf", "Cs", "Cn", "Co", "Mn", "Me", "Mc", "Sk"))


def printable(text: str) -> str:
    r"""Return ``text`` on one line, with what fonts hold, and breakable long words.

    >>> printable("Été\x00 🎉\n#panic() \u202eabc")
    'Été □ #panic() abc'
    """
    kept = "".join(_drawn(one) for one in unicodedata.normalize("NFC", text))
    return _LONG.sub(_broken, _SPACES.sub(" ", kept).strip())


def printable_values(value: Any) -> Any:
    """Return plain data with every text of it printable, keys apart."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_values(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable_values(one) for one in value]
    return value


def is_held(character: str) -> bool:
    """Tell whether a font of ours draws this character."""
    at = bisect_right(_STARTS, ord(character)) - 1
    return at >= 0 and ord(character) <= RANGES[at][1]


def _drawn(character: str) -> str:
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if is_held(character):
        return character
    kind = unicodedata.category(character)
    return "" if kind in _DROPPED or kind == "Cc" else BOX


def _broken(word: re.Match[str]) -> str:
    letters = word.group()
    pieces = (letters[at : at + PIECE] for at in range(0, len(letters), PIECE))
    return BREAK.join(pieces)
