"""Proximity: size, shared values and existing links, whatever is known of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.kernel.families import Family, shared_weight
from matching.kernel.profiles import Profiles
from matching.kernel.vocabulary import SIZES, UNKNOWN

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

CLASSES_APART_MOST = len(SIZES) - 1


@dataclass(frozen=True)
class Companions:
    """Distinct companions: a size class and a set of values, shared by many.

    Attributes
    ----------
    size : ndarray of int, shape (n_companions,)
        Size class, −1 when unknown.
    value_set : ndarray of int, shape (n_companions,)
        Index in ``values``.
    values : Family
        Sets of value tags; an empty set is unknown.
    """

    size: Integers
    value_set: Integers
    values: Family

    def __len__(self) -> int:
        return len(self.size)


def companions_of(profiles: Profiles) -> tuple[Companions, Integers]:
    """Find the distinct companions and that of every intention, shape (N,)."""
    pairs = np.column_stack([profiles.size, profiles.value_set])
    distinct, companion = np.unique(pairs, axis=0, return_inverse=True)
    distinct = distinct.reshape(-1, 2)
    found = Companions(distinct[:, 0], distinct[:, 1], profiles.values)
    return found, companion.reshape(-1)


def size_likeness(size: Integers, sizes: Integers) -> Floats:
    """Return 1 for the same class, 0 for three classes apart, NaN when unknown.

    Examples
    --------
    >>> import numpy as np
    >>> size_likeness(np.array([0]), np.array([0, 3, -1]))
    array([[ 1.,  0., nan]])
    """
    apart = np.abs(size[:, None] - sizes) / CLASSES_APART_MOST
    unknown = (size[:, None] == UNKNOWN) | (sizes == UNKNOWN)
    return np.where(unknown, np.nan, 1.0 - apart)


def shared_values(values: Family, chosen: Integers) -> Floats:
    """Return the Jaccard index of sets of values, NaN when one of them is empty.

    Returns
    -------
    ndarray of shape (n_chosen, n_sets)
        Tags in common over tags of either, from 0 to 1.
    """
    n_tags = int(values.members.max(initial=-1)) + 1
    common = shared_weight(values, values, chosen=chosen, weights=np.ones(n_tags))
    lengths = values.lengths[chosen][:, None], values.lengths[None, :]
    either = lengths[0] + lengths[1] - common
    known = (lengths[0] > 0) & (lengths[1] > 0)
    return np.where(known, common / np.maximum(either, 1.0), np.nan)


def likeness_rows(companions: Companions, chosen: Integers) -> tuple[Floats, Floats]:
    """Sum what is known of size and values between companions.

    Parameters
    ----------
    companions : Companions
        The distinct companions.
    chosen : ndarray of shape (n,)
        Indices of companions.

    Returns
    -------
    total : ndarray of shape (n, n_companions)
        Sum of the known likenesses, each from 0 to 1.
    count : ndarray of shape (n, n_companions)
        How many are known: 0, 1 or 2.
    """
    sets, row = np.unique(companions.value_set[chosen], return_inverse=True)
    values = shared_values(companions.values, sets)[row][:, companions.value_set]
    size = size_likeness(companions.size[chosen], companions.size)
    total = np.nan_to_num(size) + np.nan_to_num(values)
    count = (~np.isnan(size)).astype(float) + ~np.isnan(values)
    return total, count


def proximity(total: Floats, count: Floats, linked: NDArray[np.bool_]) -> Floats:
    """Average what is known; a link counts 1, no known link counts nothing.

    Parameters
    ----------
    total, count : ndarray of shape (n,)
        From :func:`likeness_rows`.
    linked : ndarray of bool, shape (n,)
        Pairs whose organisations already have a link.

    Returns
    -------
    ndarray of shape (n,)
        From 0 to 1, NaN when nothing is known.

    Examples
    --------
    >>> import numpy as np
    >>> total, count = np.array([0.5, 0.5, 0.0]), np.array([1.0, 1.0, 0.0])
    >>> proximity(total, count, np.array([False, True, False]))
    array([0.5 , 0.75,  nan])
    """
    known = count + linked
    return np.where(known > 0, (total + linked) / np.maximum(known, 1.0), np.nan)
