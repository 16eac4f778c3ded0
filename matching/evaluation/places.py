"""The places that the partnerships of the file name, as units and areas.

Places are sets of units that do not overlap; each counts one inhabitant, so that only
being inside, across or outside matters. Abroad is a unit for each country.
"""

import re
from typing import Final

import numpy as np

from matching.kernel.intentions import Territories

FRANCE: Final = "france"
LOCAL: Final = {
    "alsace": ("alsace", "strasbourg"),
    "strasbourg": ("strasbourg",),
    "isere": ("isere",),
    "paris": ("paris",),
    "la ciotat": ("la ciotat",),
    "marseille": ("marseille",),
    "poitou-charentes": ("poitou-charentes",),
    "charenton": ("charenton",),
    "ardeche": ("ardeche",),
    "roubaix": ("roubaix",),
    "pas-de-calais": ("pas-de-calais",),
    "hauts-de-france": ("roubaix", "pas-de-calais", "hauts-de-france"),
    "le havre": ("le havre",),
    "rouen": ("rouen",),
    "montargis": ("montargis",),
}
ABROAD: Final = {"bresil": "bresil", "madagascar": "madagascar", "guinee": "guinee"}
_NAMED: Final = re.compile("|".join((*LOCAL, *ABROAD)))


def _territories() -> Territories:
    inside = sorted(
        {unit for units in LOCAL.values() for unit in units} | {"elsewhere"}
    )
    number = {unit: n for n, unit in enumerate((*inside, *sorted(ABROAD)))}
    areas = {
        name: np.array([number[unit] for unit in units])
        for name, units in LOCAL.items()
    }
    areas |= {name: np.array([number[name]]) for name in ABROAD}
    areas[FRANCE] = np.arange(len(inside))
    return Territories(np.ones(len(number)), areas)


TERRITORIES: Final = _territories()


def areas_named(text: str) -> tuple[str, ...]:
    """Return the areas that a cell names, without those of its first word's whole.

    A place of its own wins over the country that is named around it; nothing is known
    of a place that is not named.

    Examples
    --------
    >>> areas_named("le havre (zus)"), areas_named("france (une dizaine de villes)")
    (('le havre',), ('france',))
    >>> areas_named("guinee (kindia, boke) et france")
    ('guinee', 'france')
    >>> areas_named("territoire local (non nomme)")
    ()
    """
    named = tuple(dict.fromkeys(_NAMED.findall(text)))
    if FRANCE in re.sub(r"hauts-de-france", "", text):
        return (*named, FRANCE)
    return named[:1]


def meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two perimeters share a unit."""
    first, second = (
        {unit for name in names for unit in TERRITORIES.areas[name].tolist()}
        for names in (one, other)
    )
    return not first.isdisjoint(second)
