"""Territory and proximity of pairs taken here and there, without a row of the table.

A block of rows that meets everyone is served by whole rows (``geography``,
``companions``); scattered pairs would use one cell of each. The values are the same.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from matching.kernel.companions import (
    CLASSES_APART_MOST,
    Companions,
    shared_values,
)
from matching.kernel.families import Family, expand
from matching.kernel.geography import Places, great_circle_km, overlap_rows
from matching.kernel.vocabulary import UNKNOWN

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

ROWS_AT_ONCE = 64
POINTS_AT_ONCE = 1 << 20


def territory_of_pairs(places: Places, one: Integers, other: Integers) -> Floats:
    """Compute the territory component of pairs of places.

    Parameters
    ----------
    places : Places
        The places.
    one, other : ndarray of int, shape (P,)
        Indices of places.

    Returns
    -------
    ndarray of shape (P,)
        As :func:`matching.kernel.geography.territory_rows`, whichever is called first.
    """
    mine, theirs = places.perimeter[one], places.perimeter[other]
    known = (mine != UNKNOWN) & (theirs != UNKNOWN)
    value = np.full(len(one), np.nan)
    value[known] = looked_up(
        lambda chosen: overlap_rows(places.areas, chosen), mine[known], theirs[known]
    )
    return with_nearness(places, value, one, other)


def with_nearness(
    places: Places, overlap: Floats, one: Integers, other: Integers
) -> Floats:
    """Complete the overlap of pairs by nearness, in place, where there is none.

    Parameters
    ----------
    places : Places
        The places.
    overlap : ndarray of shape (P,)
        Shares of the smaller perimeters, NaN where one is unknown.
    one, other : ndarray of int, shape (P,)
        Indices of places.

    Returns
    -------
    ndarray of shape (P,)
        ``overlap``, which is the territory component now.
    """
    n_points = np.diff(places.point_offsets)
    has_points = (n_points[one] > 0) & (n_points[other] > 0)
    apart = np.flatnonzero(~(overlap > 0) & has_points)
    overlap[apart] = _nearness(places, one[apart], other[apart])
    return overlap


def likeness_of_pairs(
    companions: Companions, one: Integers, other: Integers
) -> tuple[Floats, Floats]:
    """Sum what is known of size and values between pairs of companions.

    Parameters
    ----------
    companions : Companions
        The distinct companions.
    one, other : ndarray of int, shape (P,)
        Indices of companions.

    Returns
    -------
    total, count : ndarray of shape (P,)
        As :func:`matching.kernel.companions.likeness_rows`.
    """
    mine, theirs = companions.size[one], companions.size[other]
    unknown = (mine == UNKNOWN) | (theirs == UNKNOWN)
    apart = np.abs(mine - theirs) / CLASSES_APART_MOST
    size = np.where(unknown, np.nan, 1.0 - apart)
    values = looked_up(
        lambda chosen: shared_values(companions.values, chosen),
        companions.value_set[one],
        companions.value_set[other],
    )
    total = np.nan_to_num(size) + np.nan_to_num(values)
    count = (~np.isnan(size)).astype(float) + ~np.isnan(values)
    return total, count


def looked_up(
    rows_of: Callable[[Integers], Floats], one: Integers, other: Integers
) -> Floats:
    """Read a symmetric table at pairs, working out few of its rows at a time.

    Parameters
    ----------
    rows_of : callable
        Returns the rows of the table that it is given, shape (n, size).
    one, other : ndarray of int, shape (P,)
        Where to read; the row is that of the two which most pairs name.

    Returns
    -------
    ndarray of shape (P,)
        The values.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[1.0, 2.0], [2.0, 3.0]])
    >>> looked_up(lambda rows: table[rows], np.array([1, 0]), np.array([0, 0])).tolist()
    [2.0, 1.0]
    """
    count = np.bincount(np.concatenate([one, other]))
    swapped = count[other] > count[one]
    first, second = np.where(swapped, other, one), np.where(swapped, one, other)
    chosen, row = np.unique(first, return_inverse=True)
    value = np.empty(len(one))
    order = np.argsort(row, kind="stable")
    starts = range(0, len(chosen), ROWS_AT_ONCE)
    cuts = np.searchsorted(row[order], np.array(starts[1:], np.int64))
    for start, at in zip(starts, np.split(order, cuts), strict=False):
        table = rows_of(chosen[start : start + ROWS_AT_ONCE])
        value[at] = table[row[at] - start, second[at]]
    return value


def _nearness(places: Places, one: Integers, other: Integers) -> Floats:
    """Return the decayed distance of pairs that have points, 0 beyond the ceiling."""
    family = Family(places.point_offsets, np.arange(len(places.points)))
    value = np.zeros(len(one))
    for part in _runs(family.lengths[one] * family.lengths[other]):
        owner, mine = expand(family, one[part])
        again, theirs = expand(family, other[part][owner])
        km = great_circle_km(places.points[mine[again]], places.points[theirs])
        within = km <= places.ceiling_km
        decayed = places.factor * np.exp2(-km[within] / places.half_distance_km)
        np.maximum.at(value, part[owner[again[within]]], decayed)
    return value


def _runs(sizes: Integers) -> Iterator[Integers]:
    """Cut positions into runs of about ``POINTS_AT_ONCE`` pairs of points."""
    number = np.cumsum(sizes) // POINTS_AT_ONCE
    yield from np.split(np.arange(len(sizes)), np.flatnonzero(np.diff(number)) + 1)
