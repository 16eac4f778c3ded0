"""The one place that a person designates: by its reference, its name or its code."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from territories.models import Territory
from territories.references import reference_in
from territories.search_text import search_key, unabbreviated
from territories.selectors.references import (
    Resolution,
    UnknownTerritoryError,
    resolve_many,
)
from territories.selectors.search import Found, search_territories

MAX_CHOICES = 8


class AmbiguousPlaceError(LookupError):
    """Several places may be meant: the person chooses among ``choices``."""

    def __init__(self, text: str, choices: list[Found]) -> None:
        message = _("Plusieurs lieux peuvent correspondre à « %(text)s » : choisissez.")
        super().__init__(message % {"text": text.strip()[:64]})
        self.choices = choices


def designated(text: str, *, kinds: Collection[str] | None = None) -> Resolution:
    """Return the place that ``text`` designates beyond doubt.

    Raises
    ------
    AmbiguousPlaceError
        If several places may be meant, or one that is not exactly named.
    UnknownTerritoryError
        If none resembles it.
    """
    if reference := reference_in(text):
        return _referenced(reference, kinds)
    found = search_territories(text, limit=MAX_CHOICES, kinds=kinds)
    if not found:
        raise UnknownTerritoryError(
            _(
                "Aucun lieu ne ressemble à « %(text)s ». Essayez le nom d’une commune "
                "voisine, ou un code postal."
            )
            % {"text": text.strip()[:64]}
        )
    exact = [item for item in found if _is_named(item, search_key(text))]
    if not exact or not _same_place(exact):
        raise AmbiguousPlaceError(text, exact or found)
    return Resolution(exact[0].territory, exact[0].notice)


def _referenced(reference: str, kinds: Collection[str] | None) -> Resolution:
    outcome = resolve_many([reference])[reference]
    if isinstance(outcome, UnknownTerritoryError):
        raise outcome
    if kinds is not None and outcome.territory.kind not in kinds:
        labels = ", ".join(str(Territory.Kind(kind).label) for kind in kinds)
        raise UnknownTerritoryError(
            _("%(place)s n’est pas ce qui est demandé ici (%(kinds)s).")
            % {"place": outcome.territory, "kinds": labels}
        )
    return outcome


def _is_named(item: Found, key: str) -> bool:
    territory = item.territory
    names = (territory.search_key, territory.code.lower(), *territory.postal_codes)
    return key in names or unabbreviated(key) == territory.search_key


def _same_place(exact: list[Found]) -> bool:
    """Tell whether they are one place under several kinds: Paris, Martinique."""
    populations = {item.territory.population or None for item in exact}
    return len(exact) == 1 or (len(populations) == 1 and None not in populations)
