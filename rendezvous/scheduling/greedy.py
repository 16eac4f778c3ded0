"""A schedule at once: the most valued meetings first, after the guaranteed ones."""

from collections.abc import Iterable

import numpy as np

from rendezvous.scheduling.encoding import NOBODY, Board, Integers


class _Draft:
    """What is taken so far; rounds are bits, so that a common free round is an « and »."""

    def __init__(self, board: Board) -> None:
        bits = 1 << np.arange(board.n_rounds).astype(object)
        self.board = board
        self.free = [int(row @ bits) for row in board.free.astype(object)]
        self.left = board.capacity.tolist()
        self.degree = [0] * len(self.free)
        self.degree_of = np.zeros_like(board.least_of).tolist()
        self.most = board.most.tolist() + [board.n_rounds] * len(self.free)
        self.most_of = board.most_of.tolist()
        self.kind = board.kind.tolist()
        self.buffer = board.buffer.tolist()
        self.met: set[tuple[int, int]] = set()
        self.round_of = np.full(len(board.candidates), NOBODY, dtype=np.int64)

    def is_short(self, people: list[int]) -> bool:
        """Tell whether one of them still lacks a guaranteed meeting."""
        least, least_of = self.board.least, self.board.least_of
        return any(
            self.degree[i] < least[i]
            or (
                least_of.shape[1] > 0
                and (np.array(self.degree_of[i]) < least_of[i]).any()
            )
            for i in people
        )

    def may_meet(self, people: list[int]) -> bool:
        """Tell whether maxima, quotas and earlier meetings leave it possible."""
        return all(self.degree[i] < self.most[i] for i in people) and all(
            self.degree_of[i][self.kind[j]] < self.most_of[i][self.kind[j]]
            and (i, j) not in self.met
            for i in people
            for j in people
            if i != j
        )

    def common_round(self, resources: list[int]) -> int:
        """Return the common free round with most tables left; ``NOBODY`` without one."""
        common = -1
        for i in resources:
            common &= self.free[i]
        best, room = NOBODY, 0
        for r, left in enumerate(self.left):
            if left > room and common >> r & 1:
                best, room = r, left
        return best

    def take(self, candidate: int, resources: list[int], people: list[int]) -> None:
        """Choose a candidate, when there is a round for it."""
        r = self.common_round(resources)
        if r == NOBODY:
            return
        self.round_of[candidate] = r
        self.left[r] -= 1
        for i in resources:
            self.degree[i] += 1
            for near in range(max(0, r - self.buffer[i]), r + self.buffer[i] + 1):
                self.free[i] &= ~(1 << near)
        for i in people:
            for j in people:
                if i != j:
                    self.degree_of[i][self.kind[j]] += 1
                    self.met.add((i, j))


def greedy(board: Board, *, minimum_first: bool = True) -> Integers:
    """Choose candidates by decreasing value, those somebody is promised before others.

    Returns
    -------
    ndarray of int, shape (n_candidates,)
        The round of each, from 0; ``NOBODY`` when it is not chosen.
    """
    draft = _Draft(board)
    order = np.argsort(-board.value, kind="stable").tolist()
    if minimum_first:
        _choose(draft, order, only_short=True)
    _choose(draft, order, only_short=False)
    return draft.round_of


def _choose(draft: _Draft, order: Iterable[int], *, only_short: bool) -> None:
    takes = draft.board.takes.tolist()
    n = draft.board.n_participants
    for candidate in order:
        resources = [i for i in takes[candidate] if i >= 0]
        people = [i for i in resources if i < n]
        if draft.round_of[candidate] >= 0 or not draft.may_meet(people):
            continue
        if not only_short or draft.is_short(people):
            draft.take(candidate, resources, people)
