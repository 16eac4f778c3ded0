"""One pair on its own, compiled: whether it may meet, and what entries change."""

from typing import Any

import numpy as np

from matching.kernel.compiled.jit import compiled, inlined
from matching.kernel.compiled.layout import (
    ABSENT_START,
    ABSENT_STOP,
    ACTS,
    AREA,
    AREA_PERIMETER,
    EXCLUDED_KINDS,
    EXCLUDED_SET,
    GIVERS,
    GIVES,
    IS_BOUND,
    KIND,
    KNOWS,
    LINK_START,
    LINK_STOP,
    MEANS,
    NEED_START,
    NEED_STOP,
    OFFER_START,
    OFFER_STOP,
    OWN,
    PERIMETER,
    RECEIVES,
    ROW,
    SECTOR_SET,
    SURE_NEEDS,
    SURE_OFFERS,
    TIGHT,
    TILE_KIND,
    Array,
)

ONE, NONE, OCTET = np.int64(1), np.int64(0), np.int64(255)


@inlined
def is_key(keys: Array, first: int, last: int, key: int) -> bool:
    """Tell whether a run of sorted keys holds one."""
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < last and keys[low] == key


@inlined
def is_apart(facts: Array, i: int, j: int, absent: Array, linked: Array) -> bool:
    """Tell whether a pair is neither kept apart nor linked: those are there already."""
    key = facts[i, ROW] * len(facts) + facts[j, ROW]
    if is_key(absent, facts[i, ABSENT_START], facts[i, ABSENT_STOP], key):
        return False
    return not is_key(linked, facts[i, LINK_START], facts[i, LINK_STOP], key)


@inlined
def has_recipient(facts: Array, i: int, j: int) -> bool:
    """Tell whether one gives and the other may receive (R01)."""
    gives = facts[i, GIVES] & facts[j, RECEIVES]
    return (gives | (facts[j, GIVES] & facts[i, RECEIVES])) != 0


@inlined
def refuse(facts: Array, i: int, j: int, refuses: Array) -> bool:
    """Tell whether a side refuses the kind or a sector of the other."""
    kinds = facts[i, EXCLUDED_KINDS] >> facts[j, KIND]
    kinds |= facts[j, EXCLUDED_KINDS] >> facts[i, KIND]
    if kinds & 1 or refuses[facts[i, EXCLUDED_SET], facts[j, SECTOR_SET]]:
        return True
    return refuses[facts[j, EXCLUDED_SET], facts[i, SECTOR_SET]]


@inlined
def may_list(
    facts: Array,
    i: int,
    j: int,
    t: int,
    refuses: Array,
    entries: Array,
    meets: Array,
) -> bool:
    """Apply the hard rules to a pair of kinds that suit, but for organisations."""
    if t == 0 and not has_recipient(facts, i, j):
        return False
    if refuse(facts, i, j, refuses):
        return False
    if facts[i, ACTS] & facts[j, ACTS]:
        return True
    if held(facts, i, j, entries, meets)[2]:
        return True
    return held(facts, j, i, entries, meets)[2] != 0


@inlined
def held(
    facts: Array, a: int, b: int, entries: Array, meets: Array
) -> tuple[int, int, int]:
    """Return needs of a and offers of b that hold, and needs met, as bits."""
    needs, offers = facts[a, SURE_NEEDS], facts[b, SURE_OFFERS]
    met = needs & offers
    if facts[a, IS_BOUND] | facts[b, IS_BOUND]:
        wanted, given, both = local(facts, a, b, entries, meets)
        met |= (needs & given) | (wanted & offers) | both
        needs |= wanted
        offers |= given
    return needs, offers, met


@compiled
def local(facts: Array, a: int, b: int, entries: Array, meets: Array) -> Any:
    """Return territorial needs and offers that hold, and those that face each other."""
    wanted, given, both = NONE, NONE, NONE
    mine, theirs = facts[a, PERIMETER], facts[b, PERIMETER]
    first, last = facts[a, NEED_START], facts[a, NEED_STOP]
    for e in range(first, last):
        if meets[entries[e, AREA], theirs]:
            wanted |= ONE << entries[e, MEANS]
    for f in range(facts[b, OFFER_START], facts[b, OFFER_STOP]):
        if not meets[entries[f, AREA], mine]:
            continue
        given |= ONE << entries[f, MEANS]
        for e in range(first, last):
            if (
                entries[e, MEANS] == entries[f, MEANS]
                and meets[entries[e, AREA], theirs]
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
    features: Array, a: int, t: int, weights: Array, of_needs: tuple[float, float]
) -> tuple[float, float]:
    """Return what a side gains but for what is shared, and its known weight."""
    total, known = np.float64(features[a, OWN + t]), np.float64(features[a, KNOWS])
    if features[a, TIGHT] == 0:  # the bound counts needs that are territorial whole
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
    by_need = gain(held(facts, i, j, entries, meets), t, octets, weights[1])
    by_offer = gain(held(facts, j, i, entries, meets), t, octets, weights[1])
    one, known_one = side(features, i, t, weights, by_need)
    other, known_other = side(features, j, t, weights, by_offer)
    both = known + (weights[2] if facts[i, ACTS] and facts[j, ACTS] else 0.0)
    scale = (known_one + both) * (known_other + both)
    return (one + shared) * (other + shared) / max(scale, 1e-12)


@inlined
def types_of(facts: Array, i: int, table: Array, tile: Array) -> int:
    """Return the bits of the types possible between a row and the kind of a tile."""
    types = table[facts[i, KIND], tile[TILE_KIND]]
    if facts[i, EXCLUDED_KINDS] >> tile[TILE_KIND] & 1:
        types = np.int64(0)
    if not facts[i, GIVES] and not (tile[GIVERS] and facts[i, RECEIVES]):
        types &= ~np.int64(1)
    return types
