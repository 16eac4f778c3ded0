"""What no schedule exceeds: in value, for the worst-off, in guaranteed meetings."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from rendezvous.scheduling.ceilings import Ceiling, ceiling_of
from rendezvous.scheduling.encoding import Board, Floats, Integers
from rendezvous.scheduling.programs import (
    best_total,
    first_columns,
    least_shortage,
    rules_of,
    with_minima,
)

NEGLIGIBLE = 1e-6


@dataclass(frozen=True)
class Bounds:
    """What is proven of a session before it is scheduled.

    Attributes
    ----------
    value : float
        No schedule is worth more, whatever it guarantees; locked meetings included.
    kept_value : float
        No schedule that keeps every guaranteed minimum is worth more.
    shortage : int
        Guaranteed meetings that are missing in any schedule.
    ceiling : Ceiling
        The highest value, for each round of presence, of the worst-off.
    locked_value : float
        What is already decided is worth.
    chosen : ndarray, optional
        How much of each candidate the linear program takes, guaranteed minima kept.
    """

    value: float
    kept_value: float
    shortage: int
    ceiling: Ceiling
    locked_value: float = 0.0
    chosen: Floats | None = None

    def of(self, n_short: int) -> float:
        """Return the bound that holds for a schedule short of so many meetings."""
        return self.value if n_short else self.kept_value


def bounds_of(board: Board, start: Integers, *, with_worst: bool = True) -> Bounds:
    """Bound a session; a first schedule (rounds of the candidates) speeds it up.

    Without ``with_worst``, nobody is compared, and the ceiling is 0.
    """
    locked = _locked_value(board)
    if not len(board.candidates):
        shortage = int(np.maximum(board.least, board.least_of.sum(axis=1)).sum())
        return Bounds(locked, locked, shortage, _nobody(board), locked)
    columns = first_columns(board, np.flatnonzero(start >= 0))
    plain = rules_of(board)
    free = best_total(board, plain, columns)
    total = locked + (free.bound if free else 0.0)
    kept = total
    shortage, best = 0, free
    if board.least.any() or board.least_of.any():
        promised = best_total(board, with_minima(board, plain), columns)
        if promised is None:
            shortage = ceil(least_shortage(board) - NEGLIGIBLE)
        else:
            kept = min(total, locked + promised.bound)
            best = promised
    ceiling = ceiling_of(board, plain, columns) if with_worst else _nobody(board)
    chosen = best.chosen if best else None
    return Bounds(total, kept, shortage, ceiling, locked, chosen)


def _nobody(board: Board) -> Ceiling:
    return Ceiling(0.0, np.zeros(board.n_participants, dtype=bool))


def _locked_value(board: Board) -> float:
    values = board.problem.values
    return sum(values.get(frozenset(one.ids), 0.0) for one in board.problem.locked)
