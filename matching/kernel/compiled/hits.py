"""What may make the lists of a few rows, compiled: kept with room to spare, then cut."""

from typing import NamedTuple

import numpy as np

from matching.kernel.compiled.jit import compiled, inlined
from matching.kernel.compiled.layout import N_TYPES, Array

SPARE = 512  # room besides a list, for ties and for what comes before the best


class Rows(NamedTuple):
    """What is known of a few rows while they meet everyone.

    Attributes
    ----------
    territory, likeness, common : ndarray, first axis the row
        By place, by companion, by set of values.
    values, columns : ndarray of shape (n_rows, 4, room)
        Products and positions that may make the lists.
    counts : ndarray of shape (n_rows, 4)
        How many there are.
    tops : ndarray of shape (n_rows, 4, top)
        The highest products, decreasing.
    floors : ndarray of shape (n_rows, 4)
        Under what nothing makes the list any more.
    unsure : ndarray of bool
        Rows that only the exact computation can tell.
    terms, lines : ndarray of shape (n_rows, 2, 4, N_TERMS), (n_rows, 2, N_TERMS)
        What each row needs and offers, as :func:`tiles.lay_terms` writes it.
    fits : ndarray of bool
        Rows of which that says all.
    base, gains : ndarray
        Room for what a row and a tile share, and for what terms do not say.
    """

    territory: Array
    likeness: Array
    common: Array
    values: Array
    columns: Array
    counts: Array
    tops: Array
    floors: Array
    unsure: Array
    terms: Array
    lines: Array
    fits: Array
    base: Array
    gains: Array


@inlined
def keep(
    r: int,
    t: int,
    j: int,
    value: float,
    margin: float,
    values: Array,
    columns: Array,
    counts: Array,
    tops: Array,
    floors: Array,
    unsure: Array,
) -> None:
    """Add a column to a list, and raise its floor at once."""
    count = counts[r, t]
    values[r, t, count], columns[r, t, count] = value, j
    counts[r, t] = count + 1
    k = tops.shape[2] - 1
    if value > tops[r, t, k]:
        while k > 0 and tops[r, t, k - 1] < value:
            tops[r, t, k] = tops[r, t, k - 1]
            k -= 1
        tops[r, t, k] = value
        floors[r, t] = tops[r, t, tops.shape[2] - 1] - margin
    if count + 1 == values.shape[2]:
        counts[r, t] = forget(values[r, t], columns[r, t], tops[r, t], margin)
        if counts[r, t] == values.shape[2]:  # ties fill the whole room
            unsure[r], floors[r, t], counts[r, t] = True, np.inf, 0


@compiled
def forget(values: Array, columns: Array, tops: Array, margin: float) -> int:
    """Forget what is under the last of a full list; return how many stay."""
    floor = tops[len(tops) - 1] - margin
    kept = 0
    for k in range(len(values)):
        if values[k] >= floor:
            values[kept], columns[kept] = values[k], columns[k]
            kept += 1
    return kept


@compiled
def write(i: int, r: int, margin: float, state: Rows, out: Array, found: Array) -> int:
    """Write the hits of a row that may still make its lists; return how many."""
    total = 0
    for t in range(N_TYPES):
        floor = state.tops[r, t, state.tops.shape[2] - 1] - margin
        for k in range(state.counts[r, t]):
            if state.values[r, t, k] >= floor:
                out[0, total], out[1, total] = i, t
                out[2, total] = state.columns[r, t, k]
                found[total] = state.values[r, t, k]
                total += 1
    return total
