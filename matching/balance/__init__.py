"""Sharing proposals out, so that nobody is forgotten and nobody is swamped.

Organisations and pairs in, a balanced set out::

    problem = Problem(keys, limits, low, high, scores, missing)
    balance = balanced(problem, price=score_more)   # who is proposed to whom
    balance.value, balance.bound, balance.gap       # and how far from the best
    figures = figures_of(problem, balance)          # coverage, exposure, loss

A pair of the set is proposed to both sides, as everywhere: to be proposed to somebody
and to receive a proposal are the same thing, and each organisation is in at most as
many pairs as its limit. First, as many organisations as possible have one; then the
total score is the highest. Nothing here reads a clock, a file or a database. The
definition is explained in docs/matching.md, the reasons in docs/decisions/0153.
"""

from matching.balance.figures import Figures, Shares, figures_of, gini, shares
from matching.balance.problem import COMPLETE, Integers, Problem, Reals
from matching.balance.solving import Balance, Unserved, balanced

__all__ = [
    "COMPLETE",
    "Balance",
    "Figures",
    "Integers",
    "Problem",
    "Reals",
    "Shares",
    "Unserved",
    "balanced",
    "figures_of",
    "gini",
    "shares",
]
