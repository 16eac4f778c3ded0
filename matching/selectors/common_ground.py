"""What the two sides of a card share, as far as the reader may know."""

from alliances.enums import FragilityDomain, Part
from alliances.policy import shown_to_all
from alliances.selectors.places import distance_km as km_between
from matching.selectors.cards import Card


def distance_km(card: Card, *, is_public: bool) -> float | None:
    """Return the distance between the two seats when both may be read and are known."""
    own = card.own_intention.organisation
    is_known = Part.PLACES in card.parts and (
        not is_public or Part.PLACES in shown_to_all(own)
    )
    here, there = own.seat, card.organisation.seat
    if not is_known or here is None or there is None:
        return None
    return km_between(here, there)


def common_domains(card: Card, *, is_public: bool) -> list[str]:
    """Return the labels of the domains of both sides that the reader may see."""
    own = card.own_intention.organisation
    is_shown = not is_public or Part.DOMAINS in shown_to_all(own)
    if not is_shown or Part.DOMAINS not in card.parts:
        return []
    mine, theirs = (
        {line.domain: line.weight for line in intention.domains.all() if line.weight}
        for intention in (card.own_intention, card.intention)
    )
    shared = sorted(
        set(mine) & set(theirs), key=lambda code: -mine[code] * theirs[code]
    )
    labels = dict(FragilityDomain.choices)
    return [str(labels[code]) for code in shared]
