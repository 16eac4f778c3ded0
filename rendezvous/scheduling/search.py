"""A search under way: a state, the best found so far, moves in blocks that time may stop."""

from dataclasses import dataclass, field

import numpy as np

from rendezvous.scheduling.annealing import anneal
from rendezvous.scheduling.bulk import put_all, waiting_of_all
from rendezvous.scheduling.compiled import is_compiled
from rendezvous.scheduling.encoding import Board, Floats, Integers
from rendezvous.scheduling.problem import Deadline
from rendezvous.scheduling.state import (
    IDLE,
    MOVED,
    N_WEIGHTS,
    SHORT,
    SPREAD,
    UNDER_FLOOR,
    UNEVEN,
    State,
    new_state,
)

# In units of the highest value of a meeting.
SHORT_COST, STABILITY = 10.0, 2.0
FLOOR_COST = 10.0  # for each unit of value under a floor
UNEVEN_COST = 5.0  # in idle rounds
HOT, COLD = 0.04, 0.0015  # of the highest value of a meeting
TIDY_HOT, TIDY_COLD = 0.6, 0.06  # in idle rounds
VALUE_MIX = (75, 12)  # placed and exchanged, of a hundred moves
JOINT_MIX = (60, 30)
TIDY_MIX = (0, 100)
BLOCK, SLOW_BLOCK = 100_000, 500


@dataclass
class Search:
    """What a search knows.

    Attributes
    ----------
    state : State
    best : ndarray of int
        Rounds of the candidates in the best schedule so far.
    highest : float
        The highest value of a meeting.
    key : tuple of float
        How good it is: less missing, more value above the floors, less waiting.
    moves : int
        Moves made.
    is_stopped : bool
        Whether the deadline passed.
    """

    board: Board
    state: State
    deadline: Deadline
    best: Integers
    highest: float
    key: tuple[float, ...] = ()
    moves: int = 0
    is_stopped: bool = field(default=False)

    @classmethod
    def of(
        cls, board: Board, start: Integers, floor: Floats, seed: int, deadline: Deadline
    ) -> "Search":
        """Begin from a first schedule."""
        highest = float(board.value.max(initial=0.0)) or 1.0
        state = new_state(board, _weights(board, highest), floor, seed)
        search = cls(board, state, deadline, start.copy(), highest)
        search.load(start)
        search.key = search.current_key()
        return search

    def load(self, rounds: Integers) -> None:
        """Put a schedule in place of the current one."""
        s = self.state
        s.round_of[:], s.at[:] = -1, -1
        s.degree[:], s.degree_of[:], s.load[:], s.met[:] = 0, 0, 0, 0
        s.got[:] = self.board.got
        put_all(s, rounds)

    @property
    def value(self) -> float:
        """Return the value of the best schedule, locked meetings apart from it."""
        return float(self.state.value[self.best >= 0].sum())

    def current_key(self) -> tuple[float, ...]:
        """Tell how good the current schedule is; greater is better."""
        s, n = self.state, self.board.n_participants
        short = np.maximum(0, s.least - s.degree[:n]).sum()
        short += np.maximum(0, s.least_of - s.degree_of).sum()
        under = np.maximum(0, s.floor - s.got).sum() * s.weight[UNDER_FLOOR]
        chosen = s.round_of >= 0
        stay = (chosen & (s.round_of == s.previous)).sum() * s.weight[MOVED]
        value = s.value[chosen].sum() + stay - under
        waited = self.waiting_cost()
        return -float(short), round(float(value - self.price * waited), 9), -waited

    @property
    def price(self) -> float:
        """Return what an idle round costs, in value."""
        return self.board.problem.waiting * self.highest

    def waiting_cost(self) -> float:
        """Return what idle rounds and uneven breaks cost now."""
        s = self.state
        before = s.weight[[IDLE, UNEVEN]].copy()
        s.weight[[IDLE, UNEVEN]] = 1.0, UNEVEN_COST
        cost = waiting_of_all(s)
        s.weight[[IDLE, UNEVEN]] = before
        return float(cost)

    def improve_value(self, n_moves: int) -> None:
        """Look for more value, less missing, higher floors."""
        highest, price = self.highest, self.price
        self.state.weight[[IDLE, UNEVEN]] = price, UNEVEN_COST * price
        mix = JOINT_MIX if price else VALUE_MIX
        self.run(n_moves, HOT * highest, COLD * highest, mix)
        self.state.weight[[IDLE, UNEVEN]] = 0.0

    def tidy(self, n_moves: int) -> None:
        """Bring the meetings of each closer together, the same meetings kept."""
        self.state.weight[[IDLE, UNEVEN]] = 1.0, UNEVEN_COST
        self.run(n_moves, TIDY_HOT, TIDY_COLD, TIDY_MIX)
        self.state.weight[[IDLE, UNEVEN]] = 0.0

    def run(self, n_moves: int, hot: float, cold: float, mix: tuple[int, int]) -> None:
        """Make moves from hot to cold, then keep the result if it is better."""
        block = BLOCK if is_compiled() else SLOW_BLOCK
        done, ratio = 0, cold / hot
        while done < n_moves and not self.is_stopped:
            step = min(block, n_moves - done)
            start = hot * ratio ** (done / n_moves)
            end = hot * ratio ** ((done + step) / n_moves)
            anneal(self.state, step, (start, end), mix)
            done += step
            self.is_stopped = self.deadline() <= 0
        self.moves += done
        self.keep()

    def keep(self) -> None:
        """Remember the current schedule when it is the best, go back to it otherwise."""
        key = self.current_key()
        if key > self.key:
            self.key, self.best = key, self.state.round_of.copy()
        else:
            self.load(self.best)


def _weights(board: Board, highest: float) -> Floats:
    weight = np.zeros(N_WEIGHTS)
    weight[SHORT] = SHORT_COST * highest
    weight[UNDER_FLOOR] = FLOOR_COST
    weight[MOVED] = STABILITY * max(1.0, highest) if board.problem.previous else 0.0
    spread = board.problem.spread
    weight[SPREAD] = board.n_rounds if spread is None else spread
    return weight
