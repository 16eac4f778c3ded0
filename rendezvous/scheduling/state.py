"""A schedule being changed: what the search reads and writes, one meeting at a time.

Every change tells by how much the score moves, and is written in a journal, so that a
move made of several changes can be taken back. The score is the total value, minus what
is missing of guaranteed meetings, of the floor, and minus waiting; it is never summed
again, only moved.
"""

from typing import NamedTuple

import numpy as np

from rendezvous.scheduling.compiled import compiled
from rendezvous.scheduling.encoding import (
    PEOPLE,
    SEATS,
    Board,
    Booleans,
    Floats,
    Integers,
)
from rendezvous.scheduling.listing import NOBODY

SHORT, UNDER_FLOOR, IDLE, MOVED, UNEVEN, SPREAD = range(6)
N_WEIGHTS = 6
REMOVED, INSERTED = 0, 1


class State(NamedTuple):
    """Arrays of a search: those of the board, then those that change.

    Attributes
    ----------
    weight : ndarray, shape (6,)
        What a missing meeting, a missing unit of value under the floor, an idle round,
        a meeting away from its previous round and an uneven break cost; then the
        breaks that a participant may have at no cost.
    floor : ndarray, shape (n_participants,)
        Value that each is to reach.
    first, choices : ndarray of int
        ``choices[first[i]:first[i + 1]]``: candidates of participant ``i``, best first.
    round_of : ndarray of int, shape (n_candidates,)
        From 0; ``NOBODY`` when not chosen.
    at : ndarray of int, shape (n_resources, rounds)
        The candidate that takes a resource in a round.
    held, place : ndarray of int
        Candidates chosen in each round, and where each stands there.
    met : ndarray of int, shape (n, n) or (1, 1)
        Whether two people meet; only kept where there are tables of three.
    """

    takes: Integers
    value: Floats
    free: Booleans
    seated: Booleans
    present: Booleans
    capacity: Integers
    least: Integers
    most: Integers
    kind: Integers
    least_of: Integers
    most_of: Integers
    buffer: Integers
    previous: Integers
    weight: Floats
    floor: Floats
    first: Integers
    choices: Integers
    round_of: Integers
    at: Integers
    degree: Integers
    degree_of: Integers
    got: Floats
    load: Integers
    held: Integers
    place: Integers
    met: Integers
    partner: Integers
    mark: Integers
    queue: Integers
    journal: Integers
    counter: Integers


N_COUNTERS = 3
LOGGED, STAMP, RANDOM = range(N_COUNTERS)


def new_state(board: Board, weight: Floats, floor: Floats, seed: int) -> State:
    """Start from nothing chosen."""
    n, n_candidates = board.n_participants, len(board.candidates)
    n_resources, n_rounds = board.free.shape
    has_triples = bool(n_candidates and (board.takes[:, 2] >= 0).any())
    first, choices = _choices(board)
    return State(
        board.takes, board.value, board.free, board.seated, board.present,
        board.capacity, board.least, board.most, board.kind, board.least_of,
        board.most_of, board.buffer, board.previous, weight, floor, first, choices,
        round_of=np.full(n_candidates, NOBODY, dtype=np.int64),
        at=np.full((n_resources, n_rounds), NOBODY, dtype=np.int64),
        degree=np.zeros(n_resources, dtype=np.int64),
        degree_of=np.zeros(board.least_of.shape, dtype=np.int64),
        got=board.got.copy(),
        load=np.zeros(n_rounds, dtype=np.int64),
        held=np.zeros((n_rounds, max(1, int(board.capacity.max(initial=0)))), np.int64),
        place=np.zeros(n_candidates, dtype=np.int64),
        met=np.zeros((n, n) if has_triples else (1, 1), dtype=np.int64),
        partner=_partners(board),
        mark=np.zeros(n_candidates, dtype=np.int64),
        queue=np.zeros(n_candidates + 1, dtype=np.int64),
        journal=np.zeros((4 * n_candidates + 64, 3), dtype=np.int64),
        counter=np.array([0, 0, 1 + seed % 2147483646], dtype=np.int64),
    )  # fmt: skip


def _choices(board: Board) -> tuple[Integers, Integers]:
    """List the candidates of each participant, the most valued first."""
    rows, columns = np.nonzero(board.takes[:, :3] >= 0)
    people = board.takes[rows, columns]
    order = np.lexsort((rows, -board.value[rows], people))
    counts = np.bincount(people, minlength=board.n_participants)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), rows[order]


def _partners(board: Board) -> Integers:
    """Tell which candidate two people make, for pairing up those left over."""
    n = board.n_participants
    partner = np.full((n, n), NOBODY, dtype=np.int64)
    pairs = np.flatnonzero(board.takes[:, 2] < 0)
    a, b = board.takes[pairs, 0], board.takes[pairs, 1]
    partner[a, b] = partner[b, a] = pairs
    return partner


@compiled
def draw(s: State, n: int) -> int:
    """Draw a whole number below ``n``: Park and Miller's generator."""
    s.counter[RANDOM] = s.counter[RANDOM] * 48271 % 2147483647
    return int(s.counter[RANDOM] % n)


@compiled
def uniform(s: State) -> float:
    """Draw a number between 0 and 1, both excluded."""
    s.counter[RANDOM] = s.counter[RANDOM] * 48271 % 2147483647
    return float(s.counter[RANDOM] / 2147483647.0)


@compiled
def waiting(s: State, i: int) -> float:
    """Return what the idle rounds and the breaks of one participant cost."""
    idle, pending, breaks, has_met = 0, 0, 0, False
    gap = False
    for r in range(s.at.shape[1]):
        if s.at[i, r] >= 0 or s.seated[i, r]:
            if has_met and gap:
                idle += pending
                breaks += 1
            pending, gap, has_met = 0, False, True
        else:
            gap = True
            pending += s.present[i, r]
    excess = max(0.0, breaks - s.weight[SPREAD])
    return float(s.weight[IDLE] * idle + s.weight[UNEVEN] * excess)


@compiled
def lacking(s: State, i: int) -> float:
    """Return what one participant's lacks cost: meetings, floor, waiting."""
    cost = float(s.weight[SHORT] * max(0, s.least[i] - s.degree[i]))
    for k in range(s.least_of.shape[1]):
        cost += s.weight[SHORT] * max(0, s.least_of[i, k] - s.degree_of[i, k])
    if s.floor[i] > s.got[i]:
        cost += s.weight[UNDER_FLOOR] * (s.floor[i] - s.got[i])
    if s.weight[IDLE] > 0 or s.weight[UNEVEN] > 0:
        cost += waiting(s, i)
    return cost


@compiled
def lacking_of(s: State, e: int) -> float:
    """Sum what the lacks of those who take part in a meeting cost."""
    cost = 0.0
    for seat in range(PEOPLE):
        if s.takes[e, seat] >= 0:
            cost += lacking(s, int(s.takes[e, seat]))
    return cost


@compiled
def write_meeting(s: State, e: int, r: int, way: int) -> None:
    """Write a meeting in (way 1) or out (way -1) of the rows of those it concerns."""
    for seat in range(SEATS):
        i = s.takes[e, seat]
        if i >= 0:
            s.at[i, r] = e if way > 0 else NOBODY
            s.degree[i] += way
            if seat < PEOPLE:
                s.got[i] += way * s.value[e]
                write_others(s, e, i, way)


@compiled
def write_others(s: State, e: int, i: int, way: int) -> None:
    """Count whom one participant meets there, by kind and, if needed, by name."""
    for seat in range(PEOPLE):
        j = s.takes[e, seat]
        if j >= 0 and j != i:
            s.degree_of[i, s.kind[j]] += way
            if s.met.shape[0] > 1:
                s.met[i, j] += way


@compiled
def put(s: State, e: int, r: int) -> None:
    """Choose a candidate for a round where it fits."""
    s.round_of[e] = r
    s.place[e] = s.load[r]
    s.held[r, s.load[r]] = e
    s.load[r] += 1
    write_meeting(s, e, r, 1)


@compiled
def take(s: State, e: int) -> None:
    """Give a chosen candidate up."""
    r = s.round_of[e]
    s.round_of[e] = NOBODY
    s.load[r] -= 1
    last = s.held[r, s.load[r]]
    s.held[r, s.place[e]] = last
    s.place[last] = s.place[e]
    write_meeting(s, e, r, -1)


@compiled
def bonus(s: State, e: int, r: int) -> float:
    """Return what staying in the previous round is worth."""
    return float(s.weight[MOVED]) if s.previous[e] == r else 0.0


@compiled
def log(s: State, what: int, e: int, r: int) -> None:
    """Write a change down, to take it back."""
    row = s.counter[LOGGED]
    s.journal[row, 0] = what
    s.journal[row, 1] = e
    s.journal[row, 2] = r
    s.counter[LOGGED] = row + 1


@compiled
def insert(s: State, e: int, r: int) -> float:
    """Choose a candidate, and return by how much the score moves."""
    before = lacking_of(s, e)
    put(s, e, r)
    log(s, INSERTED, e, r)
    return float(s.value[e] + bonus(s, e, r) + before - lacking_of(s, e))


@compiled
def remove(s: State, e: int) -> float:
    """Give a candidate up, and return by how much the score moves."""
    r = s.round_of[e]
    before = lacking_of(s, e)
    take(s, e)
    log(s, REMOVED, e, r)
    return float(before - lacking_of(s, e) - s.value[e] - bonus(s, e, r))


@compiled
def undo(s: State) -> None:
    """Take the changes of the journal back, the last first."""
    while s.counter[LOGGED] > 0:
        s.counter[LOGGED] -= 1
        row = s.counter[LOGGED]
        if s.journal[row, 0] == INSERTED:
            take(s, s.journal[row, 1])
        else:
            put(s, s.journal[row, 1], s.journal[row, 2])
