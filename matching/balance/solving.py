"""The balanced set: who is proposed to whom so that everybody has a chance."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.balance.problem import Booleans, Integers, Problem, Reals, in_order
from matching.balance.programs import TINY, served_by
from matching.balance.search import Answer, Price, Search

SECONDS = 60.0


class Unserved(StrEnum):
    """Why an organisation has no proposal."""

    ACCEPTS_NONE = "accepts_none"
    NO_PARTNER = "no_partner"
    PARTNERS_FULL = "partners_full"


@dataclass(frozen=True)
class Balance:
    """A balanced set, and what is proved of it.

    Attributes
    ----------
    low, high, scores : ndarray, shape (Q,)
        The pairs chosen, by rows of the problem, in increasing order.
    count : ndarray of int, shape (n,)
        To how many others each organisation is proposed.
    unserved : dict
        Why, for each row that has none.
    value, bound : float
        The total score, and the most that any set serving as many could total.
    served, served_bound : int
        How many organisations have a proposal, and the most that could.
    n_added : int
        Pairs beyond the lists of candidates that had to be looked at.
    """

    low: Integers
    high: Integers
    scores: Reals
    count: Integers
    unserved: dict[int, Unserved]
    value: float
    bound: float
    served: int
    served_bound: int
    n_added: int

    @property
    def gap(self) -> float:
        """How far from the bound the total may be, as a share of the bound."""
        return max(1 - self.value / self.bound, 0.0) if self.bound > 0 else 0.0

    @property
    def is_optimal(self) -> bool:
        """Tell whether nothing better exists, up to the precision of the solver."""
        return self.gap < TINY and self.served == self.served_bound


def balanced(
    problem: Problem, *, price: Price | None = None, seconds: float = SECONDS
) -> Balance:
    """Choose pairs: as many served as possible, then the highest total score.

    Parameters
    ----------
    problem : Problem
        The organisations, their limits, and the candidates.
    price : callable, optional
        Scores pairs that are not among the candidates. Without it, what they could
        bring is added to the bounds.
    seconds : float
        Given to each search in whole numbers.

    Returns
    -------
    Balance
        The same for the same problem, in any order of its rows, unless a search ran
        out of time: it is then the best set found, with its bounds.
    """
    ordered, former = in_order(_usable(problem))
    if not len(ordered):
        answer = Answer(ordered, np.zeros(0, bool), 0.0, 0)
    else:
        answer = Search(_priced(price, former), seconds).answer(ordered)
    return _balance(answer, former, n_given=len(ordered.low))


def _usable(problem: Problem) -> Problem:
    """Leave out the pairs of those that accept none."""
    kept = (problem.limits[problem.low] > 0) & (problem.limits[problem.high] > 0)
    return replace(
        problem,
        low=problem.low[kept],
        high=problem.high[kept],
        scores=problem.scores[kept],
    )


def _priced(price: Price | None, former: Integers) -> Price | None:
    """Ask in the rows of the problem that was given."""
    if price is None:
        return None

    def asked(low: Integers, high: Integers) -> Reals:
        return price(*_ordered(former[low], former[high]))

    return asked


def _balance(answer: Answer, former: Integers, *, n_given: int) -> Balance:
    """Tell the answer in the rows of the problem that was given."""
    problem, taken = answer.problem, answer.taken
    low, high = _ordered(former[problem.low[taken]], former[problem.high[taken]])
    at = np.lexsort((high, low))
    count = np.zeros(len(problem), np.int64)
    count[former] = served_by(problem, taken)
    scores = problem.scores[taken][at]
    return Balance(
        low=low[at],
        high=high[at],
        scores=scores,
        count=count,
        unserved=_unserved(problem, taken, former),
        value=float(scores.sum()),
        bound=max(answer.bound, float(scores.sum())),
        served=int((count > 0).sum()),
        served_bound=answer.served_bound,
        n_added=len(problem.low) - n_given,
    )


def _ordered(one: Integers, other: Integers) -> tuple[Integers, Integers]:
    return np.minimum(one, other), np.maximum(one, other)


def _unserved(
    problem: Problem, taken: Booleans, former: Integers
) -> dict[int, Unserved]:
    has_partner = np.zeros(len(problem), bool)
    has_partner[problem.low] = has_partner[problem.high] = True
    return {
        int(former[row]): _reason(
            accepts=bool(problem.limits[row]), has_partner=bool(has_partner[row])
        )
        for row in np.flatnonzero(served_by(problem, taken) == 0).tolist()
    }


def _reason(*, accepts: bool, has_partner: bool) -> Unserved:
    if not accepts:
        return Unserved.ACCEPTS_NONE
    return Unserved.PARTNERS_FULL if has_partner else Unserved.NO_PARTNER
