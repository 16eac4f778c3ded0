"""Linear programs over all that may take place, and bounds that anybody can add up.

A bound is not what the solver says: it is computed here from the prices that it found.
For any prices ``y ≥ 0`` of the rules ``A x ≤ b``, no schedule is worth more than
``b·y + Σ max(0, value − A'y)``; good prices make it tight, bad ones never make it wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, hstack, vstack

from rendezvous.scheduling.encoding import PEOPLE, Board, Booleans, Floats, Integers
from rendezvous.scheduling.listing import NOBODY

CHOICES = 25
ROUNDS_OF_PRICING = 30
NEGLIGIBLE = 1e-7


@dataclass(frozen=True)
class Rules:
    """Rules ``matrix @ x ≤ limit`` on how much of each candidate takes place.

    Attributes
    ----------
    matrix : sparse array, shape (n_rules, n_candidates)
    limit : ndarray, shape (n_rules,)
    possible : ndarray of bool, shape (n_candidates,)
        Whether those concerned are ever free together.
    """

    matrix: csc_array
    limit: Floats
    possible: Booleans


def rules_of(board: Board) -> Rules:
    """Write the rules of a session down, rounds added up.

    Rooms of people and tables, seats, maxima; guaranteed minima apart from them.
    """
    blocks: list[tuple[csr_array, Floats]] = [
        (_incidence(board), board.room.astype(float)),
        (csr_array(_ones((1, len(board.candidates)))), np.array([_seats(board)])),
        *_quota_rules(board),
        *_pair_rules(board),
    ]
    return _stacked(blocks, possible_of(board))


def with_minima(board: Board, rules: Rules) -> Rules:
    """Add the guaranteed minima to rules, in all and by kind met."""
    people = rules.matrix[: board.n_participants]
    by_kind = [
        (-matrix, -board.least_of.ravel().astype(float))
        for matrix, _most in _quota_rules(board)
    ]
    least = (-people, -board.least.astype(float))
    return _stacked([(rules.matrix, rules.limit), *by_kind, least], rules.possible)


def _stacked(
    blocks: Sequence[tuple[csr_array | csc_array, Floats]], possible: Booleans
) -> Rules:
    matrix = vstack([block for block, _ in blocks], format="csc")
    return Rules(matrix, np.concatenate([limit for _, limit in blocks]), possible)


def possible_of(board: Board) -> Booleans:
    """Tell which candidates have a round in which all are free."""
    together = np.ones((len(board.candidates), board.n_rounds), dtype=np.bool_)
    for seat in range(board.takes.shape[1]):
        rows = board.takes[:, seat]
        np.logical_and(together, board.free[rows] | (rows < 0)[:, None], out=together)
    found: Booleans = np.any(together & (board.capacity > 0), axis=1)
    return found


def _incidence(board: Board) -> csr_array:
    candidates, seats = np.nonzero(board.takes >= 0)
    rows = board.takes[candidates, seats]
    shape = (board.free.shape[0], len(board.candidates))
    return csr_array((_ones(len(rows)), (rows, candidates)), shape=shape)


def _ones(shape: int | tuple[int, int]) -> NDArray[np.int8]:
    """Entries of one octet each: there are millions where three sit together."""
    return np.ones(shape, dtype=np.int8)


def _seats(board: Board) -> float:
    """Count meetings that can take place at all: tables, and people there in twos."""
    people = board.free[: board.n_participants].sum(axis=0)
    return float(np.minimum(board.capacity, people // 2).sum())


def _quota_rules(board: Board) -> list[tuple[csr_array, Floats]]:
    if not board.problem.quotas:
        return []
    rows, columns, other = _encounters(board)
    n, kinds = board.least_of.shape
    shape = (n * kinds, len(board.candidates))
    matrix = csr_array(
        (_ones(len(rows)), (rows * kinds + board.kind[other], columns)), shape=shape
    )
    return [(matrix, board.most_of.ravel().astype(float))]


def _encounters(board: Board) -> tuple[Integers, Integers, Integers]:
    """List who meets whom in which candidate."""
    found = []
    for one, another in ((0, 1), (0, 2), (1, 2)):
        held = np.flatnonzero(board.takes[:, another] >= 0)
        a, b = board.takes[held, one], board.takes[held, another]
        found += [(a, held, b), (b, held, a)]
    rows, columns, others = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, columns, others


def _pair_rules(board: Board) -> list[tuple[csr_array, Floats]]:
    """Let two people meet once, where tables of three offer it several times."""
    if not (board.takes[:, 2] >= 0).any():
        return []
    people = np.sort(board.takes[:, :PEOPLE].astype(np.int32), axis=1)
    codes = people[:, [0, 0, 1]] * board.n_participants + people[:, [1, 2, 2]]
    at = np.flatnonzero(people[:, [0, 0, 1]].ravel() >= 0)
    _pairs, first, group, times = np.unique(
        codes.ravel()[at],
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    several = np.flatnonzero(times > 1)
    if not len(several):
        return []
    rule = np.full(len(times), NOBODY)
    rule[several[np.argsort(first[several])]] = np.arange(len(several))
    rows, columns = rule[group], at // PEOPLE
    shape = (len(several), len(board.candidates))
    held = rows >= 0
    entries = (_ones(int(held.sum())), (rows[held], columns[held]))
    return [(csr_array(entries, shape=shape), np.ones(len(several)))]


@dataclass(frozen=True)
class Answer:
    """What a program gives: a proven bound, its prices, how much of each is chosen."""

    bound: float
    prices: Floats
    chosen: Floats


def best_total(board: Board, rules: Rules, columns: Integers) -> Answer | None:
    """Bound the value of what is still to decide; ``None`` when the rules exclude all.

    Parameters
    ----------
    columns : ndarray of int
        Candidates to start from: ``first_columns``.
    """
    value = np.where(rules.possible, board.value, -1.0)
    for _ in range(ROUNDS_OF_PRICING):
        part = rules.matrix[:, columns]
        done = linprog(
            -value[columns], A_ub=part, b_ub=rules.limit, bounds=(0, 1), method="highs"
        )
        if done.status == 2 and len(columns) < len(value):  # noqa: PLR2004 - HiGHS
            columns = np.arange(len(value))
            continue
        if done.status != 0:
            return None
        prices = np.maximum(0.0, -done.ineqlin.marginals)
        worth = value - rules.matrix.T @ prices
        bound = float(rules.limit @ prices + np.maximum(0.0, worth).sum())
        chosen = np.zeros(len(value))
        chosen[columns] = done.x
        if bound <= -done.fun + NEGLIGIBLE * max(1.0, abs(bound)):
            break
        wider = np.union1d(columns, np.flatnonzero(worth > NEGLIGIBLE))
        if len(wider) == len(columns):
            break
        columns = wider
    return Answer(max(0.0, bound), prices, chosen)


def first_columns(board: Board, known: Integers) -> Integers:
    """Keep the best candidates of each participant."""
    rows, seats = np.nonzero(board.takes[:, :3] >= 0)
    people = board.takes[rows, seats]
    order = np.lexsort((-board.value[rows], people))
    sorted_people = people[order]
    start = np.searchsorted(sorted_people, sorted_people)
    best = rows[order][np.arange(len(order)) - start < CHOICES]
    found: Integers = np.union1d(best, known).astype(np.int64)
    return found


def least_shortage(board: Board) -> float:
    """Return how many guaranteed meetings are missing in any schedule, at least.

    A lower bound, from the prices of the program that lets them be missing.
    """
    rules = with_minima(board, rules_of(board))
    promised = rules.limit < 0
    if not promised.any():
        return 0.0
    slack = csc_array(-np.eye(len(rules.limit))[:, promised])
    matrix = hstack([rules.matrix[:, rules.possible], slack], format="csc")
    n = int(rules.possible.sum())
    cost = np.concatenate([np.zeros(n), np.ones(int(promised.sum()))])
    top = np.concatenate([np.ones(n), np.full(int(promised.sum()), np.inf)])
    done = linprog(
        cost, A_ub=matrix, b_ub=rules.limit,
        bounds=np.column_stack([np.zeros(len(cost)), top]), method="highs",
    )  # fmt: skip
    return float(done.fun) if done.status == 0 else 0.0
