"""A schedule at once: the most valued meetings first, after the guaranteed ones."""

from collections.abc import Iterable
from itertools import permutations

import numpy as np

from rendezvous.scheduling.encoding import Board, Integers
from rendezvous.scheduling.listing import NOBODY


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
        is_plain = not (board.takes[:, 2:] >= 0).any()
        self.takes = (
            board.takes[:, :2].tolist()
            if is_plain
            else [[i for i in row if i >= 0] for row in board.takes.tolist()]
        )
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

    def suits(self, candidate: int) -> bool:
        """Tell whether quotas, and meetings at tables of three, leave it possible."""
        if not self.is_strict:
            return True
        people = [i for i in self.takes[candidate] if i < self.n]
        kind, most_of = self.board.kind, self.board.most_of
        return all(
            (i, j) not in self.met and self.degree_of[i, kind[j]] < most_of[i, kind[j]]
            for i, j in permutations(people, 2)
        )

    def rounds(self, candidate: int) -> int:
        """Return, as bits, the rounds in which all are free."""
        common = -1
        for i in self.takes[candidate]:
            common &= self.free[i]
        return common

    def roomiest(self, common: int) -> int:
        """Return the round with most tables left among some; ``NOBODY`` without one."""
        best, room = NOBODY, 0
        for r, left in enumerate(self.left):
            if left > room and common >> r & 1:
                best, room = r, left
        return best

    def take(self, candidate: int, r: int) -> None:
        """Choose a candidate for a round."""
        resources = self.takes[candidate]
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
    order = np.argsort(-board.value, kind="stable").tolist()
    _keep(draft)
    if minimum_first:
        _choose(draft, order, only_short=True)
    _choose(draft, order, only_short=False)
    return draft.round_of


def _keep(draft: _Draft) -> None:
    """Choose again what the previous schedule held, in the same round."""
    previous = draft.board.previous
    for candidate in np.flatnonzero(previous >= 0).tolist():
        r = int(previous[candidate])
        is_free = draft.left[r] > 0 and draft.rounds(candidate) >> r & 1
        if is_free and draft.suits(candidate):
            draft.take(candidate, r)


def _choose(draft: _Draft, order: Iterable[int], *, only_short: bool) -> None:
    """Take candidates in order; only those of somebody who is short, on demand."""
    for candidate in order:
        if only_short and draft.short.isdisjoint(draft.takes[candidate]):
            continue
        common = draft.rounds(candidate)
        if common and draft.round_of[candidate] < 0 and draft.suits(candidate):
            r = draft.roomiest(common)
            if r != NOBODY:
                draft.take(candidate, r)
