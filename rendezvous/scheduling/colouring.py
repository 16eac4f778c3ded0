"""Chosen meetings given rounds without losing any: an edge colouring, where one exists.

When everybody is there all along and those who meet are of two sides, the linear program
chooses whole meetings (its matrix is that of a flow), and König's theorem gives as many
rounds as the busiest has meetings: the schedule is then proven to be the best.
"""

import numpy as np

from rendezvous.scheduling.encoding import Board, Floats, Integers
from rendezvous.scheduling.listing import NOBODY

WHOLE = 1e-6

Edge = tuple[int, int]


def coloured(board: Board, chosen: Floats) -> Integers | None:
    """Return the round of each candidate, all those chosen; ``None`` where it cannot be.

    Parameters
    ----------
    chosen : ndarray, shape (n_candidates,)
        How much of each the linear program takes.
    """
    if not is_plain(board) or np.abs(chosen - chosen.round()).max(initial=0.0) > WHOLE:
        return None
    taken = np.flatnonzero(chosen > WHOLE)
    edges = [(int(a), int(b)) for a, b in board.takes[taken, :2]]
    colouring = _Colouring(board.n_participants, board.n_rounds, edges)
    if not colouring.fill() or not colouring.even_out(int(board.capacity[0])):
        return None
    rounds = np.full(len(board.candidates), NOBODY, dtype=np.int64)
    rounds[taken] = colouring.colour
    return rounds


def is_plain(board: Board) -> bool:
    """Tell whether rounds are all alike: everybody free, tables of two, no walking."""
    return bool(
        len(board.candidates)
        and board.free.all()
        and not board.buffer.any()
        and (board.takes[:, 2:] < 0).all()
        and (board.capacity == board.capacity[0]).all()
        and not board.problem.quotas
    )


class _Colouring:
    """Edges being coloured: no two of one colour at one end."""

    def __init__(self, n_ends: int, n_colours: int, edges: list[Edge]) -> None:
        self.edges, self.n_colours = edges, n_colours
        self.at = [[NOBODY] * n_colours for _ in range(n_ends)]
        self.colour = [NOBODY] * len(edges)
        self.size = [0] * n_colours

    def fill(self) -> bool:
        """Colour every edge; tell whether that was possible."""
        return all(self._add(edge) for edge in range(len(self.edges)))

    def even_out(self, most: int) -> bool:
        """Bring each colour to ``most`` edges, by exchanging two colours along paths."""
        while max(self.size) > most:
            big = self.size.index(max(self.size))
            small = self.size.index(min(self.size))
            path = self._longer(big, small)
            if self.size[small] >= most or path is None:
                return False
            self._exchange(path, big, small)
        return True

    def _add(self, edge: int) -> bool:
        one, other = self.edges[edge]
        free = self._free(one), self._free(other)
        if not free[0] or not free[1]:
            return False
        common = free[0] & free[1]
        if common:
            self._paint(edge, min(common, key=lambda c: (self.size[c], c)))
            return True
        here, there = min(free[0]), min(free[1])
        path = self._path(other, here, there)
        if any(one in self.edges[each] for each in path):
            return False  # an odd circle: those who meet are not of two sides
        self._exchange(path, here, there)
        self._paint(edge, here)
        return True

    def _free(self, end: int) -> set[int]:
        return {c for c in range(self.n_colours) if self.at[end][c] == NOBODY}

    def _path(self, start: int, first: int, second: int) -> list[int]:
        """Follow two colours in turn from an end that has only the first of them."""
        found: list[int] = []
        end, colour = start, first
        while (edge := self.at[end][colour]) != NOBODY:
            found.append(edge)
            a, b = self.edges[edge]
            end = b if a == end else a
            colour = second if colour == first else first
        return found

    def _longer(self, big: int, small: int) -> list[int] | None:
        """Find a path of two colours with more edges of the first."""
        for end, colours in enumerate(self.at):
            if colours[big] != NOBODY and colours[small] == NOBODY:
                path = self._path(end, big, small)
                if len(path) % 2:
                    return path
        return None

    def _exchange(self, path: list[int], one: int, other: int) -> None:
        former = [self.colour[edge] for edge in path]
        for edge in path:
            self._rub_out(edge)
        for edge, colour in zip(path, former, strict=True):
            self._paint(edge, other if colour == one else one)

    def _paint(self, edge: int, colour: int) -> None:
        self.colour[edge] = colour
        self.size[colour] += 1
        for end in self.edges[edge]:
            self.at[end][colour] = edge

    def _rub_out(self, edge: int) -> None:
        colour = self.colour[edge]
        self.size[colour] -= 1
        for end in self.edges[edge]:
            self.at[end][colour] = NOBODY
