"""Is a pair that was left out worth having? The prices of a solved program tell.

A pair enters a better answer only if it scores more than what the two organisations'
prices ask. The lists of candidates are cut; the last score of a list limits what lies
beyond it, so that most pairs are set aside without being computed.
"""

from collections.abc import Iterator

import numpy as np

from matching.balance.problem import COMPLETE, Integers, Problem, Reals, codes_of

ROWS_AT_ONCE = 512
MANY = 4_000_000
EPSILON = 1e-9


def doubtful(
    problem: Problem, prices: Reals, *, worth: Reals, slack: float = 0.0
) -> tuple[Integers, Integers] | None:
    """Return the missing pairs that could bring more than their price, less ``slack``.

    ``worth``: the most that a missing pair of each organisation brings. None when they
    are too many to be looked at.
    """
    found, total = [], 0
    for low, high in _doubtful(problem, prices, worth, slack):
        is_known = np.isin(codes_of(low, high, len(problem)), problem.codes)
        found.append((low[~is_known], high[~is_known]))
        total += len(found[-1][0])
        if total > MANY:
            return None
    empty = np.empty(0, np.int64)
    return (
        np.concatenate([empty, *(low for low, _ in found)]),
        np.concatenate([empty, *(high for _, high in found)]),
    )


def _doubtful(
    problem: Problem, prices: Reals, worth: Reals, slack: float
) -> Iterator[tuple[Integers, Integers]]:
    rows = np.flatnonzero((worth > COMPLETE) & (problem.limits > 0))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        low = rows[start : start + ROWS_AT_ONCE]
        most = np.minimum(worth[low][:, None], worth[rows][None])
        gain = most - prices[low][:, None] - prices[rows][None]
        is_doubtful = (gain > EPSILON - slack) & (low[:, None] < rows[None])
        one, other = np.nonzero(is_doubtful)
        yield low[one], rows[other]
