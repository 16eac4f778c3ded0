"""Parts of a schedule that stay as they are, and the rest to decide again around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rendezvous.scheduling.check import Violation, check
from rendezvous.scheduling.problem import Meeting, Participant, Problem


@dataclass(frozen=True)
class Kept:
    """What must not change.

    Attributes
    ----------
    places : frozenset of (round, table)
        Meetings.
    rounds, tables : frozenset of int
        Whole rounds, whole tables: nothing is added there.
    ids : frozenset of str
        People whose whole programme stays, its free rounds included.
    """

    places: frozenset[tuple[int, int]] = frozenset()
    rounds: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()
    ids: frozenset[str] = frozenset()

    def holds(self, meeting: Meeting) -> bool:
        """Tell whether a meeting is to stay."""
        return (
            (meeting.round, meeting.table) in self.places
            or meeting.round in self.rounds
            or meeting.table in self.tables
            or not self.ids.isdisjoint(meeting.ids)
        )

    def closes(self, round_: int, table: int) -> bool:
        """Tell whether a place that is free stays so."""
        return round_ in self.rounds or table in self.tables


def around(
    problem: Problem, meetings: Sequence[Meeting], kept: Kept
) -> tuple[Problem, int]:
    """Return what is left to decide, and how many meetings could not be kept.

    A meeting that breaks a rule by now (somebody left, or wants it no more) is not kept.
    """
    wanted = [one for one in meetings if kept.holds(one)]
    locked = allowed(problem, wanted)
    taken = {(one.round, one.table) for one in locked}
    closed = {
        (round_, table)
        for round_ in range(1, problem.rounds + 1)
        for table in range(1, problem.tables + 1)
        if kept.closes(round_, table) and (round_, table) not in taken
    }
    left = replace(
        problem,
        participants=tuple(
            _staying(problem, one, kept, locked) for one in problem.participants
        ),
        locked=locked,
        closed=problem.closed | closed,
    )
    return left, len(wanted) - len(locked)


def allowed(problem: Problem, meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Leave out of some meetings those that break a rule, and nothing more."""
    bare = replace(problem, locked=())
    left = sorted(meetings)
    while found := check(bare, left):
        broken = [one for one in left if _concerns(found[0], one)]
        # Of meetings that exclude each other, the first ones stay.
        left.remove(broken[-1])
    return tuple(left)


def _concerns(violation: Violation, meeting: Meeting) -> bool:
    if violation.table:
        return (violation.round, violation.table) == (meeting.round, meeting.table)
    if violation.round and violation.round != meeting.round:
        return False
    return set(violation.ids) <= set(meeting.ids)


def _staying(
    problem: Problem, one: Participant, kept: Kept, locked: Sequence[Meeting]
) -> Participant:
    """Keep the free rounds of somebody free, where their whole programme stays."""
    if one.id not in kept.ids:
        return one
    busy = {meeting.round for meeting in locked if one.id in meeting.ids}
    free = set(range(1, problem.rounds + 1)) - busy
    return replace(one, away=one.away | free)
