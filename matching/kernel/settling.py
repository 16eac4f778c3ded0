"""From screened products to lists: the order is exact, the exact computation rare.

A screened product is right to half a margin. Where two neighbours of a list are further
apart than that, their order is known; the others are computed exactly, in float64, and
the tie rule decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.admissibility import admissible_types
from matching.kernel.components import compare
from matching.kernel.preparation import Prepared
from matching.kernel.scores import TIE_DECIMALS, scores_of
from matching.kernel.vocabulary import TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Reals = NDArray[Any]
Exact = Callable[[Integers, Integers], tuple[Floats, Floats]]

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


_NONE: Integers = np.empty(0, np.int64)
NO_HITS = Hits(_NONE, _NONE, _NONE, np.empty(0))


def exact_scores(
    prepared: Prepared, one: Integers, other: Integers
) -> tuple[Floats, Floats]:
    """Compute what orders pairs, in double precision, as ties see it.

    Returns
    -------
    scores : ndarray of shape (P, 4)
        By type, NaN where the pair may not be proposed.
    confidences : ndarray of shape (P,)
        From 0 to 1.
    """
    pairs = compare(prepared, one, other)
    scores = scores_of(pairs, prepared.configuration)
    allowed = admissible_types(prepared, pairs)
    rounded = np.round(scores.pair, TIE_DECIMALS)
    confidence: Floats = np.round(scores.confidence, TIE_DECIMALS)
    return np.where(allowed, rounded, np.nan), confidence


def lists_of(
    prepared: Prepared,
    hits: Hits,
    rows: Integers,
    *,
    top: int,
    margin: float,
    exact: Exact | None = None,
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
    exact : callable, optional
        Another way of computing :func:`exact_scores`, to the same bits.

    Returns
    -------
    Lists
        As if every hit had been computed exactly.
    """
    if not len(hits.row):
        return Lists(hits.row, hits.partner, hits.type, hits.row, rows)
    number = hits.row * len(TYPES) + hits.type
    # One key sorts sooner than two; what it rounds is far under the margin.
    order = np.argsort(2.0 * number - hits.value)
    number, hits = number[order], hits[order]
    group, first = _groups(number, hits.value, margin)
    start = _since(number[1:] != number[:-1])
    is_wanted = first - start < top
    number, hits, group = number[is_wanted], hits[is_wanted], group[is_wanted]
    order = _settled(prepared, hits, group, exact)
    place = np.arange(len(number)) - _since(number[1:] != number[:-1])
    kept = place < top
    hits = hits[order[kept]]
    return Lists(hits.row, hits.partner, hits.type, place[kept] + 1, rows)


def _since(changes: Booleans) -> Integers:
    """Return where the run of each place starts, given where the next one differs.

    Examples
    --------
    >>> import numpy as np
    >>> _since(np.array([False, True, False])).tolist()
    [0, 0, 2, 2]
    """
    at = np.arange(len(changes) + 1)
    at[1:][~changes] = 0
    starts: Integers = np.maximum.accumulate(at)
    return starts


def _groups(
    number: Integers, value: Floats, margin: float
) -> tuple[Integers, Integers]:
    """Number the runs of neighbours whose order is not known; tell where each starts."""
    is_known = number[1:] != number[:-1]
    is_known |= value[:-1] - value[1:] > 2 * margin
    starts = np.ones(len(number), np.int64)
    starts[1:] = is_known
    return np.cumsum(starts), _since(is_known)


def _settled(
    prepared: Prepared, hits: Hits, group: Integers, exact: Exact | None
) -> Integers:
    """Order the members of each group by the tie rule; groups stay where they are."""
    order = np.arange(len(group))
    at = np.flatnonzero(np.bincount(group, minlength=1)[group] > 1)
    if not len(at):
        return order
    one, other = hits.row[at], hits.partner[at]
    found = exact(one, other) if exact else exact_scores(prepared, one, other)
    score, confidence = found[0][np.arange(len(at)), hits.type[at]], found[1]
    preference = prepared.preference[other]
    # Members of a group follow each other, before and after.
    order[at] = at[np.lexsort((preference, -confidence, -score, group[at]))]
    return order
