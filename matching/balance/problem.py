"""What is to be shared out: organisations, their limits, and the pairs that score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Booleans = NDArray[np.bool_]

COMPLETE = -np.inf
"""What a missing pair may score, for an organisation whose pairs are all given."""


@dataclass(frozen=True)
class Problem:
    """Organisations by row, and the pairs of them that may be proposed.

    Attributes
    ----------
    keys : sequence of str
        The public identifier of each organisation, all different: the result follows
        them, whatever the order of the rows.
    limits : ndarray of int, shape (n,)
        To how many others each one may be proposed at most.
    low, high : ndarray of int, shape (P,)
        The rows of each pair, ``low < high``, each pair once.
    scores : ndarray of float, shape (P,)
        What a pair is worth, from 0 to 1.
    missing : ndarray of float, shape (n,)
        The most that a pair of this organisation that is not given may score;
        ``COMPLETE`` when all its pairs are given.
    """

    keys: Sequence[str]
    limits: Integers
    low: Integers
    high: Integers
    scores: Reals
    missing: Reals

    def __post_init__(self) -> None:
        n = len(self.limits)
        if len(set(self.keys)) != n or len(self.missing) != n:
            raise ValueError("keys must be different, one for each organisation")
        if not len(self.low) == len(self.high) == len(self.scores):
            raise ValueError("low, high and scores must be as long as each other")
        if len(self.low) and not (self.low.min() >= 0 and self.high.max() < n):
            raise ValueError(f"rows must be from 0 to {n - 1}")
        if (self.low >= self.high).any():
            raise ValueError("the low row of a pair must be before the high one")
        if len(np.unique(self.codes)) != len(self.low):
            raise ValueError("a pair is given twice")
        if (self.limits < 0).any() or not (
            (self.scores >= 0) & (self.scores <= 1)
        ).all():
            raise ValueError("limits must be positive and scores from 0 to 1")

    def __len__(self) -> int:
        return len(self.limits)

    @property
    def codes(self) -> Integers:
        """One number for each pair."""
        return codes_of(self.low, self.high, len(self.limits))


def codes_of(low: Integers, high: Integers, n: int) -> Integers:
    """Return one number for each pair of rows, in the order of the rows."""
    return low.astype(np.int64) * n + high


def in_order(problem: Problem) -> tuple[Problem, Integers]:
    """Return the same problem by increasing key, and the former row of each row."""
    former = np.array(
        sorted(range(len(problem)), key=problem.keys.__getitem__), np.int64
    )
    rank = np.empty(len(former), np.int64)
    rank[former] = np.arange(len(former))
    one, other = rank[problem.low], rank[problem.high]
    low, high = np.minimum(one, other), np.maximum(one, other)
    at = np.lexsort((high, low))
    ordered = Problem(
        keys=[problem.keys[row] for row in former.tolist()],
        limits=problem.limits[former].astype(np.int64),
        low=low[at],
        high=high[at],
        scores=problem.scores[at].astype(np.float64),
        missing=problem.missing[former].astype(np.float64),
    )
    return ordered, former
