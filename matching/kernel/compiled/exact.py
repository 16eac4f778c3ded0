"""Scores of given pairs in double precision, compiled: the bits of ``scores``.

Sums and divisions are those of NumPy, in the same order and never contracted. What a
processor may round otherwise (cosines, arcs, powers) is computed by NumPy itself.
"""

from typing import Any

import numpy as np

from matching.kernel.compiled.jit import inlined, strict
from matching.kernel.compiled.layout import (
    ABSENT_START,
    ABSENT_STOP,
    COMPANION,
    KIND,
    LINK_START,
    LINK_STOP,
    N_TYPES,
    OPEN_TO,
    PLACE,
    ROW,
    Array,
    Land,
    Layout,
    Likes,
)
from matching.kernel.compiled.pairs import (
    NONE,
    OCTET,
    has_recipient,
    held,
    is_key,
    refuse,
)
from matching.kernel.compiled.tables import LARGEST_STEP

MUCH_LONGER = 8  # from how many times longer a set is searched rather than walked


@strict
def overlaps(layout: Layout, one: Array, other: Array) -> Any:
    """Return the overlap of the perimeters of pairs, NaN where one is unknown."""
    land, facts, position = layout.land, layout.rules.facts, layout.rules.position
    share = np.empty(len(one))
    unknown = len(land.population)
    for p in range(len(one)):
        a = np.int64(land.perimeter[facts[position[one[p]], PLACE]])
        b = np.int64(land.perimeter[facts[position[other[p]], PLACE]])
        if unknown in (a, b):
            share[p] = np.nan
        elif land.everywhere in (a, b):
            share[p] = 1.0
        else:
            smaller = min(land.population[a], land.population[b])
            share[p] = _common_population(land, a, b) / smaller
    return share


@strict
def _common_population(land: Land, one: int, other: int) -> float:
    """Add the population of the atoms that two perimeters share: whole numbers."""
    a, end_a = land.atom_offsets[one], land.atom_offsets[one + 1]
    b, end_b = land.atom_offsets[other], land.atom_offsets[other + 1]
    if end_a - a > end_b - b:
        a, end_a, b, end_b = b, end_b, a, end_a
    total = 0.0
    if (end_a - a) * MUCH_LONGER < end_b - b:
        for k in range(a, end_a):
            if is_key(land.atoms, b, end_b, land.atoms[k]):
                total += land.atom_weight[land.atoms[k]]
        return total
    while a < end_a and b < end_b:
        x, y = land.atoms[a], land.atoms[b]
        if x == y:
            total += land.atom_weight[x]
        a += np.int64(x <= y)
        b += np.int64(y <= x)
    return total


@strict
def scores_of_pairs(
    layout: Layout,
    one: Array,
    other: Array,
    objectives: Array,
    domains: Array,
    territory: Array,
) -> tuple[Array, Array]:
    """Return scores by type, NaN where not admissible, and confidences.

    ``objectives``: of both sides, shape (2, P, 4); ``domains`` and ``territory``: of the
    pairs, NaN where unknown.
    """
    weights = layout.exactly.weights
    scores, confidences = np.empty((len(one), N_TYPES)), np.empty(len(one))
    met = np.empty((2, N_TYPES))
    for p in range(len(one)):
        i, j = layout.rules.position[one[p]], layout.rules.position[other[p]]
        near = _proximity(layout, i, j)
        shared = _weighed(domains[p], weights[2]) + _weighed(territory[p], weights[3])
        shared += _weighed(near, weights[4])
        known = _known(domains[p], weights[2]) + _known(territory[p], weights[3])
        known += _known(near, weights[4])
        covered = _needs(layout, i, j, met[0]) | _needs(layout, j, i, met[1])
        mine = _known(objectives[0, p, 0], weights[0]) + _known(met[0, 0], weights[1])
        theirs = _known(objectives[1, p, 0], weights[0]) + _known(met[1, 0], weights[1])
        mine, theirs = mine + known, theirs + known
        confidences[p] = min(mine, theirs) / layout.exactly.total
        types = _types(layout, i, j, (covered != 0) | (domains[p] > 0))
        for t in range(N_TYPES):
            first = _weighed(objectives[0, p, t], weights[0])
            first = first + _weighed(met[0, t], weights[1]) + shared
            second = _weighed(objectives[1, p, t], weights[0])
            second = second + _weighed(met[1, t], weights[1]) + shared
            first /= mine if mine > 0 else 1.0
            second /= theirs if theirs > 0 else 1.0
            scores[p, t] = np.sqrt(first * second) if types >> t & 1 else np.nan
    return scores, confidences


@inlined
def _weighed(value: float, weight: float) -> float:
    return weight * (0.0 if np.isnan(value) else value)


@inlined
def _known(value: float, weight: float) -> float:
    return 0.0 if np.isnan(value) else weight


@strict
def _needs(layout: Layout, i: int, j: int, out: Array) -> int:
    """Write what the needs of a side meet by type, NaN unknown; return them as bits."""
    rules, octets = layout.rules, layout.exactly.octets
    needs, offers, met = held(rules.facts, i, j, rules.entries, rules.area_meets)
    if needs == 0 or offers == 0:
        out[:] = np.nan
        return met
    count, left = 0, needs
    while left:
        left &= left - 1
        count += 1
    for t in range(N_TYPES):
        worth = octets[0, met & OCTET, t] + octets[1, met >> 8 & OCTET, t]
        out[t] = (worth + octets[2, met >> 16 & OCTET, t]) / count
    return met


@strict
def _proximity(layout: Layout, i: int, j: int) -> float:
    """Average size, values and the link that are known, NaN when nothing is."""
    facts, rules, likes = layout.rules.facts, layout.rules, layout.likes
    one, other = facts[i, COMPANION], facts[j, COMPANION]
    size, values, known = 0.0, 0.0, 0.0
    if likes.size[one] >= 0 and likes.size[other] >= 0:
        size = 1.0 - abs(likes.size[one] - likes.size[other]) / LARGEST_STEP
        known += 1.0
    mine, theirs = likes.value_set[one], likes.value_set[other]
    lengths = np.float64(likes.length[mine]) + np.float64(likes.length[theirs])
    if likes.length[mine] > 0 and likes.length[theirs] > 0:
        common = _common_tags(likes, np.int64(mine), np.int64(theirs))
        values = common / max(lengths - common, 1.0)
        known += 1.0
    total = size + values
    key = facts[i, ROW] * len(facts) + facts[j, ROW]
    if is_key(rules.linked, facts[i, LINK_START], facts[i, LINK_STOP], key):
        total += 1.0
        known += 1.0
    return total / known if known > 0 else np.nan


@strict
def _common_tags(likes: Likes, one: int, other: int) -> float:
    a, end_a = likes.tag_offsets[one], likes.tag_offsets[one + 1]
    b, end_b = likes.tag_offsets[other], likes.tag_offsets[other + 1]
    count = 0.0
    while a < end_a and b < end_b:
        x, y = likes.tags[a], likes.tags[b]
        if x == y:
            count += 1.0
        a += np.int64(x <= y)
        b += np.int64(y <= x)
    return count


@strict
def _types(layout: Layout, i: int, j: int, has_common_ground: bool) -> Any:
    """Return the bits of the types for which a pair may be proposed."""
    facts, rules = layout.rules.facts, layout.rules
    types = layout.columns.types[facts[i, KIND], facts[j, KIND]]
    types &= facts[i, OPEN_TO] & facts[j, OPEN_TO]
    if not has_recipient(facts, i, j):
        types &= ~np.int64(1)
    key = facts[i, ROW] * len(facts) + facts[j, ROW]
    if is_key(rules.absent, facts[i, ABSENT_START], facts[i, ABSENT_STOP], key):
        return NONE
    if refuse(facts, i, j, rules.refuses) or not has_common_ground:
        return NONE
    return types
