"""From a problem to arrays that a search reads, and back to meetings at tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from rendezvous.scheduling.listing import NOBODY, listed_of
from rendezvous.scheduling.problem import Candidate, Participant, Problem

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
PEOPLE, SEATS = 3, 4


@dataclass(frozen=True)
class Board:
    """A problem as arrays: what is still to decide, locked meetings taken out.

    A *resource* is what a meeting takes for a round: each of its participants and, when
    several hosts share one table, that table. Participants come first.

    Attributes
    ----------
    names : tuple of str
        Identifier of each participant.
    candidates : tuple of Candidate
        Those that may still take place.
    takes : ndarray of int, shape (n_candidates, 4)
        Resources: two or three participants, a shared table; ``NOBODY`` otherwise.
    value : ndarray, shape (n_candidates,)
    free : ndarray of bool, shape (n_resources, rounds)
        Whether a resource may be taken in a round.
    seated : ndarray of bool, shape (n_resources, rounds)
        Whether a locked meeting takes it.
    present : ndarray of bool, shape (n_resources, rounds)
    capacity : ndarray of int, shape (rounds,)
        Tables that remain in each round.
    least, most : ndarray of int, shape (n_participants,)
        Meetings still guaranteed, and still allowed.
    kind : ndarray of int, shape (n_participants,)
    least_of, most_of : ndarray of int, shape (n_participants, n_kinds)
        The same by kind that is met.
    buffer : ndarray of int, shape (n_resources,)
        Free rounds that a resource needs between two meetings.
    got : ndarray, shape (n_participants,)
        Value of the locked meetings.
    rounds_present : ndarray of int, shape (n_participants,)
    previous : ndarray of int, shape (n_candidates,)
        Round of the previous schedule, from 0; ``NOBODY`` without one.
    """

    problem: Problem
    names: tuple[str, ...]
    candidates: tuple[Candidate, ...]
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
    got: Floats
    previous: Integers

    @property
    def n_participants(self) -> int:
        """Count participants."""
        return len(self.names)

    @property
    def n_rounds(self) -> int:
        """Count rounds."""
        return len(self.capacity)

    @cached_property
    def rounds_present(self) -> Integers:
        """Count the rounds of presence of each participant."""
        found: Integers = self.present[: self.n_participants].sum(axis=1)
        return found

    @cached_property
    def room(self) -> Integers:
        """Count the meetings that each resource can still have."""
        step = self.buffer + 1
        room = -(-self.free.sum(axis=1) // step)
        room[: self.n_participants] = np.minimum(room[: self.n_participants], self.most)
        return np.asarray(room, dtype=np.int64)


def encode(problem: Problem) -> Board:
    """Turn a problem into arrays."""
    row = {one.id: position for position, one in enumerate(problem.participants)}
    shared = _shared_tables(problem)
    table_row = {table: len(row) + i for i, table in enumerate(shared)}
    listed = listed_of(problem, row)
    locked_rows = [[row[name] for name in one.ids] for one in problem.locked]
    present = _presence(problem, len(shared))
    seated = np.zeros_like(present)
    for one, rows in zip(problem.locked, locked_rows, strict=True):
        seated[rows, one.round - 1] = True
    kinds = sorted({one.kind for one in problem.participants})
    n_met = Counter(i for rows in locked_rows for i in rows)
    met = np.array([n_met[i] for i in range(len(row))], dtype=np.int64)
    least_of, most_of = _quotas(problem, kinds, locked_rows)
    people = problem.participants
    return Board(
        problem=problem,
        names=tuple(row),
        candidates=listed.candidates,
        takes=_takes(problem, listed.people, table_row),
        value=np.array([one.value for one in listed.candidates], dtype=np.float64),
        free=_free(problem, present, seated, table_row),
        seated=seated,
        present=present,
        capacity=_capacity(problem),
        least=np.maximum(0, _whole(problem.minimum_of(p) for p in people) - met),
        most=np.maximum(0, _whole(problem.maximum_of(p) for p in people) - met),
        kind=_whole(kinds.index(one.kind) for one in people),
        least_of=least_of,
        most_of=most_of,
        buffer=_buffers(problem, len(shared)),
        got=_got(problem, locked_rows),
        previous=listed.rounds_of(problem.previous, row),
    )


def _whole(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.int64)


def _shared_tables(problem: Problem) -> list[int]:
    hosts = Counter(one.table for one in problem.participants if one.table is not None)
    return sorted(table for table, n in hosts.items() if n > 1)


def _presence(problem: Problem, n_shared: int) -> Booleans:
    rows = [_rounds_there(problem, one) for one in problem.participants]
    rows += [[True] * problem.rounds] * n_shared
    return np.array(rows, dtype=bool).reshape(-1, problem.rounds)


def _rounds_there(problem: Problem, participant: Participant) -> list[bool]:
    rounds = range(1, problem.rounds + 1)
    return [problem.is_present(participant, round_) for round_ in rounds]


def _free(
    problem: Problem, present: Booleans, seated: Booleans, table_row: dict[int, int]
) -> Booleans:
    """Tell who may be seated where nothing is decided yet, the buffers apart."""
    free = present & ~seated
    free[:, : problem.open_from - 1] = False
    taken = {(one.round, one.table) for one in problem.locked} | problem.closed
    hosts: dict[int, list[int]] = {}
    for i, one in enumerate(problem.participants):
        if one.table is not None:
            hosts.setdefault(one.table, []).append(i)
    for round_, table in taken:
        if not 1 <= round_ <= problem.rounds:
            continue
        if table in hosts:
            free[hosts[table], round_ - 1] = False
        if table in table_row:
            free[table_row[table], round_ - 1] = False
    return _away_from_locked(problem, free, seated)


def _away_from_locked(problem: Problem, free: Booleans, seated: Booleans) -> Booleans:
    """Leave the buffer free around locked meetings."""
    for i, one in enumerate(problem.participants):
        if one.table is None and problem.buffer:
            for round_ in np.flatnonzero(seated[i]):
                start = max(0, round_ - problem.buffer)
                free[i, start : round_ + problem.buffer + 1] = False
    return free


def _capacity(problem: Problem) -> Integers:
    capacity = np.full(problem.rounds, problem.tables, dtype=np.int64)
    taken = {(one.round, one.table) for one in problem.locked} | problem.closed
    for round_, table in taken:
        if 1 <= round_ <= problem.rounds and 1 <= table <= problem.tables:
            capacity[round_ - 1] -= 1
    capacity[: problem.open_from - 1] = 0
    return capacity


def _takes(problem: Problem, people: Integers, table_row: dict[int, int]) -> Integers:
    """Add the table that hosts share to the people of each candidate."""
    shared = _whole(
        NOBODY if one.table is None else table_row.get(one.table, NOBODY)
        for one in problem.participants
    )
    table = np.full(len(people), NOBODY, dtype=np.int64)
    for rows in people.T:
        held = rows >= 0
        table[held] = np.maximum(table[held], shared[rows[held]])
    return np.column_stack([people, table])


def _quotas(
    problem: Problem, kinds: list[str], locked_rows: list[list[int]]
) -> tuple[Integers, Integers]:
    """Return what is still guaranteed and allowed with each kind."""
    n = len(problem.participants)
    least = np.zeros((n, len(kinds)), dtype=np.int64)
    most = np.full((n, len(kinds)), problem.rounds * 2, dtype=np.int64)
    for quota in problem.quotas:
        rows = [i for i, p in enumerate(problem.participants) if p.kind == quota.kind]
        if quota.other in kinds:
            other = kinds.index(quota.other)
            most_of = 2 * problem.rounds if quota.maximum is None else quota.maximum
            least[rows, other] = np.maximum(least[rows, other], quota.minimum)
            most[rows, other] = np.minimum(most[rows, other], most_of)
    for rows in locked_rows:
        for i, j in permutations(rows, 2):
            other = kinds.index(problem.participants[j].kind)
            least[i, other] -= 1
            most[i, other] -= 1
    return np.maximum(0, least), np.maximum(0, most)


def _buffers(problem: Problem, n_shared: int) -> Integers:
    own = [problem.buffer if one.table is None else 0 for one in problem.participants]
    return np.array(own + [0] * n_shared, dtype=np.int64)


def _got(problem: Problem, locked_rows: list[list[int]]) -> Floats:
    got = np.zeros(len(problem.participants))
    for one, rows in zip(problem.locked, locked_rows, strict=True):
        got[rows] += problem.values.get(frozenset(one.ids), 0.0)
    return got
