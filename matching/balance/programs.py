"""The two linear programs, and the same in whole numbers.

One variable for each pair, taken or not, and one for each organisation, served or not.
First as many organisations as possible are served; then, serving as many, the total
score is the highest. Taken in reals, either program bounds what whole numbers can
reach.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeWarning, linprog, milp

from matching.balance.problem import Booleans, Integers, Problem, Reals

TINY = 1e-6
"""A share of a pair, or of an organisation, under which the solver means none."""


class NoAnswerError(RuntimeError):
    """The solver found nothing in the time it was given."""


@dataclass(frozen=True)
class Relaxed:
    """A program solved in reals.

    ``prices``: what one more pair of an organisation would have to bring, shape (n,).
    """

    taken: Reals
    served: float
    value: float
    prices: Reals

    @property
    def is_whole(self) -> bool:
        """Tell whether every pair is taken or not: this is then the answer itself."""
        return bool((np.abs(self.taken - np.round(self.taken)) < TINY).all())


@dataclass(frozen=True)
class Program:
    """A problem as matrices: minimise ``cost``, ``matrix · variables ≤ most``."""

    problem: Problem
    matrix: sparse.csr_array
    most: Reals

    @property
    def n_pairs(self) -> int:
        """How many of the variables are pairs; the others are organisations."""
        return len(self.problem.low)


def program_of(problem: Problem) -> Program:
    """Lay out the limits, then that only somebody with a pair is served."""
    n, pairs = len(problem), len(problem.low)
    ends = np.concatenate([problem.low, problem.high])
    at = np.tile(np.arange(pairs), 2)
    incidence = sparse.csr_array((np.ones(2 * pairs), (ends, at)), shape=(n, pairs))
    matrix = sparse.block_array(
        [
            [incidence, None],
            [-incidence, sparse.eye_array(n)],
        ],
        format="csr",
    )
    most = np.concatenate([problem.limits.astype(np.float64), np.zeros(n)])
    return Program(problem, matrix, most)


def most_served(program: Program, *, seconds: float) -> Relaxed:
    """Serve as many organisations as possible, in reals.

    Raises
    ------
    NoAnswerError
        If it took too long.
    """
    cost = _cost(program, serving=True)
    return _relaxed(program, cost, at_least=0, seconds=seconds)


def best_served(program: Program, *, at_least: int, seconds: float) -> Relaxed:
    """Serve ``at_least`` so many, at the highest total score, in reals.

    Raises
    ------
    NoAnswerError
        If it took too long, or so many cannot be served.
    """
    cost = _cost(program, serving=False)
    return _relaxed(program, cost, at_least=at_least, seconds=seconds)


def whole_served(program: Program, *, seconds: float) -> tuple[Booleans, float]:
    """Return pairs that serve as many as possible, and the bound proved.

    Raises
    ------
    NoAnswerError
        If nothing was found in time.
    """
    return _whole(program, _cost(program, serving=True), at_least=0, seconds=seconds)


def whole_best(
    program: Program, *, at_least: int, seconds: float
) -> tuple[Booleans, float]:
    """Return the pairs taken, and the bound proved by the search.

    Raises
    ------
    NoAnswerError
        If nothing was found in time.
    """
    cost = _cost(program, serving=False)
    return _whole(program, cost, at_least=at_least, seconds=seconds)


def served_by(problem: Problem, taken: Booleans) -> Integers:
    """Return how many of the pairs taken each organisation has."""
    ends = np.concatenate([problem.low[taken], problem.high[taken]])
    return np.bincount(ends, minlength=len(problem)).astype(np.int64)


def _cost(program: Program, *, serving: bool) -> Reals:
    n = len(program.problem)
    if serving:
        return np.concatenate([np.zeros(program.n_pairs), -np.ones(n)])
    return np.concatenate([-program.problem.scores, np.zeros(n)])


def _with_floor(program: Program, at_least: int) -> tuple[sparse.csr_array, Reals]:
    """Add that so many are served."""
    if not at_least:
        return program.matrix, program.most
    row = np.concatenate([np.zeros(program.n_pairs), -np.ones(len(program.problem))])
    matrix = sparse.vstack([program.matrix, sparse.csr_array(row[None])], format="csr")
    return matrix, np.append(program.most, -float(at_least))


def _relaxed(
    program: Program, cost: Reals, *, at_least: int, seconds: float
) -> Relaxed:
    matrix, most = _with_floor(program, at_least)
    with warnings.catch_warnings():  # said by the answer itself
        warnings.simplefilter("ignore", OptimizeWarning)
        found = linprog(
            cost,
            A_ub=matrix,
            b_ub=most,
            bounds=(0, 1),
            method="highs",
            options={"time_limit": seconds},
        )
    if not found.success:
        raise NoAnswerError(found.message)
    n, pairs = len(program.problem), program.n_pairs
    prices = -found.ineqlin.marginals
    return Relaxed(
        taken=found.x[:pairs],
        served=float(found.x[pairs:].sum()),
        value=-float(found.fun),
        prices=prices[:n] - prices[n : 2 * n],
    )


def _whole(
    program: Program, cost: Reals, *, at_least: int, seconds: float
) -> tuple[Booleans, float]:
    matrix, most = _with_floor(program, at_least)
    n, pairs = len(program.problem), program.n_pairs
    with warnings.catch_warnings():  # said by the answer itself
        warnings.simplefilter("ignore", OptimizeWarning)
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, -np.inf, most),
            bounds=Bounds(0, 1),
            integrality=np.concatenate([np.ones(pairs), np.zeros(n)]),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
    if found.x is None:
        raise NoAnswerError(found.message)
    return found.x[:pairs] > 0.5, -float(found.mip_dual_bound)  # noqa: PLR2004
