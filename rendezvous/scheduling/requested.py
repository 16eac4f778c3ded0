"""Requested meetings to place in slots: the problem, and whether an answer keeps its rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rendezvous.scheduling.problem import Meeting, Reason, Status

UNEVEN = 2


@dataclass(frozen=True)
class Request:
    """A meeting that two participants asked for, and the slots that suit it, from 1."""

    ids: tuple[str, str]
    slots: frozenset[int]


@dataclass(frozen=True)
class RequestedMeetings:
    """A day of requested meetings.

    Attributes
    ----------
    slots, tables : int
    requests : tuple of Request
    away : dict of str to frozenset of int
        Slots in which a participant does not meet.
    """

    slots: int
    tables: int
    requests: tuple[Request, ...]
    away: dict[str, frozenset[int]]

    def slots_of(self, request: Request) -> list[int]:
        """Return the slots in which a request may take place."""
        gone = frozenset().union(*(self.away.get(i, frozenset()) for i in request.ids))
        return sorted(request.slots - gone)


@dataclass(frozen=True)
class Arrangement:
    """When each requested meeting takes place, its breaks, and how few there could be."""

    status: Status
    meetings: tuple[Meeting, ...]
    breaks: int | None
    bound: int
    reasons: tuple[Reason, ...] = ()


def breaks_of(meetings: Sequence[Meeting]) -> dict[str, int]:
    """Count the breaks of each participant."""
    busy: dict[str, list[int]] = {}
    for one in sorted(meetings):
        for name in one.ids:
            busy.setdefault(name, []).append(one.round)
    return {
        name: sum(after - before > 1 for before, after in pairwise(slots))
        for name, slots in busy.items()
    }


def broken_rules(
    problem: RequestedMeetings, meetings: Sequence[Meeting]
) -> tuple[str, ...]:
    """Return the rules that an arrangement breaks; shares nothing with the solver."""
    asked = {frozenset(one.ids): problem.slots_of(one) for one in problem.requests}
    people = Counter((one.round, name) for one in meetings for name in one.ids)
    tables = Counter((one.round, one.table) for one in meetings)
    breaks = breaks_of(meetings)
    everybody = {name for one in problem.requests for name in one.ids}
    counts = [breaks.get(name, 0) for name in everybody]
    broken = {
        "requests": sorted(sorted(one.ids) for one in meetings)
        != sorted(sorted(one.ids) for one in problem.requests),
        "slots": any(
            one.round not in asked.get(frozenset(one.ids), ()) for one in meetings
        ),
        "tables": any(not 1 <= one.table <= problem.tables for one in meetings),
        "person_twice": any(times > 1 for times in people.values()),
        "table_twice": any(times > 1 for times in tables.values()),
        "uneven": max(counts, default=0) - min(counts, default=0) > UNEVEN,
    }
    return tuple(rule for rule, is_so in broken.items() if is_so)
