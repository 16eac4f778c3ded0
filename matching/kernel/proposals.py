"""Proposals: one row per pair and type, everything that is stored or shown of it."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.admissibility import admissible_types
from matching.kernel.components import compare
from matching.kernel.preparation import Prepared
from matching.kernel.ranking import Progress, joined, rank_blocks
from matching.kernel.rules import named_types, warnings_of
from matching.kernel.scores import (
    best_of,
    naming_scores,
    scores_of,
    side_components,
)
from matching.kernel.settling import Lists
from matching.kernel.vocabulary import TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

PAIRS_AT_ONCE = 65536


@dataclass(frozen=True)
class Pairs:
    """P pairs seen for the four types, ``low < high``.

    Attributes
    ----------
    low, high : ndarray of int, shape (P,)
        Rows of the population.
    low_components, high_components : ndarray of shape (P, 4, 5)
        Components of each side, by type; NaN where unknown.
    low_scores, high_scores : ndarray of shape (P, 4)
        What each side gains, by type.
    scores : ndarray of shape (P, 4)
        Pair score by type, NaN for a type that is not admissible.
    confidence : ndarray of shape (P,)
        From 0 to 1.
    admissible : ndarray of bool, shape (P, 4)
        Types for which the pair may be proposed.
    best_type, named_type, formula_type : ndarray of int, shape (P,)
        Highest score; name after and before the rules; −1 when none is admissible.
    naming_reason : ndarray of uint8, shape (P,)
        Bits of ``NAMING_REASONS``.
    """

    low: Integers
    high: Integers
    low_components: Floats
    high_components: Floats
    low_scores: Floats
    high_scores: Floats
    scores: Floats
    confidence: Floats
    admissible: Booleans
    best_type: Integers
    named_type: Integers
    formula_type: Integers
    naming_reason: NDArray[np.uint8]


@dataclass(frozen=True)
class Ranking:
    """M proposals: pairs and types, ordered by low, high, type.

    Attributes
    ----------
    low, high, type : ndarray of int, shape (M,)
        Rows of the population, ``low < high``, and the type; unique together.
    low_rank, high_rank : ndarray of int, shape (M,)
        Rank from 1 in the list of each side for that type; 0 when it is not in it.
    score : ndarray of shape (M,)
        Pair score for the type.
    low_components, high_components : ndarray of shape (M, 5)
        In the order of ``COMPONENTS``, NaN where unknown. The weighted mean of the
        known ones is the side's score, exactly.
    low_score, high_score : ndarray of shape (M,)
        What each side gains.
    confidence : ndarray of shape (M,)
        Smaller of the two sums of known weights.
    best_type, named_type, formula_type : ndarray of int, shape (M,)
        The same for all the rows of a pair.
    naming_reason : ndarray of uint8, shape (M,)
        Bits of ``NAMING_REASONS``.
    type_scores : ndarray of shape (M, 4)
        Pair scores of the four types, NaN for those not admissible.
    warnings : ndarray of uint16, shape (M,)
        Bits of ``WARNINGS``.
    """

    low: Integers
    high: Integers
    type: Integers
    low_rank: Integers
    high_rank: Integers
    score: Floats
    low_components: Floats
    high_components: Floats
    low_score: Floats
    high_score: Floats
    confidence: Floats
    best_type: Integers
    named_type: Integers
    formula_type: Integers
    naming_reason: NDArray[np.uint8]
    type_scores: Floats
    warnings: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.low)


def rank_all(
    prepared: Prepared,
    *,
    top: int = 30,
    rows: Integers | None = None,
    precision: type[np.floating[Any]] = np.float64,
    compiled: bool = False,
    threads: int = 1,
    progress: Progress | None = None,
) -> Ranking:
    """Propose the best partners of intentions, for each type.

    Parameters
    ----------
    prepared : Prepared
        The population; everyone is a candidate.
    top : int
        Length of the list of each intention for each type.
    rows : ndarray of int, optional
        Intentions to rank; everyone by default.
    precision : type
        Precision of the screening; the result is the same.
    compiled : bool
        Whether the compiled screening may be used; the result is the same.
    threads : int
        How many blocks are ranked at once.
    progress : callable, optional
        Called with the number of rows done and to do.

    Returns
    -------
    Ranking
        The union of the lists of the ranked intentions; for each listed pair, the rows
        of its best and of its named types are there.

    Raises
    ------
    ValueError
        As :func:`matching.kernel.ranking.rank_blocks`.

    Notes
    -----
    Time grows with rows × N; memory with N and with the lists.
    """
    blocks = rank_blocks(
        prepared,
        top=top,
        rows=rows,
        precision=precision,
        compiled=compiled,
        threads=threads,
        progress=progress,
    )
    return describe(prepared, joined(list(blocks)))


def rank_one(prepared: Prepared, row: int, *, top: int = 30) -> Ranking:
    """Propose the best partners of one intention, as a full computation would."""
    return rank_all(prepared, top=top, rows=np.array([row]))


def describe(prepared: Prepared, lists: Lists) -> Ranking:
    """Compute everything that is stored of listed pairs.

    Parameters
    ----------
    prepared : Prepared
        The population that was ranked.
    lists : Lists
        Lists of one or several blocks.

    Returns
    -------
    Ranking
        One row per pair and type of the lists, plus best and named types.
    """
    n = len(prepared)
    low, high = (
        np.minimum(lists.row, lists.partner),
        np.maximum(lists.row, lists.partner),
    )
    keys = np.unique(low * n + high)
    parts = [
        _rows_of(prepared, keys[at : at + PAIRS_AT_ONCE], (low * n + high, lists))
        for at in range(0, max(len(keys), 1), PAIRS_AT_ONCE)
    ]
    return Ranking(
        **{
            column.name: np.concatenate([getattr(part, column.name) for part in parts])
            for column in fields(Ranking)
        }
    )


def score_pairs(prepared: Prepared, one: Integers, other: Integers) -> Pairs:
    """Score given pairs for the four types.

    Parameters
    ----------
    prepared : Prepared
        The population.
    one, other : ndarray of int, shape (P,)
        Rows, in any order; each pair is returned with ``low < high``.

    Returns
    -------
    Pairs
        In the order of the pairs.
    """
    low, high = np.minimum(one, other), np.maximum(one, other)
    pairs = compare(prepared, low, high)
    configuration, kind = prepared.configuration, prepared.profiles.kind
    scores = scores_of(pairs, configuration)
    allowed = admissible_types(prepared, pairs)
    values = naming_scores(
        scores,
        kind_first=kind[low],
        kind_second=kind[high],
        configuration=configuration,
    )
    named, formula, reasons = named_types(
        prepared, low, high, values=values, allowed=allowed
    )
    return Pairs(
        low=low,
        high=high,
        low_components=side_components(pairs, of_first=True),
        high_components=side_components(pairs, of_first=False),
        low_scores=scores.first,
        high_scores=scores.second,
        scores=np.where(allowed, scores.pair, np.nan),
        confidence=scores.confidence,
        admissible=allowed,
        best_type=best_of(scores.pair, allowed),
        named_type=named,
        formula_type=formula,
        naming_reason=reasons,
    )


def score_pair(prepared: Prepared, one: int, other: int) -> Ranking:
    """Return the four rows of one pair, admissible or not.

    Parameters
    ----------
    prepared : Prepared
        The population.
    one, other : int
        Two distinct rows, in any order.

    Returns
    -------
    Ranking
        Four rows, in the order of ``TYPES``; ``score`` is there even for a type that is
        not admissible, whose ``type_scores`` is NaN. Ranks are 0.

    Raises
    ------
    ValueError
        If the rows are the same or unknown.
    """
    n = len(prepared)
    if one == other or not (0 <= one < n and 0 <= other < n):
        raise ValueError(f"needs two distinct rows from 0 to {n - 1}")
    pairs = score_pairs(prepared, np.array([one]), np.array([other]))
    types = np.arange(len(TYPES))
    return _ranking(prepared, pairs, np.zeros(len(TYPES), np.int64), types)


def _rows_of(
    prepared: Prepared, keys: Integers, listed: tuple[Integers, Lists]
) -> Ranking:
    """Describe pairs given by sorted keys, for their listed, best and named types."""
    n, n_types = len(prepared), len(TYPES)
    pairs = score_pairs(prepared, keys // n, keys % n)
    wanted = np.zeros((len(keys), n_types), bool)
    ranks = np.zeros((2, len(keys), n_types), np.int64)
    key, lists = listed
    here = np.isin(key, keys)
    at, t = np.searchsorted(keys, key[here]), lists.type[here]
    wanted[at, t] = True
    is_high = (lists.row > lists.partner)[here].astype(np.int64)
    ranks[is_high, at, t] = lists.rank[here]
    everyone = np.arange(len(keys))
    wanted[everyone, pairs.best_type] = True
    wanted[everyone, pairs.named_type] = True
    pair, types = np.nonzero(wanted)
    return _ranking(prepared, pairs, pair, types, ranks=ranks[:, pair, types])


def _ranking(
    prepared: Prepared,
    pairs: Pairs,
    pair: Integers,
    types: Integers,
    *,
    ranks: Integers | None = None,
) -> Ranking:
    low, high = pairs.low[pair], pairs.high[pair]
    if ranks is None:
        ranks = np.zeros((2, len(pair)), np.int64)
    low_score, high_score = (
        pairs.low_scores[pair, types],
        pairs.high_scores[pair, types],
    )
    return Ranking(
        low=low,
        high=high,
        type=types,
        low_rank=ranks[0],
        high_rank=ranks[1],
        score=np.sqrt(low_score * high_score),
        low_components=pairs.low_components[pair, types],
        high_components=pairs.high_components[pair, types],
        low_score=low_score,
        high_score=high_score,
        confidence=pairs.confidence[pair],
        best_type=pairs.best_type[pair],
        named_type=pairs.named_type[pair],
        formula_type=pairs.formula_type[pair],
        naming_reason=pairs.naming_reason[pair],
        type_scores=pairs.scores[pair],
        warnings=warnings_of(prepared, low, high, types),
    )
