"""What matching says of pairs that a session chose, rather than of its lists.

``scores_between`` serves computations; ``figures_between`` pages, by
``matching.selectors.cards``. A pair that may not be proposed has no score, whatever the
reason. Imports NumPy: import it where it is used.
"""

from collections.abc import Collection
from itertools import combinations

import numpy as np

from alliances.enums import PartnershipType
from alliances.models import Intention
from matching import kernel
from matching.models import TYPES
from matching.selectors.cards import Figures
from matching.selectors.pairs import configuration_in_use
from matching.selectors.population import Audience, Population, population_of

PAIRS_AT_ONCE = 50_000


def scores_between(intention_ids: Collection[int]) -> dict[tuple[int, int], float]:
    """Return the best score of each pair that may be proposed, the lower key first."""
    population, prepared = _read(intention_ids, Audience.PARTNERS)
    ids = population.intention_ids.tolist()
    rows = list(combinations(range(len(ids)), 2))
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        block = np.array(rows[start : start + PAIRS_AT_ONCE])
        pairs = kernel.score_pairs(prepared, block[:, 0], block[:, 1])
        best = np.nan_to_num(pairs.scores, nan=-1.0).max(axis=1)
        for low, high, score in zip(
            pairs.low.tolist(), pairs.high.tolist(), best.tolist(), strict=True
        ):
            if score >= 0:
                found[ids[low], ids[high]] = score
    return found


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


def _read(
    intention_ids: Collection[int], audience: Audience
) -> tuple[Population, kernel.Prepared]:
    wanted = Intention.objects.filter(pk__in=set(intention_ids))
    population = population_of(wanted, audience)
    return population, kernel.prepare(population.profiles, configuration_in_use())
