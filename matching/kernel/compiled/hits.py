"""What may make the lists of a few rows, compiled: kept with room to spare, then cut."""

from typing import NamedTuple

import numpy as np

from matching.kernel.compiled.jit import compiled, inlined
from matching.kernel.compiled.layout import N_TYPES, Array

SPARE = 512  # room besides a list, for ties
MORE = 8  # hits after which what fell under the list is forgotten


class Rows(NamedTuple):
    """What is known of a few rows while they meet everyone.

    Attributes
    ----------
    territory, likeness, common : ndarray, first axis the row
        By place, by companion, by set of values.
    values, columns : ndarray of shape (n_rows, 4, room)
        Products and positions that may make the lists.
    counts, nexts : ndarray of shape (n_rows, 4)
        How many there are, and at how many to forget some.
    floors : ndarray of shape (n_rows, 4)
        Under what nothing makes the list any more.
    unsure : ndarray of bool
        Rows that only the exact computation can tell.
    base, gains, found : ndarray
        Room for the products of a tile.
    """

    territory: Array
    likeness: Array
    common: Array
    values: Array
    columns: Array
    counts: Array
    nexts: Array
    floors: Array
    unsure: Array
    base: Array
    gains: Array
    found: Array


@inlined
def keep(
    r: int,
    t: int,
    j: int,
    value: float,
    top: int,
    margin: float,
    values: Array,
    columns: Array,
    counts: Array,
    nexts: Array,
    floors: Array,
    unsure: Array,
) -> None:
    """Add a column to a list; now and then, forget what cannot stay."""
    count = counts[r, t]
    values[r, t, count], columns[r, t, count] = value, j
    counts[r, t] = count + 1
    if count + 1 >= nexts[r, t]:
        kept, floor = tighten(values[r, t], columns[r, t], count + 1, top, margin)
        counts[r, t], floors[r, t], nexts[r, t] = kept, floor, kept + MORE
        if kept + MORE >= values.shape[2]:  # ties fill the whole room
            unsure[r], floors[r, t] = True, np.inf


@compiled
def tighten(
    values: Array, columns: Array, count: int, top: int, margin: float
) -> tuple[int, float]:
    """Forget what is under the last of a list; return how many stay, and the floor."""
    if count < top:
        return count, -np.inf
    floor = _cut(values, columns, count, top) - margin
    kept = 0
    for k in range(count):
        if values[k] >= floor:
            values[kept], columns[kept] = values[k], columns[k]
            kept += 1
    return kept, floor


@compiled
def _cut(values: Array, columns: Array, count: int, top: int) -> float:
    """Bring the best ``top`` first, in no order; return the lowest of them."""
    low, high, last = 0, count - 1, top - 1
    while low < high:
        a, b = _split(values, columns, low, high)
        if last <= b:
            high = b
        elif last >= a:
            low = a
        else:
            break
    return values[last]


@compiled
def _split(values: Array, columns: Array, low: int, high: int) -> tuple[int, int]:
    """Bring what is above the middle one to its left, what is under to its right."""
    pivot, a, b = values[(low + high) // 2], low, high
    while a <= b:
        while values[a] > pivot:
            a += 1
        while values[b] < pivot:
            b -= 1
        if a <= b:
            values[a], values[b] = values[b], values[a]
            columns[a], columns[b] = columns[b], columns[a]
            a += 1
            b -= 1
    return a, b


@compiled
def write(
    i: int, r: int, top: int, margin: float, state: Rows, out: Array, found: Array
) -> int:
    """Write the hits of a row that may still make its lists; return how many."""
    total = 0
    for t in range(N_TYPES):
        count, _ = tighten(
            state.values[r, t], state.columns[r, t], state.counts[r, t], top, margin
        )
        for k in range(count):
            out[0, total], out[1, total] = i, t
            out[2, total] = state.columns[r, t, k]
            found[total] = state.values[r, t, k]
            total += 1
    return total
