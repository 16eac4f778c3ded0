"""Free tags and activity codes in one comparable form."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from alliances.activities import DIVISIONS_OF_SECTION

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# Division, group, class, sub-class (25, 25.1, 25.11, 25.11Z), after an optional section
# and with any separator: « 25.11Z », « 2511z », « C25.11 ».
CODE = re.compile(r"[a-u]?_?([0-9]{2})(?:_?([0-9])(?:([0-9])(?:_?([a-z]))?)?)?")
KEPT = 4_096  # a population says the same few words thousands of times


@lru_cache(maxsize=KEPT)
def tag(text: str) -> str:
    """Return ``text`` without accents, in lower case, words joined by underscores.

    Activity codes are written in one way, whatever their separators.

    >>> tag("  Services à la personne "), tag("jeux d’argent"), tag("25.11Z")
    ('services_a_la_personne', 'jeux_d_argent', '2511z')
    """
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    words = "_".join(re.findall(r"[a-z0-9]+", plain))
    code = CODE.fullmatch(words)
    if code and section_of(code[1]):
        return "".join(part for part in code.groups() if part)
    return words or text.strip().casefold()


def tags(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(tag(text) for text in texts if text.strip())


def sectors(texts: Iterable[str]) -> frozenset[str]:
    """Return the tags of activities, with what each activity code is a part of.

    A refusal of one of them so covers the organisation: of a section (C), of a
    division (25), of a group (25.1) or of a class (25.11).

    >>> sorted(sectors(["38", "Vélo"])), sorted(sectors(["25.11Z"]))
    (['38', 'e', 'velo'], ['25', '251', '2511', '2511z', 'c'])
    """
    found = tags(texts)
    return found.union(*(_holding(one) for one in found))


def section_of(division: str) -> str:
    """Return the section of a division of two digits, empty when there is none.

    >>> section_of("25"), section_of("34")
    ('c', '')
    """
    for section, (first, last) in DIVISIONS_OF_SECTION.items():
        if first <= int(division) <= last:
            return section
    return ""


@lru_cache(maxsize=KEPT)
def _holding(code: str) -> frozenset[str]:
    """Return what holds an activity code: its beginnings, and its section."""
    if not CODE.fullmatch(code) or not code[0].isdigit():
        return frozenset()
    starts = {code[:length] for length in range(2, len(code))}
    return frozenset({*starts, section_of(code[:2])} - {""})
