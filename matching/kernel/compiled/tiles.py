"""The products of one row and a tile of 128 columns, compiled.

Loops over the columns become vector instructions because the features of a tile lie
side by side in one array, results in another, and indices are unsigned. Arrays are
given one by one: a tuple of them costs more to hand over than a tile to compute.
"""

from typing import Any

import numpy as np

from matching.kernel.compiled.jit import compiled, inlined
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
N_TERMS = 6  # means of a side that are met in one go
HALF = np.uint64(WIDTH // 2)
ONE_BIT, SHIFT = np.uint64(1), np.uint64(58)
# Every run of six bits of this number is another one (de Bruijn, 1946).
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
PLACES = np.zeros(64, np.uint64)
for _place in range(64):
    PLACES[(0x03F79D71B4CB0A89 << _place & (1 << 64) - 1) >> 58] = _place


@inlined
def gather(refs: Array, line: int, table: Array, base: Array) -> None:
    """Fetch the territory (line 0) or the proximity (line 1) of the columns."""
    to = NEAR + np.uint64(line)
    for k in range(COLUMNS):
        base[to, k] = table[refs[line, k]]


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


@compiled
def lay_terms(mine: Array, worth: Array, terms: Array, lines: Array) -> bool:
    """Write what a row needs and offers as a few terms; tell whether all of it fits.

    ``terms``: weights by side, type and term; ``lines``: what they weigh of the
    columns. Terms that are not used weigh nothing.
    """
    terms[:] = 0.0
    lines[:] = 0
    for side, start, faced in ((0, NEEDS, OFFERS), (1, OFFERS, NEEDS)):
        count = 0
        for m in range(N_MEANS):
            amount = mine[start + m]
            if amount == 0:
                continue
            if count == N_TERMS:
                terms[:] = 0.0
                return False
            lines[side, count] = faced + m
            for t in range(N_TYPES):
                share = amount if side == 0 else np.float32(1.0)
                terms[side, t, count] = share * worth[m, t]
            count += 1
    return True


@inlined
def product_at(
    k: int,
    t: int,
    mine: Array,
    tile: Array,
    weights: Array,
    theirs: int,
    terms: Array,
    lines: Array,
    base: Array,
    spill: Array,
) -> Any:
    """Multiply both sides for a column.

    ``theirs``: the line of what the columns are after in patronage.
    """
    tight, loose = mine[TIGHT] * weights[1], mine[LOOSE_OFFER] * weights[1]
    one = mine[OWN + t] + tight * tile[LOOSE_OFFER, k]
    one += base[SHARED, k] + spill[np.uint64(2 * t), k]
    one += terms[0, t, 0] * tile[lines[0, 0], k] + terms[0, t, 1] * tile[lines[0, 1], k]
    one += terms[0, t, 2] * tile[lines[0, 2], k] + terms[0, t, 3] * tile[lines[0, 3], k]
    one += terms[0, t, 4] * tile[lines[0, 4], k] + terms[0, t, 5] * tile[lines[0, 5], k]
    other = tile[np.uint64(OWN + t if t else theirs), k] + loose * tile[TIGHT, k]
    other += base[SHARED, k] + spill[np.uint64(2 * t + 1), k]
    other += terms[1, t, 0] * tile[lines[1, 0], k]
    other += terms[1, t, 1] * tile[lines[1, 1], k]
    other += terms[1, t, 2] * tile[lines[1, 2], k]
    other += terms[1, t, 3] * tile[lines[1, 3], k]
    other += terms[1, t, 4] * tile[lines[1, 4], k]
    other += terms[1, t, 5] * tile[lines[1, 5], k]
    return one * other * base[SCALE, k]


@inlined
def is_reached(
    floor: float,
    t: int,
    mine: Array,
    tile: Array,
    weights: Array,
    theirs: int,
    terms: Array,
    lines: Array,
    base: Array,
    spill: Array,
) -> Any:
    """Tell whether the product of a column reaches a floor: nothing is written."""
    found = False
    for k in range(COLUMNS):
        product = product_at(
            k, t, mine, tile, weights, theirs, terms, lines, base, spill
        )
        found |= product >= floor
    return found


@inlined
def which_reached(
    first: int,
    floor: float,
    t: int,
    mine: Array,
    tile: Array,
    weights: Array,
    theirs: int,
    terms: Array,
    lines: Array,
    base: Array,
    spill: Array,
) -> Any:
    """Tell which of 64 columns reach a floor, as bits."""
    bits = np.uint64(0)
    for k in range(HALF):
        product = product_at(
            first + k, t, mine, tile, weights, theirs, terms, lines, base, spill
        )
        bits |= ONE_BIT << k if product >= floor else np.uint64(0)
    return bits


@inlined
def is_reaching(
    floors: Array,
    first: int,
    t: int,
    mine: Array,
    tile: Array,
    weights: Array,
    theirs: int,
    terms: Array,
    lines: Array,
    base: Array,
    spill: Array,
) -> Any:
    """Tell whether the product of a column reaches the floor of that column."""
    found = False
    for k in range(COLUMNS):
        product = product_at(
            k, t, mine, tile, weights, theirs, terms, lines, base, spill
        )
        found |= product >= floors[first + k]
    return found


@inlined
def lowest(bits: int) -> Any:
    """Return the place of the lowest bit that is set."""
    return PLACES[(bits & (~bits + ONE_BIT)) * DE_BRUIJN >> SHIFT]
