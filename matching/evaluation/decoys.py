"""Near misses: the real partner, but for one thing.

A decoy takes the place of one side of a real pair, facing the other side. It is made
only where the texts say the thing that it changes: nobody can be told by their means
when nothing was said of means.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from matching.evaluation.encoding import RealPair
from matching.evaluation.places import meet
from matching.kernel.intentions import Intention
from matching.kernel.vocabulary import MEANS

OF_EACH = 5
"""Decoys of each sort: as many as places in the first five, so that one thing that the
score does not see is enough to push the partner out of them."""


def sides_of(pair: RealPair, *, from_association: bool) -> tuple[Intention, Intention]:
    """Return who looks, and the partner to be found."""
    if from_association:
        return pair.association, pair.partner
    return pair.partner, pair.association


def candidates(
    pair: RealPair, everyone: Sequence[RealPair], *, from_association: bool
) -> list[Intention]:
    """Return the decoys of a partner: near misses, then the other real actors.

    Left out: real partners of the one who looks, in other rows, for finding them would
    be no mistake; and those who say less than the partner (the directory proposes
    nobody who leaves out domains, territory, needs or offers).
    """
    looking, partner = sides_of(pair, from_association=from_association)
    known = _partners_of(looking, everyone)
    others = [
        side
        for other in everyone
        for side in (other.association, other.partner)
        if side.kind == partner.kind
        and side.organisation not in known
        and _says_as_much(side, partner)
    ]
    near = [
        decoy for sort in SORTS for decoy in _of_sort(sort, looking, partner, others)
    ]
    return [*near, *others]


def _partners_of(looking: Intention, everyone: Sequence[RealPair]) -> set[str]:
    """Return an actor and all its real partners, by name."""
    return {
        side.organisation
        for pair in everyone
        for side in (pair.association, pair.partner)
        if looking.organisation
        in (pair.association.organisation, pair.partner.organisation)
    }


def _says_as_much(side: Intention, partner: Intention) -> bool:
    """Tell whether a side has domains, a territory, offers, and needs if asked."""
    said = bool(side.domains and side.perimeter and side.offers)
    return said and bool(side.needs or not partner.needs)


def _of_sort(
    sort: Callable[[Intention, Intention, Intention], Intention | None],
    looking: Intention,
    partner: Intention,
    others: Sequence[Intention],
) -> list[Intention]:
    """Make the first decoys of a sort, in an order drawn from identifiers alone."""
    name = sort.__name__
    drawn = sorted(others, key=lambda o: _draw(name, partner.public_id, o.public_id))
    made: dict[tuple[object, ...], Intention] = {}
    for other in drawn:
        decoy = sort(looking, partner, other)
        if decoy is not None:
            what = (decoy.needs, decoy.offers, tuple(decoy.domains), decoy.perimeter)
            made.setdefault(what, decoy)
    return [
        replace(
            decoy,
            public_id=f"{partner.public_id}-{name}-{number}",
            organisation=f"{partner.organisation}-{name}-{number}",
        )
        for number, decoy in enumerate(list(made.values())[:OF_EACH])
    ]


def _draw(*words: str) -> bytes:
    return hashlib.sha256("|".join(words).encode()).digest()


def other_means(
    looking: Intention, partner: Intention, other: Intention
) -> Intention | None:
    """Same cause, same place: the means and aims of another real actor.

    When that actor brings some of the partner's means (nearly every association brings
    what it knows of its publics), as many means are drawn among all the others.
    """
    if not partner.offers or not other.offers:
        return None
    if set(partner.offers).isdisjoint(other.offers):
        return replace(
            partner, offers=other.offers, needs=other.needs, square=other.square
        )
    return replace(
        partner,
        offers=_redrawn(partner.offers, other.public_id),
        needs=_redrawn(partner.needs, other.public_id),
    )


def _redrawn(
    means: tuple[tuple[str, str | None], ...], key: str
) -> tuple[tuple[str, str | None], ...]:
    named = {code for code, _ in means}
    others = [code for code in MEANS if code not in named]
    drawn = sorted(others, key=lambda code: _draw("means", key, code))
    return tuple((code, None) for code in drawn[: len(means)])


def other_cause(
    looking: Intention, partner: Intention, other: Intention
) -> Intention | None:
    """Same means, same place: the causes of another real actor, none in common."""
    known = looking.domains.keys() | partner.domains.keys()
    if not partner.domains or not other.domains or known & other.domains.keys():
        return None
    return replace(partner, domains=other.domains)


def elsewhere(
    looking: Intention, partner: Intention, other: Intention
) -> Intention | None:
    """Same means, same cause: where another real actor acts, and the first does not."""
    if not looking.perimeter or not partner.perimeter or not other.perimeter:
        return None
    if meet(looking.perimeter, other.perimeter):
        return None
    return replace(partner, perimeter=other.perimeter)


SORTS = (other_means, other_cause, elsewhere)
