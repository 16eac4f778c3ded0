"""Free tags and activity codes in one comparable form."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Sections of the French nomenclature of activities and the divisions they hold
# (INSEE, NAF rév. 2): an exclusion of a section covers its divisions.
DIVISIONS_OF_SECTION = {
    "a": (1, 3),
    "b": (5, 9),
    "c": (10, 33),
    "d": (35, 35),
    "e": (36, 39),
    "f": (41, 43),
    "g": (45, 47),
    "h": (49, 53),
    "i": (55, 56),
    "j": (58, 63),
    "k": (64, 66),
    "l": (68, 68),
    "m": (69, 75),
    "n": (77, 82),
    "o": (84, 84),
    "p": (85, 85),
    "q": (86, 88),
    "r": (90, 93),
    "s": (94, 96),
    "t": (97, 98),
    "u": (99, 99),
}
DIVISION = re.compile(r"[0-9]{2}")
KEPT = 4_096  # a population says the same few words thousands of times


@lru_cache(maxsize=KEPT)
def tag(text: str) -> str:
    """Return ``text`` without accents, in lower case, words joined by underscores.

    >>> tag("  Services à la personne ")
    'services_a_la_personne'
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", letters.lower())) or text.strip().lower()


def tags(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(tag(text) for text in texts if text.strip())


def sectors(texts: Iterable[str]) -> frozenset[str]:
    """Return the tags of activities, with the section of each division.

    >>> sorted(sectors(["38", "Vélo"]))
    ['38', 'e', 'velo']
    """
    found = tags(texts)
    return found.union(*map(_sections, found))


@lru_cache(maxsize=KEPT)
def _sections(code: str) -> frozenset[str]:
    if not DIVISION.fullmatch(code):
        return frozenset()
    division = int(code)
    return frozenset(
        section
        for section, (first, last) in DIVISIONS_OF_SECTION.items()
        if first <= division <= last
    )
