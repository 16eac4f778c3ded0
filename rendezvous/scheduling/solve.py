"""A good schedule at once, then better and better ones, with a proven bound."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from rendezvous.scheduling.bounds import Bounds, bounds_of
from rendezvous.scheduling.colouring import coloured
from rendezvous.scheduling.compiled import is_compiled
from rendezvous.scheduling.encoding import Board, Floats, encode
from rendezvous.scheduling.greedy import greedy
from rendezvous.scheduling.problem import (
    Candidate,
    Deadline,
    Participant,
    Problem,
    Solution,
    no_deadline,
)
from rendezvous.scheduling.reporting import report
from rendezvous.scheduling.search import Search
from rendezvous.scheduling.timed import timed_bound

# Moves by participant, and what an uncompiled search makes of them.
MOVES, TIDYING = 8_000, 3_000
FEWEST, SLOWER = 200_000, 400
# Times more: when value and waiting are weighed together; where three sit together,
# as most moves then fail.
JOINT, TRIOS = 2, 8
CYCLES = (0.1, 0.3, 0.6)
DOUBT = 0.001  # of the bound
NEGLIGIBLE = 1e-6


@dataclass(frozen=True)
class Limits:
    """How far a search goes.

    Attributes
    ----------
    seed : int
    moves : int, optional
        Moves that look for value; by default, what the size of the session asks for.
    tidying : int, optional
        Moves that only bring the meetings of each closer together.
    goes_on : bool
        Search again from the best, until time runs out or nothing can be better.
    is_hurried : bool
        Leave out what is only told: who gets least, the bound round by round.
    """

    seed: int = 1
    moves: int | None = None
    tidying: int | None = None
    goes_on: bool = False
    is_hurried: bool = False


def solve(
    problem: Problem, limits: Limits | None = None, deadline: Deadline = no_deadline
) -> Solution:
    """Return the last of the schedules of ``improve``."""
    *_, (search, bounds) = _stages(problem, limits or Limits(), deadline)
    return report(search, bounds)


def improve(
    problem: Problem, limits: Limits | None = None, deadline: Deadline = no_deadline
) -> Iterator[Solution]:
    """Yield a schedule at once, then better ones, until moves or time run out.

    The same problem, seed and moves give the same schedules; a deadline (seconds left)
    may only stop earlier, which ``is_stopped`` tells. Whoever iterates may stop too.
    """
    for search, bounds in _stages(problem, limits or Limits(), deadline):
        yield report(search, bounds)


def _stages(
    problem: Problem, limits: Limits, deadline: Deadline
) -> Iterator[tuple[Search, Bounds]]:
    """Search, and stop by whenever something better is found, and at the end."""
    board = encode(problem)
    start = greedy(board)
    with_worst = problem.floor > 0 or not limits.is_hurried
    bounds = bounds_of(board, start, with_worst=with_worst)
    if bounds.chosen is not None and not (problem.previous or bounds.shortage):
        exact = coloured(board, bounds.chosen)
        start = start if exact is None else exact
    floor = floors(board, bounds)
    search = Search.of(board, start, floor, limits.seed, deadline)
    yield search, bounds
    n_moves, n_tidying = _budget(board, limits)
    for share in CYCLES:
        if is_best(search, bounds) and not (floor.any() or problem.waiting):
            break
        before = search.key
        search.improve_value(int(n_moves * share))
        if search.is_stopped:
            break
        if search.key > before:
            yield search, bounds
    bounds = bounds if limits.is_hurried else tightened(search, bounds)
    search.tidy(n_tidying)
    yield search, bounds
    while limits.goes_on and not (search.is_stopped or is_best(search, bounds)):
        before = search.key
        search.improve_value(int(n_moves * CYCLES[-1]))
        search.tidy(n_tidying)
        if search.key > before:
            yield search, bounds


def is_best(search: Search, bounds: Bounds) -> bool:
    """Tell whether nothing is missing and no schedule is worth more."""
    reached = bounds.locked_value + search.value
    room = NEGLIGIBLE * max(1.0, bounds.kept_value)
    return search.key[0] >= 0 and reached >= bounds.kept_value - room


def tightened(search: Search, bounds: Bounds) -> Bounds:
    """Bound round by round when the first bound leaves a doubt, and size allows."""
    missing, reached = -search.key[0], bounds.locked_value + search.value
    is_doubtful = bounds.kept_value - reached > DOUBT * bounds.kept_value
    if missing or not is_doubtful or search.is_stopped:
        return bounds
    known = np.flatnonzero(search.best >= 0)
    found = timed_bound(search.board, known, search.deadline())
    if found is None:
        return bounds
    kept = min(bounds.kept_value, bounds.locked_value + found)
    return replace(bounds, kept_value=kept)


def floors(board: Board, bounds: Bounds) -> Floats:
    """Return the value that each is to reach: its share of what all could have."""
    share = board.problem.floor * bounds.ceiling.value
    reached = share * board.rounds_present * bounds.ceiling.counted
    return np.asarray(reached, dtype=np.float64)


def _budget(board: Board, limits: Limits) -> tuple[int, int]:
    """Return the moves to make, for value and for tidying."""
    if not len(board.candidates):
        return 0, 0
    scale = 1 if is_compiled() else SLOWER
    n = board.n_participants * (JOINT if board.problem.waiting else 1)
    n *= TRIOS if (board.takes[:, 2] >= 0).any() else 1
    moves = max(FEWEST, MOVES * n) // scale if limits.moves is None else limits.moves
    tidying = max(FEWEST, TIDYING * board.n_participants) // scale
    return moves, tidying if limits.tidying is None else limits.tidying


def warm_up() -> None:
    """Compile, or load what was compiled, by scheduling two people."""
    people = (Participant("a"), Participant("b"))
    pair = Candidate(("a", "b"), 1.0)
    problem = Problem(2, 1, people, (pair,), locked=(), spread=2)
    solve(problem, Limits(moves=10, tidying=10))
