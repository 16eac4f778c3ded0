"""A place as people write it: a reference, or a name."""

import re

from alliances.words import folded
from territories.models import PREFIXES, Territory

# Alone, or after the name: "Clisson (COM-44043)".
REFERENCE = re.compile(
    r"(?:.*\()?(?:FR|(?P<prefix>REG|DEP|EPCI|EPT|COM|PRJ)-(?P<code>[0-9A-Za-z-]{1,60}))"
    r"\)?\Z"
)
KINDS_OF = {
    prefix: [kind for kind, given in PREFIXES.items() if given == prefix]
    for prefix in set(PREFIXES.values())
}
MAX_NAMESAKES = 5


class UnknownPlaceError(LookupError):
    """No territory is written so."""


class AmbiguousPlaceError(LookupError):
    """Several territories bear the name; ``places`` are the most populated."""

    def __init__(self, places: list[Territory]) -> None:
        super().__init__(len(places))
        self.places = places


def territory_from(text: str) -> Territory:
    """Return the territory that ``text`` designates.

    Raises
    ------
    UnknownPlaceError
        If there is none.
    AmbiguousPlaceError
        If several bear that name.
    """
    if match := REFERENCE.match(text.strip()):
        return _by_reference(match)
    return _by_name(text)


def _by_reference(match: re.Match[str]) -> Territory:
    prefix, code = match["prefix"] or "FR", match["code"] or "FR"
    current = Territory.objects.current()
    place = current.filter(kind__in=KINDS_OF[prefix], code=code).first()
    if place is None:
        raise UnknownPlaceError(match[0])
    return place


def _by_name(text: str) -> Territory:
    """Return the place of that name; a commune before the levels above it."""
    key = folded(text)
    places = list(
        Territory.objects.current()
        .filter(search_key=key)
        .order_by("-population", "pk")[: MAX_NAMESAKES + 1]
    )
    communes = [place for place in places if place.kind == Territory.Kind.COMMUNE]
    candidates = communes or places
    if not key or not candidates:
        raise UnknownPlaceError(text)
    if len(candidates) > 1:
        raise AmbiguousPlaceError(candidates[:MAX_NAMESAKES])
    return candidates[0]
