"""Solving, asking whether a pair that was left out would do better, and again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.balance.greedy import first_come, simple_bound
from matching.balance.pricing import doubtful
from matching.balance.problem import COMPLETE, Booleans, Integers, Problem, Reals
from matching.balance.programs import (
    TINY,
    NoAnswerError,
    Program,
    Relaxed,
    best_served,
    most_served,
    program_of,
    served_by,
    whole_best,
    whole_served,
)

Price = Callable[[Integers, Integers], Reals]
"""Scores given pairs of organisations; NaN for one that may not be proposed."""

ROUNDS = 8
CLOSINGS = 3
EAGER = 0.02


@dataclass(frozen=True)
class Answer:
    """Pairs taken, of those of ``problem``, and what is proved.

    ``bound``: no pairs that serve as many total more; ``served_bound``: none serve more.
    """

    problem: Problem
    taken: Booleans
    bound: float
    served_bound: int


@dataclass(frozen=True)
class Whole:
    """One program solved in reals, then in whole numbers.

    ``bound`` holds for the pairs given; that of ``relaxed``, for all.
    """

    relaxed: Relaxed
    taken: Booleans
    reached: float
    bound: float

    @property
    def slack(self) -> float:
        """How much less than in reals: what a missing pair may cost, and be taken."""
        return max(self.relaxed.value - self.reached, 0.0)


@dataclass(frozen=True)
class Missing:
    """Pairs that are not among the candidates, and what each brings beyond its price."""

    low: Integers
    high: Integers
    scores: Reals
    gains: Reals


class Search:
    """The search of one balanced set. ``price`` scores the pairs left out, if it can."""

    def __init__(self, price: Price | None, seconds: float) -> None:
        self._price = price
        self._seconds = seconds
        self._gave_up = price is None

    def answer(self, problem: Problem) -> Answer:
        """Return the best pairs, or good ones when even the reals take too long."""
        try:
            return self._answer(problem)
        except NoAnswerError:
            taken = first_come(problem)
            return Answer(problem, taken, simple_bound(problem), _reachable(problem))

    def _answer(self, problem: Problem) -> Answer:
        """Let the candidates grow until no other pair could do better."""
        for _ in range(CLOSINGS):
            used, most, relaxed = self._in_reals(problem)
            best = self._best(used, most, relaxed)
            problem = self._grown(used, most, worth=_nothing_more(used))
            if problem is used:
                problem = self._grown(used, best, worth=used.missing)
            if problem is used:
                break
        is_closed = problem is used and not self._gave_up
        return self._proved(used, most, best, is_closed=is_closed or not _is_cut(used))

    def _in_reals(self, problem: Problem) -> tuple[Problem, Whole, Relaxed]:
        """Add pairs until, in reals, none that is missing could do better."""
        for _ in range(ROUNDS):
            program = program_of(problem)
            most = self._most(program)
            known = Whole(most.relaxed, most.taken, most.relaxed.value, most.bound)
            grown = self._grown(problem, known, worth=_nothing_more(problem))
            relaxed = best_served(
                program, at_least=int(most.reached), seconds=self._seconds
            )
            if grown is problem:
                known = Whole(relaxed, most.taken, relaxed.value, relaxed.value)
                grown = self._grown(problem, known, worth=problem.missing, eager=EAGER)
            if grown is problem:
                return problem, most, relaxed
            used, problem = problem, grown
        self._gave_up = True
        return used, most, relaxed

    def _most(self, program: Program) -> Whole:
        """Serve as many as possible; when everybody can be, nothing is to be proved."""
        problem = program.problem
        simple = first_come(problem)
        reached = float((served_by(problem, simple) > 0).sum())
        if reached == _reachable(problem):
            relaxed = Relaxed(
                simple.astype(np.float64), reached, reached, np.zeros(len(problem))
            )
            return Whole(relaxed, simple, reached, reached)
        relaxed = most_served(program, seconds=self._seconds)
        taken, bound = relaxed.taken > 0.5, relaxed.served  # noqa: PLR2004
        if not relaxed.is_whole:
            try:
                taken, bound = whole_served(program, seconds=self._seconds)
            except NoAnswerError:
                taken = simple
        reached = float((served_by(problem, taken) > 0).sum())
        return Whole(relaxed, taken, reached, min(bound, relaxed.served))

    def _best(self, problem: Problem, most: Whole, relaxed: Relaxed) -> Whole:
        """Serve as many, at the highest total."""
        taken, bound = relaxed.taken > 0.5, relaxed.value  # noqa: PLR2004
        if not relaxed.is_whole:
            try:
                taken, bound = whole_best(
                    program_of(problem),
                    at_least=int(most.reached),
                    seconds=self._seconds,
                )
            except NoAnswerError:
                taken = first_come(problem, start=most.taken)
        reached = float(problem.scores[taken].sum())
        return Whole(relaxed, taken, reached, min(bound, relaxed.value))

    def _grown(
        self, problem: Problem, found: Whole, *, worth: Reals, eager: float = 0.0
    ) -> Problem:
        """Add the missing pairs that could make ``found`` better.

        With some, those within ``eager`` of being so: they often are the next ones.
        """
        if self._price is None or not _is_cut(problem):
            return problem
        slack = found.slack
        missing = self._missing(
            problem, found.relaxed.prices, worth=worth, slack=max(slack, eager)
        )
        if missing is None:
            self._gave_up = True
            return problem
        if not (missing.gains > TINY - slack).any():
            return problem
        return _with(problem, missing, missing.gains > TINY - max(slack, eager))

    def _missing(
        self, problem: Problem, prices: Reals, *, worth: Reals, slack: float
    ) -> Missing | None:
        """Return what missing pairs could bring, less ``slack``; None if too many."""
        pairs = doubtful(problem, prices, worth=worth, slack=slack)
        if pairs is None:
            return None
        low, high = pairs
        most = np.minimum(worth[low], worth[high])
        if self._price is None or not len(low):
            return Missing(low, high, most, most - prices[low] - prices[high])
        scores = self._price(low, high)
        may = ~np.isnan(scores)
        gains = np.fmin(scores, most) - prices[low] - prices[high]
        return Missing(low[may], high[may], scores[may], gains[may])

    def _beyond(self, problem: Problem, prices: Reals, *, worth: Reals) -> float:
        """Return the most that all the missing pairs could add together."""
        missing = self._missing(problem, prices, worth=worth, slack=0.0)
        if missing is None:
            return float(np.inf)
        return float(np.maximum(missing.gains, 0.0).sum())

    def _proved(
        self, problem: Problem, most: Whole, best: Whole, *, is_closed: bool
    ) -> Answer:
        """Allow, in the bounds, for the pairs that nobody looked at."""
        bound, served = best.bound, most.bound
        if not is_closed:
            bound, served = best.relaxed.value, most.relaxed.served
        if _is_cut(problem) and self._gave_up:
            bound += self._beyond(problem, best.relaxed.prices, worth=problem.missing)
            served += self._beyond(
                problem, most.relaxed.prices, worth=_nothing_more(problem)
            )
        served_bound = int(min(np.floor(served + TINY), _reachable(problem)))
        return Answer(problem, best.taken, bound, served_bound)


def _is_cut(problem: Problem) -> bool:
    return bool((problem.missing > COMPLETE).any())


def _nothing_more(problem: Problem) -> Reals:
    """Serving counts organisations: a missing pair brings nothing by itself."""
    return np.where(problem.missing > COMPLETE, 0.0, COMPLETE)


def _reachable(problem: Problem) -> int:
    """Count the organisations that may have a partner: no more can be served."""
    may = (problem.missing > COMPLETE) & (problem.limits > 0)
    may[problem.low] = may[problem.high] = True
    return int(may.sum())


def _with(problem: Problem, missing: Missing, kept: Booleans) -> Problem:
    low = np.append(problem.low, missing.low[kept])
    high = np.append(problem.high, missing.high[kept])
    at = np.lexsort((high, low))
    scores = np.append(problem.scores, missing.scores[kept])[at]
    return replace(problem, low=low[at], high=high[at], scores=scores)
