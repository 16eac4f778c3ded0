"""From screened products to lists: the order is exact, the exact computation rare.

A screened product is right to half a margin. Where two neighbours of a list are further
apart than that, their order is known; the others are computed exactly, in float64, and
the tie rule decides.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import compare
from matching.kernel.preparation import Prepared
from matching.kernel.scores import TIE_DECIMALS, scores_of
from matching.kernel.vocabulary import TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Reals = NDArray[Any]

MARGIN = {np.dtype(np.float64): 5e-9, np.dtype(np.float32): 1e-5}
"""By how much two screened products may be in the wrong order."""


@dataclass(frozen=True)
class Lists:
    """The best partners of some intentions, by type.

    Attributes
    ----------
    row, partner, type, rank : ndarray of int, shape (n,)
        The intention, who is proposed to it, for what, and at which rank from 1.
    rows : ndarray of int
        The intentions ranked, including those that nobody is proposed to.
    """

    row: Integers
    partner: Integers
    type: Integers
    rank: Integers
    rows: Integers


@dataclass(frozen=True)
class Hits:
    """Admissible pairs that may make the list of a row for a type.

    Attributes
    ----------
    row, partner, type : ndarray of int, shape (n,)
        Rows of the population, and the type.
    value : ndarray of shape (n,)
        Product of the two scores, right to half the margin.
    """

    row: Integers
    partner: Integers
    type: Integers
    value: Floats

    def __getitem__(self, at: Any) -> "Hits":
        return Hits(self.row[at], self.partner[at], self.type[at], self.value[at])


def lists_of(
    prepared: Prepared, hits: Hits, rows: Integers, *, top: int, margin: float
) -> Lists:
    """Order hits and keep the first of each list.

    Parameters
    ----------
    prepared : Prepared
        The population.
    hits : Hits
        All those that may make the lists, each once.
    rows : ndarray of int
        The intentions that were ranked.
    top : int
        Length of each list.
    margin : float
        By how much two products may be in the wrong order.

    Returns
    -------
    Lists
        As if every hit had been computed exactly.
    """
    number = hits.row * len(TYPES) + hits.type
    order = np.lexsort((-hits.value, number))
    number, hits = number[order], hits[order]
    group = _groups(number, hits.value, margin)
    place = np.arange(len(number)) - np.searchsorted(number, number)
    first = np.searchsorted(group, group)
    is_wanted = place[first] < top
    number, hits, group = number[is_wanted], hits[is_wanted], group[is_wanted]
    order = _settled(prepared, hits, group)
    place = np.arange(len(number)) - np.searchsorted(number, number)
    kept = place < top
    hits = hits[order[kept]]
    return Lists(hits.row, hits.partner, hits.type, place[kept] + 1, rows)


def _groups(number: Integers, value: Floats, margin: float) -> Integers:
    """Number the runs of neighbours whose order is not known."""
    starts = np.ones(len(number), np.int64)
    starts[1:] = (number[1:] != number[:-1]) | (value[:-1] - value[1:] > 2 * margin)
    return np.cumsum(starts)


def _settled(prepared: Prepared, hits: Hits, group: Integers) -> Integers:
    """Order the members of each group by the tie rule; groups stay where they are."""
    size = np.bincount(group, minlength=1)
    at = np.flatnonzero(size[group] > 1)
    score, confidence = np.zeros(len(group)), np.zeros(len(group))
    if len(at):
        pairs = compare(prepared, hits.row[at], hits.partner[at])
        scores = scores_of(pairs, prepared.configuration)
        score[at] = np.round(
            scores.pair[np.arange(len(at)), hits.type[at]], TIE_DECIMALS
        )
        confidence[at] = np.round(scores.confidence, TIE_DECIMALS)
    preference = prepared.preference[hits.partner]
    return np.lexsort((preference, -confidence, -score, group))
