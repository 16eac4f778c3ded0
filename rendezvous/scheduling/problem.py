"""A session to schedule, and what is handed back: frozen, without Django, without a clock.

Rounds and tables are counted from 1. A *meeting* puts two participants (or three, at a
table of three) at a table during a round; a *candidate* is a meeting that may take
place, with its mutual value. Whoever is not among the candidates never meets.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from math import inf

from rendezvous.scheduling.lookup import Values

Pair = frozenset[str]
Facts = dict[str, int | float | str | tuple[str, ...]]
Deadline = Callable[[], float]


def no_deadline() -> float:
    """Tell that all the time in the world is left: a deadline gives the seconds left."""
    return inf


@dataclass(frozen=True)
class Participant:
    """Somebody who comes.

    Attributes
    ----------
    id, kind : str
        ``kind`` is free: only its equality matters.
    first, last : int
        First and last round present; ``None``: until the end.
    table : int, optional
        The table that a host keeps.
    minimum, maximum : int, optional
        Meetings of this participant; those of the problem when not given.
    away : frozenset of int
        Rounds missed between the first and the last.
    """

    id: str
    kind: str = ""
    first: int = 1
    last: int | None = None
    table: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meeting that may take place: two or three identifiers, and its mutual value."""

    ids: tuple[str, ...]
    value: float


@dataclass(frozen=True, order=True)
class Meeting:
    """Who sits where, and when."""

    round: int
    table: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """How many participants of one kind each participant of another kind meets."""

    kind: str
    other: str
    minimum: int = 0
    maximum: int | None = None


@dataclass(frozen=True)
class Problem:
    """A session to schedule.

    Attributes
    ----------
    rounds, tables : int
        Rounds of the session, tables of the room.
    participants : tuple of Participant
    candidates : tuple of Candidate
        Pairs and, for tables of three, triples.
    forbidden : frozenset of pairs
        Absolute noes, whoever said them.
    kinds : frozenset of frozenset of str, optional
        Kinds that may meet (``frozenset({"company"})``: companies among themselves);
        ``None``: all.
    minimum, maximum : int
        Meetings guaranteed to each, and at most; ``None``: as many as there are rounds.
    quotas : tuple of Quota
        The same by kind that is met.
    locked : tuple of Meeting
        Kept as they are.
    previous : tuple of Meeting
        The schedule to stay close to.
    open_from : int
        First round that may change: in those before, only ``locked`` takes place.
    closed : frozenset of (round, table)
        Tables that cannot be used.
    buffer : int
        Rounds that a participant without a table needs, free, between two meetings.
    spread : int, optional
        Difference of breaks between two participants that the schedule aims at.
    floor : float
        Share of the highest possible worst-off value that each is to reach, 0 to 1.
    waiting : float
        What one idle round costs, as a share of the highest value of a meeting; 0: value
        comes first, and waiting is only shortened where that costs nothing.
    """

    rounds: int
    tables: int
    participants: tuple[Participant, ...]
    candidates: tuple[Candidate, ...] = ()
    forbidden: frozenset[Pair] = frozenset()
    kinds: frozenset[frozenset[str]] | None = None
    minimum: int = 0
    maximum: int | None = None
    quotas: tuple[Quota, ...] = ()
    locked: tuple[Meeting, ...] = ()
    previous: tuple[Meeting, ...] = ()
    open_from: int = 1
    closed: frozenset[tuple[int, int]] = frozenset()
    buffer: int = 0
    spread: int | None = None
    floor: float = 0.0
    waiting: float = 0.0

    @cached_property
    def by_id(self) -> dict[str, Participant]:
        """Participants by identifier."""
        return {one.id: one for one in self.participants}

    @cached_property
    def values(self) -> Values:
        """Mutual value of each candidate, by who takes part."""
        return Values((one.ids, one.value) for one in self.candidates)

    def minimum_of(self, participant: Participant) -> int:
        """Return how many meetings a participant is guaranteed."""
        own = participant.minimum
        return self.minimum if own is None else own

    def maximum_of(self, participant: Participant) -> int:
        """Return how many meetings a participant has at most."""
        own = self.maximum if participant.maximum is None else participant.maximum
        return self.rounds if own is None else min(own, self.rounds)

    def is_present(self, participant: Participant, round_: int) -> bool:
        """Tell whether a participant is there during a round."""
        last = self.rounds if participant.last is None else participant.last
        return participant.first <= round_ <= last and round_ not in participant.away

    def may_meet(self, ids: Iterable[str]) -> bool:
        """Tell whether kinds and noes let these people share a table."""
        return all(self.may_pair(a, b) for a, b in combinations(ids, 2))

    def may_pair(self, a: str, b: str) -> bool:
        """Tell whether kinds and noes let two people meet."""
        kinds = frozenset((self.by_id[a].kind, self.by_id[b].kind))
        return (self.kinds is None or kinds in self.kinds) and (
            frozenset((a, b)) not in self.forbidden
        )


class Status(StrEnum):
    """What is known of a schedule.

    ``INFEASIBLE``: the guaranteed minimum is proven out of reach; the schedule is the
    best found nevertheless.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Worst:
    """The participant who gets least, in value for each round of presence.

    ``ceiling`` is the highest that anybody could make of this figure.
    """

    id: str
    value: float
    ceiling: float


@dataclass(frozen=True)
class Shortfall:
    """Guaranteed meetings that a participant does not have."""

    id: str
    missing: int


@dataclass(frozen=True)
class Reason:
    """Why something is impossible: a code and its numbers, phrased by who shows them."""

    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What differs for a participant between the previous schedule and this one."""

    id: str
    before: tuple[Meeting, ...]
    after: tuple[Meeting, ...]


@dataclass(frozen=True)
class Solution:
    """A schedule, and what is proven about it.

    ``value`` and ``bound`` count the whole session, locked meetings included. ``moves``
    are those that the search made: the same number from the same seed gives the same
    schedule; ``is_stopped`` tells that time ran out before the number asked for.
    """

    status: Status
    value: float
    bound: float
    meetings: tuple[Meeting, ...]
    breaks: int = 0
    idle: int = 0
    worst: Worst | None = None
    short: tuple[Shortfall, ...] = ()
    changed: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    moves: int = 0
    is_stopped: bool = False

    @property
    def gap_pct(self) -> float:
        """Return how far below the bound the value is, in percent of the bound."""
        if self.bound <= 0:
            return 0.0
        return max(0.0, 100 * (self.bound - self.value) / self.bound)
