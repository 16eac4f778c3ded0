"""The rule of each column: a cell in, a value out, or what is refused.

Values: ``str`` for texts and codes, ``int`` for numbers, ``bool`` for yes and no,
``list`` for columns of several values. A column whose rule needs another column of
the row is finished in ``rows``.
"""

import re
from collections.abc import Callable
from typing import Any

from alliances.identifiers.checks import CLEANERS, Identifier, IdentifierError, Problem
from alliances.interchange.cells import Cell
from alliances.interchange.neutralise import restored
from alliances.interchange.vocabulary import Vocabulary
from territories.references import parse

REQUIRED = ("key", "name", "kind")
SQUARE = ("square_hr", "square_stk", "square_eco", "square_inn")
MANY_LINES = frozenset({"summary"})

# What a row that names a project may say besides whose it is.
OF_PROJECTS = frozenset(
    {"perimeter", "domains", *SQUARE, "offers", "needs", "types", "phase"}
)

MAX_KEY_CHARS = 200
MAX_NAME_CHARS = 200
MAX_TITLE_CHARS = 160
MAX_SUMMARY_CHARS = 4_000
MAX_WEBSITE_CHARS = 300
MAX_TAG_CHARS = 80
MAX_STAFF = 10_000_000
DEFAULT_WEIGHT = MAX_WEIGHT = 10
MAX_MATURITY = 3
SQUARE_SUM = 100

_INTEGER = re.compile(r"[0-9]{1,9}\Z")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_WEBSITE = re.compile(
    r"https?://[^\s/:?#@<>\"]+\.[^\s/:?#@<>\"]+(?::[0-9]+)?(?:[/?#][^\s<>\"]*)?\Z", re.I
)
_BARE_WEBSITE = re.compile(
    r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?:/[^\s<>\"]*)?\Z", re.I
)
_COMMUNE = re.compile(r"(?:COM-)?([0-9][0-9AB][0-9]{3})\Z")
_CRITERION = re.compile(r"(sector|kind|key):(.*)\Z", re.S)

Rule = Callable[[Cell, Vocabulary], Any]


def text_of(limit: int) -> Rule:
    """Return the rule of a text of at most ``limit`` characters."""

    def rule(cell: Cell, words: Vocabulary) -> str:
        text = restored(cell.text)
        if len(text) > limit:
            cell.refuse("too_long", count=len(text), limit=limit)
        return text

    return rule


def key(cell: Cell, words: Vocabulary) -> str:
    """Return the key of the row, which ``|`` cannot stand in."""
    text: str = text_of(MAX_KEY_CHARS)(cell, words)
    if "|" in text:
        cell.refuse("key_with_bar")
    return text


def project(cell: Cell, words: Vocabulary) -> str:
    """Return the name of a project, on one line of single spaces."""
    text: str = text_of(MAX_TITLE_CHARS)(cell, words)
    return " ".join(text.split())


def summary(cell: Cell, words: Vocabulary) -> str:
    """Return the presentation, its line endings made one kind."""
    text: str = text_of(MAX_SUMMARY_CHARS)(cell, words)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def code_among(codes: str) -> Rule:
    """Return the rule of a code of ``Vocabulary.<codes>``."""

    def rule(cell: Cell, words: Vocabulary) -> str:
        possible = getattr(words, codes)
        if cell.text not in possible:
            cell.refuse("unknown_code", codes=", ".join(possible))
        return cell.text

    return rule


def codes_among(codes: str) -> Rule:
    """Return the rule of several codes of ``Vocabulary.<codes>``."""

    def rule(cell: Cell, words: Vocabulary) -> list[str]:
        possible = getattr(words, codes)
        items = cell.items()
        for item in items:
            if item not in possible:
                cell.refuse("unknown_code", item, codes=", ".join(possible))
        return stated_once(cell, items, items)

    return rule


def stated_once(cell: Cell, items: list[str], values: list[Any]) -> list[Any]:
    """Refuse a value that stands twice; return ``values`` in their order."""
    seen: list[Any] = []
    for item, value in zip(items, values, strict=True):
        if value in seen:
            cell.refuse("repeated_item", item)
        seen.append(value)
    return values


def integer_between(low: int, high: int) -> Rule:
    """Return the rule of an integer of the range, bounds included."""

    def rule(cell: Cell, words: Vocabulary) -> int:
        text = _SPACES.sub("", cell.text)
        if not _INTEGER.match(text):
            cell.refuse("not_an_integer")
            return low
        if not low <= int(text) <= high:
            cell.refuse("out_of_range", low=low, high=high)
        return int(text)

    return rule


def identifier(name: Identifier) -> Rule:
    """Return the rule of a SIREN, a SIRET or an RNA number."""
    codes = {
        Problem.SCIENTIFIC: "number_format",
        Problem.LOST_ZERO: "lost_zero",
    }

    def rule(cell: Cell, words: Vocabulary) -> str:
        try:
            return CLEANERS[name](cell.text)
        except IdentifierError as error:
            cell.refuse(codes.get(error.problem, f"bad_{name}"))
            return ""

    return rule


def website(cell: Cell, words: Vocabulary) -> str:
    """Return a web address, its scheme added where it lacks."""
    address: str = text_of(MAX_WEBSITE_CHARS)(cell, words)
    if _BARE_WEBSITE.match(address):
        address = f"https://{address}"
        cell.note("website_completed", address=address)
    if not _WEBSITE.match(address):
        cell.refuse("bad_website")
    return address


def commune(cell: Cell, words: Vocabulary) -> str:
    """Return the code of a commune, of five characters."""
    text = cell.text.upper()
    if re.match(r"[0-9]{4}\Z", text):
        cell.refuse("lost_zero")
        return ""
    if not (match := _COMMUNE.match(text)):
        cell.refuse("bad_commune")
        return ""
    return f"COM-{match[1]}"


def reference(cell: Cell, item: str) -> str:
    """Return a territory reference as it is written in the base."""
    parsed = parse(item)
    if parsed is None:
        cell.refuse("bad_reference", item)
        return item
    prefix, dash, _ = item.partition("-")
    return f"{prefix.upper()}-{parsed.code}" if dash else parsed.code


def references(cell: Cell, words: Vocabulary) -> list[str]:
    """Return the references of territories, each stated once."""
    items = cell.items()
    return stated_once(cell, items, [reference(cell, item) for item in items])


def domains(cell: Cell, words: Vocabulary) -> dict[str, int]:
    """Return the weight of each domain, from ``code`` or ``code:weight``."""
    items = cell.items()
    pairs = [_weighted(cell, item, words.domains) for item in items]
    stated_once(cell, items, [code for code, _ in pairs])
    return dict(pairs)


def _weighted(cell: Cell, item: str, possible: tuple[str, ...]) -> tuple[str, int]:
    code, colon, weight = (part.strip() for part in item.partition(":"))
    if code not in possible:
        cell.refuse("unknown_code", item, codes=", ".join(possible))
    if not colon:
        return code, DEFAULT_WEIGHT
    if not _INTEGER.match(weight) or int(weight) > MAX_WEIGHT:
        cell.refuse("bad_weight", item)
        return code, 0
    return code, int(weight)


def means(cell: Cell, words: Vocabulary) -> list[tuple[str, str]]:
    """Return the means with their own territory, empty when there is none."""
    items = cell.items()
    pairs = [_held_in(cell, item, words.means) for item in items]
    return stated_once(cell, items, pairs)


def _held_in(cell: Cell, item: str, possible: tuple[str, ...]) -> tuple[str, str]:
    code, at, place = (part.strip() for part in item.partition("@"))
    if code not in possible:
        cell.refuse("unknown_code", item, codes=", ".join(possible))
    return code, reference(cell, place) if at else ""


def yes_or_no(cell: Cell, words: Vocabulary) -> bool:
    """Return whether the cell says ``yes``."""
    if cell.text not in {"yes", "no"}:
        cell.refuse("unknown_code", codes="yes, no")
    return cell.text == "yes"


def tags(cell: Cell, words: Vocabulary) -> list[str]:
    """Return free tags as typed, each stated once."""
    items = [restored(item) for item in cell.items()]
    for item in items:
        if len(item) > MAX_TAG_CHARS:
            cell.refuse("too_long", item, count=len(item), limit=MAX_TAG_CHARS)
    return stated_once(cell, items, items)


def exclusions(cell: Cell, words: Vocabulary) -> list[tuple[str, str]]:
    """Return pairs: ``sector``, ``kind`` or ``key``, and its value."""
    items = cell.items()
    pairs = [_criterion(cell, item, words) for item in items]
    return stated_once(cell, items, pairs)


def _criterion(cell: Cell, item: str, words: Vocabulary) -> tuple[str, str]:
    match = _CRITERION.match(item)
    what, value = (match[1], match[2].strip()) if match else ("", "")
    if not value:
        cell.refuse("bad_exclusion", item)
    elif what == "kind" and value not in words.kinds:
        cell.refuse("unknown_code", item, codes=", ".join(words.kinds))
    elif what == "sector" and len(value) > MAX_TAG_CHARS:
        cell.refuse("too_long", item, count=len(value), limit=MAX_TAG_CHARS)
    return what, value


RULES: dict[str, Rule] = {
    "key": key,
    "name": text_of(MAX_NAME_CHARS),
    "kind": code_among("kinds"),
    "sub_kind": text_of(MAX_TAG_CHARS),
    "model": code_among("models"),
    "size": code_among("sizes"),
    "staff": integer_between(0, MAX_STAFF),
    "siren": identifier(Identifier.SIREN),
    "siret": identifier(Identifier.SIRET),
    "rna": identifier(Identifier.RNA),
    "summary": summary,
    "website": website,
    "commune": commune,
    "perimeter": references,
    "domains": domains,
    **dict.fromkeys(SQUARE, integer_between(0, SQUARE_SUM)),
    "offers": means,
    "needs": means,
    "types": codes_among("types"),
    "general_interest": yes_or_no,
    "phase": code_among("phases"),
    "maturity": integer_between(0, MAX_MATURITY),
    "sectors": tags,
    "excludes": exclusions,
    "intention": project,
    "values": tags,
}
