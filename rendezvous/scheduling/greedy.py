"""A schedule at once: the most valued meetings first, after the guaranteed ones."""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from rendezvous.scheduling.encoding import Board, Integers
from rendezvous.scheduling.listing import NOBODY

AT_ONCE = 4_096


class _Draft:
    """What is taken so far; rounds are bits, so that a common free round is an « and ».

    Whoever has all the meetings it may have is free no more; whoever has all those it
    is promised leaves ``short``.
    """

    def __init__(self, board: Board) -> None:
        bits = 1 << np.arange(board.n_rounds).astype(object)
        self.board = board
        self.n = board.n_participants
        self.free = [int(row @ bits) for row in board.free.astype(object)]
        self.left = board.capacity.tolist()
        self.degree = [0] * len(self.free)
        self.degree_of = np.zeros_like(board.least_of)
        self.met: set[tuple[int, int]] = set()
        has_triples = bool((board.takes[:, 2] >= 0).any())
        self.is_strict = has_triples or bool(board.problem.quotas)
        self.round_of = np.full(len(board.candidates), NOBODY, dtype=np.int64)
        for i in np.flatnonzero(board.most == 0).tolist():
            self.free[i] = 0
        self.short = {i for i in range(self.n) if self.is_short(i)}

    def is_short(self, i: int) -> bool:
        """Tell whether somebody still lacks a guaranteed meeting."""
        board = self.board
        if self.degree[i] < board.least[i]:
            return True
        return bool((self.degree_of[i] < board.least_of[i]).any())

    def suits(self, resources: list[int]) -> bool:
        """Tell whether quotas, and meetings at tables of three, leave it possible."""
        if not self.is_strict:
            return True
        people = [i for i in resources if i < self.n]
        kind, most_of = self.board.kind, self.board.most_of
        return all(
            (i, j) not in self.met and self.degree_of[i, kind[j]] < most_of[i, kind[j]]
            for i, j in permutations(people, 2)
        )

    def rounds(self, resources: list[int]) -> int:
        """Return, as bits, the rounds in which all are free."""
        common = -1
        for i in resources:
            common &= self.free[i]
        return common

    def possible(self, candidates: Integers) -> Integers:
        """Keep the candidates that have a round left: nobody is freed afterwards."""
        rounds = np.arange(self.board.n_rounds)
        free = np.array([[row >> r & 1 for r in rounds.tolist()] for row in self.free])
        free = free.astype(bool).reshape(-1, len(rounds)) & (np.array(self.left) > 0)
        takes = self.board.takes[candidates]
        common = np.ones((len(candidates), len(rounds)), dtype=bool)
        for people in takes.T:
            held = people >= 0
            common[held] &= free[people[held]]
        return candidates[common.any(axis=1) & (self.round_of[candidates] < 0)]

    def roomiest(self, common: int) -> int:
        """Return the round with most tables left among some; ``NOBODY`` without one."""
        best, room = NOBODY, 0
        for r, left in enumerate(self.left):
            if left > room and common >> r & 1:
                best, room = r, left
        return best

    def take(self, candidate: int, resources: list[int], r: int) -> None:
        """Choose a candidate for a round."""
        self.round_of[candidate] = r
        self.left[r] -= 1
        for i in resources:
            self._occupy(i, r)
        people = [i for i in resources if i < self.n]
        for i, j in permutations(people, 2):
            self.degree_of[i, self.board.kind[j]] += 1
            self.met.add((i, j))
        self.short -= {i for i in people if not self.is_short(i)}

    def _occupy(self, i: int, r: int) -> None:
        buffer = int(self.board.buffer[i])
        self.degree[i] += 1
        for near in range(max(0, r - buffer), r + buffer + 1):
            self.free[i] &= ~(1 << near)
        if i < self.n and self.degree[i] >= self.board.most[i]:
            self.free[i] = 0


def greedy(board: Board, *, minimum_first: bool = True) -> Integers:
    """Choose candidates by decreasing value, those somebody is promised before others.

    Returns
    -------
    ndarray of int, shape (n_candidates,)
        The round of each, from 0; ``NOBODY`` when it is not chosen.
    """
    if not len(board.candidates):
        return np.zeros(0, dtype=np.int64)
    draft = _Draft(board)
    order = np.argsort(-board.value, kind="stable")
    _keep(draft)
    if minimum_first and draft.short:
        _choose(draft, order, only_short=True)
    _choose(draft, order, only_short=False)
    return draft.round_of


def _keep(draft: _Draft) -> None:
    """Choose again what the previous schedule held, in the same round."""
    previous = draft.board.previous
    for candidate, resources in _with_resources(draft, np.flatnonzero(previous >= 0)):
        r = int(previous[candidate])
        is_free = draft.left[r] > 0 and draft.rounds(resources) >> r & 1
        if is_free and draft.suits(resources):
            draft.take(candidate, resources, r)


def _choose(draft: _Draft, order: Integers, *, only_short: bool) -> None:
    """Take candidates in order; only those of somebody who is short, on demand."""
    for candidate, resources in _with_resources(draft, draft.possible(order)):
        if only_short and draft.short.isdisjoint(resources):
            continue
        common = draft.rounds(resources)
        if common and draft.suits(resources):
            r = draft.roomiest(common)
            if r != NOBODY:
                draft.take(candidate, resources, r)


def _with_resources(
    draft: _Draft, candidates: Integers
) -> Iterator[tuple[int, list[int]]]:
    """Yield candidates with what they take, some thousands of lists at a time."""
    for start in range(0, len(candidates), AT_ONCE):
        some = candidates[start : start + AT_ONCE]
        for candidate, row in zip(
            some.tolist(), draft.board.takes[some].tolist(), strict=True
        ):
            yield candidate, [i for i in row if i >= 0]
