"""How evenly proposals are shared, before and after."""

from dataclasses import dataclass

import numpy as np

from matching.balance.problem import Integers, Problem, Reals
from matching.balance.solving import Balance


@dataclass(frozen=True)
class Shares:
    """To how many others each organisation is proposed, in one way of proposing.

    ``coverage``: the share of organisations proposed to somebody; ``gini``: 0 when all
    are as often as each other, towards 1 when a few take everything.
    """

    count: Integers
    coverage: float
    gini: float


@dataclass(frozen=True)
class Figures:
    """The lists that nothing holds back, the balanced set, and what it costs.

    ``loss``: by how much less the proposals of the balanced set score, on average, than
    the best that each organisation has, as many of them.
    """

    before: Shares
    after: Shares
    loss: float


def figures_of(problem: Problem, balance: Balance) -> Figures:
    """Compare a balanced set with the best of each one's own list.

    Before: each organisation is shown its best partners, as many as its limit.
    """
    owner, partner, scores = _own_lists(problem)
    place = _places(owner)
    listed = place < problem.limits[owner]
    before = np.bincount(partner[listed], minlength=len(problem)).astype(np.int64)
    as_many = place < balance.count[owner]
    best = float(scores[as_many].sum())
    loss = max(1 - 2 * balance.value / best, 0.0) if best > 0 else 0.0
    return Figures(shares(before), shares(balance.count), loss)


def shares(count: Integers) -> Shares:
    """Describe how often each organisation is proposed."""
    coverage = float((count > 0).mean()) if len(count) else 0.0
    return Shares(count, coverage, gini(count))


def gini(values: Integers | Reals) -> float:
    """Return the Gini coefficient: half the mean difference over the mean.

    >>> gini(np.array([2, 2, 2, 2]))
    0.0
    >>> gini(np.array([0, 0, 0, 4]))
    0.75
    """
    ordered = np.sort(values).astype(np.float64)
    n, total = len(ordered), float(ordered.sum())
    if not total:
        return 0.0
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered) / (n * total)


def _own_lists(problem: Problem) -> tuple[Integers, Integers, Reals]:
    """Return everyone's partners, best first; of equal scores, the smaller key."""
    n = len(problem)
    by_key = sorted(range(n), key=problem.keys.__getitem__)
    rank = np.empty(n, np.int64)
    rank[by_key] = np.arange(n)
    owner = np.concatenate([problem.low, problem.high])
    partner = np.concatenate([problem.high, problem.low])
    scores = np.tile(problem.scores, 2)
    at = np.lexsort((rank[partner], -scores, owner))
    return owner[at], partner[at], scores[at]


def _places(owner: Integers) -> Integers:
    """Return the place of each line in the list of its owner, from 0."""
    is_first = np.ones(len(owner), bool)
    is_first[1:] = np.diff(owner) != 0
    first = np.flatnonzero(is_first)
    return np.arange(len(owner)) - np.repeat(
        first, np.diff(np.append(first, len(owner)))
    )
