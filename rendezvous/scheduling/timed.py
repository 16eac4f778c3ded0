"""A tighter bound where windows bind: the linear program round by round.

Variables tell how much of each candidate takes place in each round. As in ``programs``,
the bound is added up here from the prices of people, tables and minima; that a pair
meets once is kept inside: each candidate counts once, in the round that pays best.
"""

from math import inf, isfinite

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from rendezvous.scheduling.encoding import SEATS, Board, Floats, Integers
from rendezvous.scheduling.programs import first_columns

LARGEST = 60_000
ROUNDS_OF_PRICING = 6
NEGLIGIBLE = 1e-7


def timed_bound(board: Board, known: Integers, seconds: float = inf) -> float | None:
    """Bound the value of what is still to decide, guaranteed minima kept.

    ``None`` when it is too large, or not found in the seconds given.
    """
    columns = first_columns(board, known)
    best: float | None = None
    for _ in range(ROUNDS_OF_PRICING):
        if len(columns) * board.n_rounds > LARGEST:
            break
        solved = _solved(board, columns, seconds)
        if solved is None:
            break
        reached, prices = solved
        worth = _worth(board, prices)
        bound = prices.total(board) + float(np.maximum(0.0, worth).sum())
        best = bound if best is None else min(best, bound)
        wider = np.union1d(columns, np.flatnonzero(worth > NEGLIGIBLE))
        if bound <= reached * (1 + NEGLIGIBLE) or len(wider) == len(columns):
            break
        columns = wider
    return best


class _Prices:
    """Prices of resources by round, of tables by round, of minima and maxima."""

    def __init__(self, board: Board, dual: Floats) -> None:
        n_resources, n_rounds = board.free.shape
        n, cells = board.n_participants, n_resources * n_rounds
        ends = np.cumsum([cells, n_rounds, n, n])
        self.seat = dual[: ends[0]].reshape(n_resources, n_rounds)
        self.table = dual[ends[0] : ends[1]]
        self.most = dual[ends[1] : ends[2]]
        self.least = dual[ends[2] : ends[3]]

    def total(self, board: Board) -> float:
        """Return what all limits cost together."""
        return float(
            self.seat[board.free].sum()
            + self.table @ board.capacity
            + self.most @ board.most
            - self.least @ board.least
        )


def _worth(board: Board, prices: _Prices) -> Floats:
    """Return what each candidate brings in its best round, prices paid."""
    worth = np.repeat(board.value[:, None], board.n_rounds, axis=1)
    worth -= prices.table[None, :]
    person = prices.most - prices.least
    for seat in range(SEATS):
        rows = board.takes[:, seat]
        held = rows >= 0
        worth[held] -= prices.seat[rows[held]]
        worth[held] = np.where(board.free[rows[held]], worth[held], -np.inf)
        people = held & (rows < board.n_participants)
        worth[people] -= person[rows[people]][:, None]
    worth[:, board.capacity == 0] = -np.inf
    best: Floats = worth.max(axis=1)
    return best


def _solved(
    board: Board, columns: Integers, seconds: float
) -> tuple[float, _Prices] | None:
    """Solve over some candidates, in all rounds that are open to them."""
    takes, n_rounds = board.takes[columns], board.n_rounds
    is_open = np.ones((len(columns), n_rounds), dtype=bool) & (board.capacity > 0)
    for seat in range(SEATS):
        held = takes[:, seat] >= 0
        is_open[held] &= board.free[takes[held, seat]]
    which, when = np.nonzero(is_open)
    if not len(which):
        return None
    matrix, limit = _rules(board, takes[which], when)
    once = csr_array(
        (np.ones(len(which)), (which, np.arange(len(which)))),
        shape=(len(columns), len(which)),
    )
    done = linprog(
        -board.value[columns][which],
        A_ub=vstack([matrix, once], format="csc"),
        b_ub=np.concatenate([limit, np.ones(len(columns))]),
        bounds=(0, None),
        method="highs-ipm",
        options={"time_limit": seconds} if isfinite(seconds) else {},
    )
    if done.status != 0:
        return None
    dual = np.maximum(0.0, -done.ineqlin.marginals[: len(limit)])
    return float(-done.fun), _Prices(board, dual)


def _rules(board: Board, takes: Integers, when: Integers) -> tuple[csr_array, Floats]:
    """Write down: one seat for each in a round, tables in a round, maxima, minima."""
    n_resources, n_rounds = board.free.shape
    columns, seats = np.nonzero(takes >= 0)
    rows = takes[columns, seats]
    ones = np.ones(len(rows))
    size = len(when)
    at = csr_array(
        (ones, (rows * n_rounds + when[columns], columns)),
        shape=(n_resources * n_rounds, size),
    )
    tables = csr_array((np.ones(size), (when, np.arange(size))), shape=(n_rounds, size))
    each = csr_array((ones, (rows, columns)), shape=(n_resources, size))
    people = each[: board.n_participants]
    blocks = [at, tables, people, -people]
    limits = [np.ones(n_resources * n_rounds), board.capacity, board.most, -board.least]
    return vstack(blocks, format="csr"), np.concatenate(limits).astype(np.float64)
