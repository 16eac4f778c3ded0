"""What matching says of pairs that a session chose, rather than of its lists.

``best_scores`` serves computations; ``figures_between`` pages, by
``matching.selectors.cards``. A pair that may not be proposed has no score, whatever the
reason. Imports NumPy: import it where it is used.
"""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from alliances.enums import PartnershipType
from alliances.models import Intention
from matching import kernel
from matching.models import TYPES
from matching.selectors.cards import Figures
from matching.selectors.pairs import configuration_in_use
from matching.selectors.population import Audience, Population, population_of

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
PAIRS_AT_ONCE = 50_000
PAIR = 2


def best_scores(one: Integers, other: Integers) -> Floats:
    """Return the best score of pairs of intentions, NaN where none may be proposed.

    0 stands for no intention.
    """
    scores = np.full(len(one), np.nan)
    wanted = np.setdiff1d(np.concatenate([one, other]), [0])
    if len(wanted) < PAIR:
        return scores
    population, prepared = _read(wanted.tolist(), Audience.PARTNERS)
    ids = population.intention_ids
    known = np.isin(one, ids) & np.isin(other, ids) & (one != other)
    rows = [np.searchsorted(ids, side) for side in (one, other)]
    for block in _blocks(np.flatnonzero(known)):
        found = kernel.score_pairs(prepared, rows[0][block], rows[1][block]).scores
        best = np.nan_to_num(found, nan=-1.0).max(axis=1)
        scores[block] = np.where(best >= 0, best, np.nan)
    return scores


def _blocks(at: Integers) -> Iterator[Integers]:
    for start in range(0, len(at), PAIRS_AT_ONCE):
        yield at[start : start + PAIRS_AT_ONCE]


def scores_with(own_id: int, other_ids: Collection[int]) -> dict[int, float]:
    """Return the best score of one intention with each of others, by the other's key."""
    others = figures_between(own_id, other_ids, Audience.PARTNERS)
    return {
        one.partner_id: score for one in others if (score := one.score("")) is not None
    }


def figures_between(
    own_id: int, other_ids: Collection[int], audience: Audience = Audience.PUBLIC
) -> list[Figures]:
    """Return the figures of the pairs of one intention that may be proposed."""
    return figures_of([(own_id, pk) for pk in sorted({*other_ids})], audience)


def figures_of(
    pairs: Collection[tuple[int, int]], audience: Audience = Audience.PUBLIC
) -> list[Figures]:
    """Return the figures of pairs that may be proposed, from the side of the first."""
    population, prepared = _read({pk for pair in pairs for pk in pair}, audience)
    row = population.row
    known = [
        (own, other)
        for own, other in pairs
        if own != other and own in row and other in row
    ]
    if not known:
        return []
    rows = np.array([(row[own], row[other]) for own, other in known])
    scored = kernel.score_pairs(prepared, rows[:, 0], rows[:, 1])
    return [
        Figures(
            own_id=own,
            partner_id=other,
            scores=tuple(None if np.isnan(s) else float(s) for s in scored.scores[at]),
            confidence=float(scored.confidence[at]),
            best_type=PartnershipType(TYPES[int(scored.best_type[at])]),
            named_type=PartnershipType(TYPES[int(scored.named_type[at])]),
        )
        for at, (own, other) in enumerate(known)
        if scored.best_type[at] >= 0
    ]


def types_of(
    pairs: Collection[tuple[int, int]],
) -> dict[tuple[int, int], PartnershipType]:
    """Return the type named for each pair that may be proposed, as ``pairs`` writes it."""
    population, prepared = _read({pk for pair in pairs for pk in pair}, Audience.PUBLIC)
    row = population.row
    known = [pair for pair in pairs if pair[0] in row and pair[1] in row]
    if not known:
        return {}
    sides = np.array([[row[pk] for pk in pair] for pair in known])
    scored = kernel.score_pairs(prepared, sides[:, 0], sides[:, 1])
    return {
        pair: PartnershipType(TYPES[int(named)])
        for pair, named in zip(known, scored.named_type, strict=True)
        if named >= 0
    }


def _read(
    intention_ids: Collection[int], audience: Audience
) -> tuple[Population, kernel.Prepared]:
    wanted = Intention.objects.filter(pk__in=set(intention_ids))
    population = population_of(wanted, audience)
    return population, kernel.prepare(population.profiles, configuration_in_use())
