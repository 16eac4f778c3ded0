"""What a hand does to a schedule: move, exchange, remove, add; nothing is solved.

A gesture returns the meetings as they would be. Whether they may is for ``check`` to say.
"""

from collections.abc import Sequence
from dataclasses import replace

from rendezvous.scheduling.problem import Meeting

Place = tuple[int, int]
Meetings = tuple[Meeting, ...]


class NoSuchMeetingError(Exception):
    """Nothing takes place there, or that person is not there."""


def at(meetings: Sequence[Meeting], place: Place) -> Meeting:
    """Return the meeting of a round at a table.

    Raises
    ------
    NoSuchMeetingError
        If the table is free.
    """
    for one in meetings:
        if (one.round, one.table) == place:
            return one
    raise NoSuchMeetingError


def moved(meetings: Sequence[Meeting], start: Place, goal: Place) -> Meetings:
    """Move a meeting; the one that is there, if any, takes its place.

    >>> moved((Meeting(1, 1, ("a", "b")),), (1, 1), (3, 2))
    (Meeting(round=3, table=2, ids=('a', 'b')),)
    """
    at(meetings, start)
    goes = {goal: start, start: goal}
    return tuple(
        sorted(
            Meeting(*goes.get((one.round, one.table), (one.round, one.table)), one.ids)
            for one in meetings
        )
    )


def exchanged(
    meetings: Sequence[Meeting], one: tuple[Place, str], other: tuple[Place, str]
) -> Meetings:
    """Let two people of two meetings take each other's seat."""
    (start, name), (goal, another) = one, other
    here, there = at(meetings, start), at(meetings, goal)
    if name not in here.ids or another not in there.ids or here == there:
        raise NoSuchMeetingError
    rest = [m for m in meetings if m not in (here, there)]
    put = [_seated(here, name, another), _seated(there, another, name)]
    return tuple(sorted(rest + put))


def removed(meetings: Sequence[Meeting], place: Place) -> Meetings:
    """Give a meeting up."""
    gone = at(meetings, place)
    return tuple(sorted(one for one in meetings if one != gone))


def added(meetings: Sequence[Meeting], new: Meeting) -> Meetings:
    """Add a meeting, even where there is one: ``check`` says so."""
    return tuple(sorted([*meetings, replace(new, ids=tuple(sorted(new.ids)))]))


def free_table(
    meetings: Sequence[Meeting], round_: int, tables: int, wanted: int = 0
) -> int:
    """Return the wanted table, where it is free, or the first one that is.

    Without any, the wanted one: whoever is there changes places.
    """
    taken = {one.table for one in meetings if one.round == round_}
    if wanted and wanted not in taken:
        return wanted
    first = next((table for table in range(1, tables + 1) if table not in taken), 0)
    return first or wanted or tables + 1


def difference(
    before: Sequence[Meeting], after: Sequence[Meeting]
) -> tuple[Meetings, Meetings]:
    """Return what goes, then what comes, from one to the other."""
    left, right = set(before), set(after)
    return tuple(sorted(left - right)), tuple(sorted(right - left))


def _seated(meeting: Meeting, gone: str, come: str) -> Meeting:
    ids = tuple(sorted((set(meeting.ids) - {gone}) | {come}))
    return replace(meeting, ids=ids)
