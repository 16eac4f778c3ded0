"""One invented organisation from its archetype and its commune."""

import random
from typing import Any

from alliances.demonstration.generator.names import Names
from alliances.demonstration.generator.places import Commune

SQUARE = ("square_hr", "square_stk", "square_eco", "square_inn")
STEP = 5
ALONE = {
    "salariés": "une seule salariée",
    "personnes": "une seule personne",
    "professionnels": "une seule professionnelle",
    "intervenants": "une seule intervenante",
}
EXCLUDING_SHARE = 0.7  # of an archetype that excludes says so
LOCAL_NEED_SHARE = 0.12  # of the needs hold only in the intercommunalité


def drawn_row(
    archetype: dict[str, Any], place: Commune, *, names: Names, draw: random.Random
) -> dict[str, Any]:
    """Return the cells of an organisation, without its key."""
    staff = drawn_staff(archetype["staff"], draw)
    low, high = archetype["maturity"]
    summary = draw.choice(archetype["summaries"])
    return {
        "name": names.drawn(archetype["names"], draw),
        "kind": archetype["kind"],
        "sub_kind": archetype.get("sub_kind", ""),
        "model": archetype.get("model", ""),
        "staff": staff,
        "summary": counted(placed(summary, place.name), staff),
        "commune": place.code,
        "perimeter": place.reference(draw.choice(archetype["perimeter"])),
        "domains": some(archetype["domains"], draw, at_least=2),
        **dict(zip(SQUARE, moved(archetype["square"], draw), strict=True)),
        "offers": some(archetype["offers"], draw, at_least=2),
        "needs": [
            located(need, place, draw)
            for need in some(archetype["needs"], draw, at_least=2)
        ],
        "types": archetype.get("types", ""),
        "general_interest": draw.choice(archetype.get("general_interest", [""])),
        "phase": draw.choice(archetype.get("phase", [""])),
        "maturity": draw.randint(low, high),
        "sectors": archetype.get("sectors", ""),
        "excludes": kept(archetype.get("excludes", ""), draw),
        "values": some(archetype["values"], draw, at_least=1),
    }


def kept(excludes: object, draw: random.Random) -> object:
    """Return the exclusions, or none: some never answered the question."""
    return excludes if draw.random() < EXCLUDING_SHARE else ""


def drawn_staff(bounds: list[int], draw: random.Random) -> int:
    """Return a staff, small ones more often than large ones."""
    low, high = bounds
    return low + int((high - low) * draw.random() ** 2)


def placed(summary: str, name: str) -> str:
    """Return the presentation with the commune, its article contracted.

    Examples
    --------
    >>> placed("À {place}, autour de {place}", "Le Lude")
    'Au Lude, autour du Lude'
    >>> placed("autour de {place}", "Amiens")
    'autour d’Amiens'
    """
    written = name.replace("'", "’")
    forms = {"À {place}": "À ", "à {place}": "à ", "de {place}": "de "}
    if written.startswith("Le "):
        forms = {"À {place}": "Au ", "à {place}": "au ", "de {place}": "du "}
        written = written.removeprefix("Le ")
    elif written.startswith("Les "):
        forms = {"À {place}": "Aux ", "à {place}": "aux ", "de {place}": "des "}
        written = written.removeprefix("Les ")
    elif written[0] in "AÀÂEÉÈÊIÎOÔUÛYH":
        forms["de {place}"] = "d’"
    for pattern, preposition in forms.items():
        summary = summary.replace(pattern, preposition + written)
    return summary.replace("{place}", written)


def counted(summary: str, staff: int) -> str:
    """Return the presentation with the staff written in full agreement."""
    if staff == 1:
        for plural, singular in ALONE.items():
            summary = summary.replace("{staff} " + plural, singular)
    number = f"{staff:,}".replace(",", "\u202f")
    return summary.replace("{staff}", number)


def some(items: list[str], draw: random.Random, *, at_least: int) -> list[str]:
    """Return the first item and a few others, in their order."""
    count = draw.randint(min(at_least, len(items)), len(items)) - 1
    kept = set(draw.sample(range(1, len(items)), count)) | {0}
    return [item for position, item in enumerate(items) if position in kept]


def located(need: str, place: Commune, draw: random.Random) -> str:
    """Return a need, now and then only where it is felt."""
    if draw.random() < LOCAL_NEED_SHARE:
        return f"{need}@{place.reference('epci')}"
    return need


def moved(square: list[int], draw: random.Random) -> list[int]:
    """Return a square near the archetype's, still of sum 100."""
    weights = list(square)
    for _ in range(2):
        giver, taker = draw.sample(range(4), 2)
        if weights[giver] > STEP and weights[taker] + STEP <= max(square):
            weights[giver] -= STEP
            weights[taker] += STEP
    return weights
