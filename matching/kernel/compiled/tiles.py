"""The products of one row and a tile of 128 columns, compiled.

Loops over the columns become vector instructions because the features of a tile lie
side by side in one array, results in another, and indices are unsigned. Arrays are
given one by one: a tuple of them costs more to hand over than a tile to compute.
"""

from typing import Any

import numpy as np

from matching.kernel.compiled.jit import inlined
from matching.kernel.compiled.layout import (
    DOMAINS,
    HAS_DOMAIN,
    KNOWS,
    LOOSE_OFFER,
    N_DOMAINS,
    N_MEANS,
    N_TYPES,
    NEEDS,
    OFFERS,
    OWN,
    SURE_OFFER,
    TIGHT,
    WIDTH,
    Array,
)

COLUMNS = np.uint64(WIDTH)
SHARED, KNOWN, SCALE, NEAR, LIKE = (np.uint64(k) for k in range(5))
N_BASE = 5
NOTHING = np.float32(0.0)
LEAST = np.float32(1e-12)  # nothing is known of a side: it gains 0


@inlined
def gather(refs: Array, territory: Array, likeness: Array, base: Array) -> None:
    """Fetch the territory and the proximity of the columns."""
    for k in range(COLUMNS):
        base[NEAR, k] = territory[refs[0, k]]
    for k in range(COLUMNS):
        base[LIKE, k] = likeness[refs[1, k]]


@inlined
def share(mine: Array, tile: Array, weights: Array, base: Array) -> None:
    """Add what both sides share, and what is known of the map and of proximity."""
    territory, proximity = weights[3], weights[4]
    for k in range(COLUMNS):
        near, like = base[NEAR, k], base[LIKE, k]
        known = territory if near >= NOTHING else NOTHING
        known += proximity if like >= NOTHING else NOTHING
        shared = territory * (near if near >= NOTHING else NOTHING)
        shared += proximity * (like if like >= NOTHING else NOTHING)
        base[SHARED, k] = shared
        base[KNOWN, k] = known
    for d in range(N_DOMAINS):
        weight = weights[2] * mine[DOMAINS + d]
        if weight != 0:
            at = np.uint64(DOMAINS + d)
            for k in range(COLUMNS):
                base[SHARED, k] += weight * tile[at, k]


@inlined
def scale(mine: Array, tile: Array, base: Array) -> None:
    """Invert the product of the known weights of both sides."""
    sure, loose, acts = mine[SURE_OFFER], mine[LOOSE_OFFER], mine[HAS_DOMAIN]
    always, if_sure = mine[KNOWS], mine[KNOWS + 1]
    if_loose, if_acts = mine[KNOWS + 2], mine[KNOWS + 3]
    for k in range(COLUMNS):
        one = always + if_sure * tile[SURE_OFFER, k] + base[KNOWN, k]
        one += if_loose * tile[LOOSE_OFFER, k] + if_acts * tile[HAS_DOMAIN, k]
        other = tile[KNOWS, k] + tile[KNOWS + 1, k] * sure + base[KNOWN, k]
        other += tile[KNOWS + 2, k] * loose + tile[KNOWS + 3, k] * acts
        both = one * other
        base[SCALE, k] = np.float32(1.0) / (both if both > LEAST else LEAST)


@inlined
def begin(
    mine: Array,
    tile: Array,
    weights: Array,
    types: int,
    theirs: int,
    base: Array,
    gains: Array,
) -> None:
    """Start what each side gains by what does not depend on needs.

    ``theirs``: the line of what the columns are after in patronage.
    """
    tight, loose = mine[TIGHT] * weights[1], mine[LOOSE_OFFER] * weights[1]
    for t in range(N_TYPES):
        if types >> t & 1:
            one, other = np.uint64(2 * t), np.uint64(2 * t + 1)
            own, at = mine[OWN + t], np.uint64(OWN + t if t else theirs)
            for k in range(COLUMNS):
                gains[one, k] = own + tight * tile[LOOSE_OFFER, k] + base[SHARED, k]
            for k in range(COLUMNS):
                gain = tile[at, k] + loose * tile[TIGHT, k]
                gains[other, k] = gain + base[SHARED, k]


@inlined
def exchange(mine: Array, tile: Array, worth: Array, types: int, gains: Array) -> None:
    """Add what the offers of each side cover of the needs of the other."""
    for m in range(N_MEANS):
        if mine[NEEDS + m] != 0:
            for t in range(N_TYPES):
                if types >> t & 1:
                    gain = mine[NEEDS + m] * worth[m, t]
                    line, at = np.uint64(2 * t), np.uint64(OFFERS + m)
                    for k in range(COLUMNS):
                        gains[line, k] += gain * tile[at, k]
        if mine[OFFERS + m] != 0:
            for t in range(N_TYPES):
                if types >> t & 1:
                    gain = worth[m, t]
                    line, at = np.uint64(2 * t + 1), np.uint64(NEEDS + m)
                    for k in range(COLUMNS):
                        gains[line, k] += gain * tile[at, k]


@inlined
def reached(t: int, floor: float, base: Array, gains: Array, found: Array) -> Any:
    """Multiply both sides; count the products that reach a floor."""
    one, other = np.uint64(2 * t), np.uint64(2 * t + 1)
    count = np.int32(0)
    for k in range(COLUMNS):
        product = gains[one, k] * gains[other, k] * base[SCALE, k]
        found[k] = product
        count += np.int32(1) if product >= floor else np.int32(0)
    return count
