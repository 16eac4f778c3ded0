"""Territory and proximity of one row with everyone, compiled."""

import math
from typing import Any

import numpy as np

from matching.kernel.compiled.jit import compiled
from matching.kernel.compiled.layout import Array, Land, Likes

UNKNOWN = np.float32(-1.0)
NOTHING = np.float32(0.0)
LARGEST_STEP = 3.0  # classes of size apart, at most


@compiled
def overlap_row(land: Land, perimeter: int, common: Array, out: Array) -> None:
    """Write the share of the smaller perimeter that is in both, −1 unknown.

    The last of ``out`` stands for an unknown perimeter.
    """
    out[:] = UNKNOWN
    n = len(land.population)
    if perimeter == n:
        return
    common[:] = 0.0
    for a in range(land.atom_offsets[perimeter], land.atom_offsets[perimeter + 1]):
        atom = land.atoms[a]
        weight = land.atom_weight[atom]
        for h in range(land.holder_offsets[atom], land.holder_offsets[atom + 1]):
            common[land.holders[h]] += weight
    mine = land.population[perimeter]
    for q in range(n):
        out[q] = common[q] / min(mine, land.population[q]) if common[q] > 0 else 0.0
    if perimeter == land.everywhere:
        out[:n] = 1.0
    elif land.everywhere >= 0:
        out[land.everywhere] = 1.0


@compiled
def near_row(land: Land, place: int, squares: Array, out: Array) -> bool:
    """Write how near each point is to a place, −1 if the place has none.

    The last of ``out`` stands for no point. Returns False when a point is so near the
    ceiling that another way of computing might find it on the other side.
    """
    first, last = land.offsets[place], land.offsets[place + 1]
    n = land.spots.shape[1]
    out[:] = NOTHING if last > first else UNKNOWN
    out[n] = UNKNOWN
    is_sure = True
    reach, slack = land.reach[0], land.reach[1]
    limit = np.float32((reach + slack) ** 2 * 1.0001 + 1e-9)
    for m in range(first, last):
        mine = land.spots_of[m]
        x = land.spots[0, mine]
        low = _first_from(land.spots[0], x - reach - 2 * slack)
        high = _first_from(land.spots[0], x + reach + 2 * slack)
        _coarse_squares(land, mine, low, high, squares)
        for s in range(np.uint64(low), np.uint64(high)):
            if squares[s] <= limit:
                chord = _chord(land, mine, s)
                if abs(chord - reach) <= slack:
                    is_sure = False
                if chord <= reach:
                    out[s] = max(out[s], _nearness(land, chord))
    return is_sure


@compiled
def _first_from(values: Array, least: float) -> int:
    """Return the place of the first of sorted values that is not less."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _coarse_squares(land: Land, mine: int, low: int, high: int, out: Array) -> None:
    x, y, z = land.coarse[0, mine], land.coarse[1, mine], land.coarse[2, mine]
    for s in range(np.uint64(low), np.uint64(high)):
        dx = land.coarse[0, s] - x
        dy = land.coarse[1, s] - y
        dz = land.coarse[2, s] - z
        out[s] = dx * dx + dy * dy + dz * dz


@compiled
def _chord(land: Land, one: int, other: int) -> float:
    dx = land.spots[0, one] - land.spots[0, other]
    dy = land.spots[1, one] - land.spots[1, other]
    dz = land.spots[2, one] - land.spots[2, other]
    return math.sqrt(dx * dx + dy * dy + dz * dz)


@compiled
def _nearness(land: Land, chord: float) -> Any:
    at = chord / land.reach[2]
    k = int(at)
    low, high = land.nearness[k], land.nearness[k + 1]
    return np.float32(low + (high - low) * (at - k))


@compiled
def territory_row(land: Land, overlap: Array, near: Array, out: Array) -> None:
    """Write the territory component of a place with every place, −1 unknown."""
    for p in range(np.uint64(len(land.perimeter))):
        share, close = overlap[land.perimeter[p]], near[land.spot[p]]
        apart = close if close >= NOTHING else share
        out[p] = share if share > NOTHING else apart
    if near[0] < NOTHING:
        return
    for e in range(len(land.more)):
        place, spot = land.more[e, 0], land.more[e, 1]
        if overlap[land.perimeter[place]] <= NOTHING:
            out[place] = max(out[place], near[spot])


@compiled
def common_tags(likes: Likes, companion: int, out: Array) -> None:
    """Count the values that a companion shares with every set of values."""
    out[:] = 0
    mine = likes.value_set[companion]
    for a in range(likes.tag_offsets[mine], likes.tag_offsets[mine + 1]):
        tag = likes.tags[a]
        for h in range(likes.holder_offsets[tag], likes.holder_offsets[tag + 1]):
            out[likes.holders[h]] += np.float32(1.0)


@compiled
def likeness_row(
    likes: Likes, companion: int, common: Array, shared: Array, out: Array
) -> None:
    """Write the mean of what is known of size and values, −1 when nothing is."""
    length = likes.length[likes.value_set[companion]]
    for s in range(np.uint64(len(likes.length))):
        theirs = likes.length[s]
        either = max(length + theirs - common[s], np.float32(1.0))
        known = length > NOTHING and theirs > NOTHING
        shared[s] = common[s] / either if known else UNKNOWN
    sizes = np.full(8, UNKNOWN, np.float32)
    if likes.size[companion] >= 0:
        for size in range(4):
            apart = abs(likes.size[companion] - size)
            sizes[size + 1] = np.float32(1.0 - apart / LARGEST_STEP)
    half = np.float32(0.5)
    for c in range(np.uint64(len(out))):
        size, values = sizes[likes.size_at[c]], shared[likes.value_set[c]]
        mean = half * (size + values)
        either = size if values < NOTHING else mean
        out[c] = values if size < NOTHING else either


@compiled
def linked_likeness(likes: Likes, one: int, other: int, common: float) -> float:
    """Average size, values and the link, which counts 1."""
    total, count = 1.0, 1.0
    if likes.size[one] >= 0 and likes.size[other] >= 0:
        total += 1.0 - abs(likes.size[one] - likes.size[other]) / LARGEST_STEP
        count += 1.0
    mine = likes.length[likes.value_set[one]]
    theirs = likes.length[likes.value_set[other]]
    if mine > 0 and theirs > 0:
        total += common / (mine + theirs - common)
        count += 1.0
    return total / count
