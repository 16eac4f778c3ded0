"""A good schedule at once, then better and better ones, with a proven bound."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rendezvous.scheduling.bounds import Bounds, bounds_of
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

# Moves by participant, and what an uncompiled search makes of them.
MOVES, TIDYING = 10_000, 6_000
FEWEST, SLOWER = 200_000, 400
CYCLES = (0.1, 0.3, 0.6)


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
    """

    seed: int = 1
    moves: int | None = None
    tidying: int | None = None


def solve(
    problem: Problem, limits: Limits | None = None, deadline: Deadline = no_deadline
) -> Solution:
    """Return the last of the schedules of ``improve``."""
    *_, last = improve(problem, limits, deadline)
    return last


def improve(
    problem: Problem, limits: Limits | None = None, deadline: Deadline = no_deadline
) -> Iterator[Solution]:
    """Yield a schedule at once, then better ones, until moves or time run out.

    The same problem, seed and moves give the same schedules; a deadline (seconds left)
    may only stop earlier, which ``is_stopped`` tells. Whoever iterates may stop too.
    """
    limits = limits or Limits()
    board = encode(problem)
    start = greedy(board)
    bounds = bounds_of(board, start)
    search = Search.of(board, start, floors(board, bounds), limits.seed, deadline)
    yield report(search, bounds)
    n_moves, n_tidying = _budget(board, limits)
    for share in CYCLES:
        before = search.key
        search.improve_value(int(n_moves * share))
        if search.is_stopped:
            break
        if search.key > before:
            yield report(search, bounds)
    search.tidy(n_tidying)
    yield report(search, bounds)


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
    n = board.n_participants
    moves = max(FEWEST, MOVES * n) // scale if limits.moves is None else limits.moves
    tidying = max(FEWEST, TIDYING * n) // scale
    return moves, tidying if limits.tidying is None else limits.tidying


def warm_up() -> None:
    """Compile, or load what was compiled, by scheduling two people."""
    people = (Participant("a"), Participant("b"))
    pair = Candidate(("a", "b"), 1.0)
    problem = Problem(2, 1, people, (pair,), locked=(), spread=2)
    solve(problem, Limits(moves=10, tidying=10))
