"""First come, first served: an answer when the solver has none in time."""

import numpy as np

from matching.balance.problem import COMPLETE, Booleans, Problem


def first_come(problem: Problem, *, start: Booleans | None = None) -> Booleans:
    """Take the best pairs that limits allow, those that serve somebody new first.

    ``start``: pairs already taken, that stay.
    """
    taken = np.zeros(len(problem.low), bool) if start is None else start.copy()
    left = problem.limits.copy()
    np.subtract.at(left, problem.low[taken], 1)
    np.subtract.at(left, problem.high[taken], 1)
    order = np.argsort(-problem.scores, kind="stable")
    for is_serving in (True, False):
        for at in order.tolist():
            low, high = problem.low[at], problem.high[at]
            is_new = (
                left[low] == problem.limits[low] or left[high] == problem.limits[high]
            )
            if taken[at] or not (left[low] and left[high]):
                continue
            if is_serving and not is_new:
                continue
            taken[at] = True
            left[low] -= 1
            left[high] -= 1
    return taken


def simple_bound(problem: Problem) -> float:
    """Bound the total score: each one's best pairs, as many as its limit, by halves."""
    owner = np.concatenate([problem.low, problem.high])
    scores = np.tile(problem.scores, 2)
    at = np.lexsort((-scores, owner))
    owner, scores = owner[at], scores[at]
    count = np.bincount(owner, minlength=len(problem))
    place = np.arange(len(owner)) - (np.cumsum(count) - count)[owner]
    listed = float(scores[place < problem.limits[owner]].sum())
    room = np.maximum(problem.limits - count, 0)
    beyond = np.where(problem.missing > COMPLETE, problem.missing, 0.0)
    return (listed + float((room * beyond).sum())) / 2
