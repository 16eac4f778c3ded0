"""What a coalition is worth, whoever looks for it: arrays in, one number out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

DECIMALS = 9
"""Values equal to this many decimals are the same."""


@dataclass(frozen=True)
class Problem:
    r"""Candidates, what each covers, and who may sit with whom.

    .. math:: V(S) = \sum_{i \text{ covered by } S} w_i
        + a \cdot \overline{agreement}(S) - c \cdot (|S| - smallest)

    The first part is submodular, which the bounds of the search rest on.

    Attributes
    ----------
    public_ids : tuple of str
        Unique names of the n candidates; the only thing that decides between equals.
    organisation : ndarray of int, shape (n,)
        Organisation of each candidate.
    covers : ndarray of bool, shape (n, n_items)
        What each candidate covers.
    weights : ndarray of shape (n_items,)
        What covering each item is worth, at least 0.
    agreement : ndarray of shape (n, n)
        Pair scores, symmetric; NaN for a pair that may not sit together, and for the
        diagonal.
    agreement_weight, seat_cost : float
        Worth of a perfect mean agreement; cost of a seat beyond the smallest table.
    may_lead : ndarray of bool, shape (n,)
        Who may be the motor actor; at least one member must.
    group : tuple of int
        Rows that are always members; their own pairs are given, not proposed.
    smallest, largest : int
        Numbers of members, ``2 <= smallest <= largest``.
    ceiling : float
        What no coalition with somebody left out before can exceed; −inf if nobody was.
    """

    public_ids: tuple[str, ...]
    organisation: Integers
    covers: Booleans
    weights: Floats
    agreement: Floats
    agreement_weight: float
    seat_cost: float
    may_lead: Booleans
    group: tuple[int, ...] = ()
    smallest: int = 3
    largest: int = 6
    ceiling: float = -np.inf

    def __post_init__(self) -> None:
        n = len(self.public_ids)
        if self.agreement.shape != (n, n) or len(self.covers) != n:
            raise ValueError(f"agreement and covers: need {n} rows")
        if not np.array_equal(self.agreement, self.agreement.T, equal_nan=True):
            raise ValueError("agreement: must be symmetric")
        if not (np.all(self.weights >= 0) and 2 <= self.smallest <= self.largest):  # noqa: PLR2004 - a pair
            raise ValueError("weights: at least 0; sizes: from 2, in order")
        if len(set(self.public_ids)) != n:
            raise ValueError("public_ids: must be unique")

    def __len__(self) -> int:
        return len(self.public_ids)

    @property
    def sizes(self) -> range:
        """Sizes of a coalition: at least one member more than the group."""
        return range(max(self.smallest, len(self.group) + 1), self.largest + 1)

    def covered(self, rows: Sequence[int]) -> Booleans:
        """Tell which items some of the rows covers, shape (n_items,)."""
        found: Booleans = np.logical_or.reduce(self.covers[list(rows)], axis=0)
        return found


def pairs_of(rows: Sequence[int]) -> tuple[Integers, Integers]:
    """Return every pair of different rows, once."""
    at, other = np.triu_indices(len(rows), 1)
    chosen = np.asarray(rows, np.int64)
    return chosen[at], chosen[other]


def may_sit(problem: Problem, rows: Sequence[int]) -> bool:
    """Tell whether these rows make a coalition: sizes, pairs, a motor actor.

    The pairs inside the given group are not asked: they exist already.
    """
    group = set(problem.group)
    if not group <= set(rows) or len(rows) not in problem.sizes:
        return False
    one, other = pairs_of(rows)
    proposed = ~(np.isin(one, problem.group) & np.isin(other, problem.group))
    admissible = not np.isnan(problem.agreement[one, other][proposed]).any()
    return bool(admissible and problem.may_lead[list(rows)].any())


def value_of(problem: Problem, rows: Sequence[int]) -> float:
    """Return what a coalition is worth."""
    return (
        float(problem.weights[problem.covered(rows)].sum())
        + problem.agreement_weight * mean_agreement(problem, rows)
        - problem.seat_cost * (len(rows) - problem.smallest)
    )


def mean_agreement(problem: Problem, rows: Sequence[int]) -> float:
    """Return the mean of the pair scores; an unknown one inside the group counts 0."""
    one, other = pairs_of(rows)
    if not len(one):
        return 0.0
    return float(np.nan_to_num(problem.agreement[one, other]).mean())
