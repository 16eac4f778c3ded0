"""Places as people type them: a name, a postal code, a code, a reference."""

from alliances.forms.picked import Choice
from territories.models import Territory
from territories.search_text import search_key
from territories.selectors import (
    Found,
    UnknownTerritoryError,
    resolve,
    search_territories,
)


def choice_of(territory: Territory, department: str = "") -> Choice:
    """Name a territory so that it cannot be taken for another."""
    place = department or (
        "" if _is_commune(territory) else territory.get_kind_display()
    )
    name = f"{territory.name} ({place})" if place else territory.name
    return Choice(territory.pk, territory.reference, name)


def _is_commune(territory: Territory) -> bool:
    return territory.kind == Territory.Kind.COMMUNE


def _choice_found(found: Found) -> Choice:
    return choice_of(found.territory, found.department)


def resolved(reference: str) -> Choice | None:
    """Return the place of a reference; None when it designates nothing."""
    try:
        return choice_of(resolve(reference).territory)
    except UnknownTerritoryError:
        return None


def resolved_commune(reference: str) -> Choice | None:
    found = resolved(reference)
    return found if found and found.reference.startswith("COM-") else None


def _nearest(text: str, kinds: tuple[str, ...] | None) -> list[Choice]:
    """Return one place when the name leaves no doubt, else those it may mean."""
    found = search_territories(text, limit=6, kinds=kinds)
    exact = [f for f in found if f.territory.search_key == search_key(text)]
    return [_choice_found(f) for f in (exact if len(exact) == 1 else found)]


def communes_named(text: str) -> list[Choice]:
    return _nearest(text, (Territory.Kind.COMMUNE,))


def places_named(text: str) -> list[Choice]:
    return _nearest(text, None)
