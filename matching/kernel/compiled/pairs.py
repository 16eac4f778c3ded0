"""One pair on its own, compiled: whether it may meet, and what entries change."""

from typing import Any

import numpy as np

from matching.kernel.compiled.jit import compiled, inlined
from matching.kernel.compiled.layout import (
    ACTS,
    AREA,
    AREA_PERIMETER,
    EXCLUDED_KINDS,
    EXCLUDED_SET,
    GIVES,
    IS_BOUND,
    KIND,
    KNOWS,
    MEANS,
    NEED_START,
    NEED_STOP,
    OFFER_START,
    OFFER_STOP,
    OWN,
    PERIMETER,
    RECEIVES,
    SECTOR_SET,
    SURE_NEEDS,
    SURE_OFFERS,
    TIGHT,
    Array,
)

ONE, NONE, OCTET = np.int64(1), np.int64(0), np.int64(255)


@inlined
def is_key(keys: Array, key: int) -> bool:
    """Tell whether sorted keys hold one."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < len(keys) and keys[low] == key


@inlined
def is_apart(absent: Array, linked: Array, key: int) -> bool:
    """Tell whether a pair is neither kept apart nor linked: those are there already."""
    return not is_key(absent, key) and not is_key(linked, key)


@inlined
def has_recipient(mine: Array, theirs: Array) -> bool:
    """Tell whether one gives and the other may receive (R01)."""
    gives = mine[GIVES] and theirs[RECEIVES]
    return gives or (theirs[GIVES] and mine[RECEIVES])


@inlined
def may_list(
    mine: Array, theirs: Array, t: int, refuses: Array, entries: Array, meets: Array
) -> bool:
    """Apply the hard rules to a pair of kinds that suit, but for organisations."""
    if t == 0 and not has_recipient(mine, theirs):
        return False
    if refuse(refuses, mine, theirs):
        return False
    if mine[ACTS] & theirs[ACTS]:
        return True
    if held(mine, theirs, entries, meets)[2]:
        return True
    return held(theirs, mine, entries, meets)[2] != 0


@inlined
def refuse(refuses: Array, mine: Array, theirs: Array) -> bool:
    """Tell whether a side refuses the kind or a sector of the other."""
    kinds = mine[EXCLUDED_KINDS] >> theirs[KIND] | theirs[EXCLUDED_KINDS] >> mine[KIND]
    if kinds & 1:
        return True
    if refuses[mine[EXCLUDED_SET], theirs[SECTOR_SET]]:
        return True
    return refuses[theirs[EXCLUDED_SET], mine[SECTOR_SET]]


@inlined
def held(
    mine: Array, theirs: Array, entries: Array, meets: Array
) -> tuple[int, int, int]:
    """Return own needs and the other's offers that hold, and needs met, as bits."""
    needs, offers = mine[SURE_NEEDS], theirs[SURE_OFFERS]
    met = needs & offers
    if mine[IS_BOUND] or theirs[IS_BOUND]:
        wanted, given, both = local(mine, theirs, entries, meets)
        met |= (needs & given) | (wanted & offers) | both
        needs |= wanted
        offers |= given
    return needs, offers, met


@compiled
def local(mine: Array, theirs: Array, entries: Array, meets: Array) -> Any:
    """Return territorial needs and offers that hold, and those that face each other."""
    wanted, given, both = NONE, NONE, NONE
    for e in range(mine[NEED_START], mine[NEED_STOP]):
        if meets[entries[e, AREA], theirs[PERIMETER]]:
            wanted |= ONE << entries[e, MEANS]
    for f in range(theirs[OFFER_START], theirs[OFFER_STOP]):
        if not meets[entries[f, AREA], mine[PERIMETER]]:
            continue
        given |= ONE << entries[f, MEANS]
        for e in range(mine[NEED_START], mine[NEED_STOP]):
            if (
                entries[e, MEANS] == entries[f, MEANS]
                and meets[entries[e, AREA], theirs[PERIMETER]]
                and meets[entries[e, AREA], entries[f, AREA_PERIMETER]]
            ):
                both |= ONE << entries[e, MEANS]
    return wanted, given, both


@inlined
def gain(
    held_bits: tuple[int, int, int], t: int, octets: Array, weight: float
) -> tuple[float, float]:
    """Return what the needs of a side bring to its score, and their known weight."""
    needs, offers, met = held_bits
    if needs == 0 or offers == 0:
        return 0.0, 0.0
    worth, count = 0.0, 0.0
    for octet in range(3):
        worth += octets[octet, met >> 8 * octet & OCTET, t]
        count += octets[octet, needs >> 8 * octet & OCTET, 4]
    return weight * worth / count, weight


@inlined
def side(
    features: Array, t: int, weights: Array, of_needs: tuple[float, float]
) -> tuple[float, float]:
    """Return what a side gains but for what is shared, and its known weight."""
    total, known = np.float64(features[OWN + t]), np.float64(features[KNOWS])
    if features[TIGHT] == 0:  # the bound counts needs that are all territorial whole
        total -= weights[1]
        known -= weights[1]
    return total + of_needs[0], known + of_needs[1]


@inlined
def product(
    i: int,
    j: int,
    t: int,
    facts: Array,
    features: Array,
    entries: Array,
    meets: Array,
    octets: Array,
    weights: Array,
    shared: float,
    known: float,
) -> float:
    """Multiply the scores of a pair, territorial entries included.

    ``shared`` and ``known``: what both sides have in common, weighed, and the weight of
    what is known of the map and of proximity.
    """
    mine, theirs = facts[i], facts[j]
    by_need = gain(held(mine, theirs, entries, meets), t, octets, weights[1])
    by_offer = gain(held(theirs, mine, entries, meets), t, octets, weights[1])
    one, known_one = side(features[i], t, weights, by_need)
    other, known_other = side(features[j], t, weights, by_offer)
    both = known + (weights[2] if mine[ACTS] and theirs[ACTS] else 0.0)
    scale = (known_one + both) * (known_other + both)
    return (one + shared) * (other + shared) / max(scale, 1e-12)
