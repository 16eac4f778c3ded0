"""The day itself: who is there when, and what is left of a session to schedule.

``rest_of_day`` states the problem from what is known in the room; ``replan`` solves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from rendezvous.scheduling.problem import Candidate, Meeting, Participant, Problem
from rendezvous.scheduling.replanning import replanned
from rendezvous.scheduling.stay import Rounds


@dataclass(frozen=True)
class Today:
    """What is known in the room.

    Attributes
    ----------
    published : tuple of Meeting
        The programme that everybody follows.
    next_round : int
        First round that may still change.
    presence : mapping
        Rounds of presence by participant; who is not named comes as registered.
    lost : mapping
        Tables lost, each with its first lost round.
    group : mapping
        Organisation of each participant: two organisations meet once, whoever comes.
    kind : mapping
        Kind of each, for those of ``published`` who are not in the problem any more.
    """

    published: tuple[Meeting, ...] = ()
    next_round: int = 1
    presence: Mapping[str, Rounds] = field(default_factory=dict)
    lost: Mapping[int, int] = field(default_factory=dict)
    group: Mapping[str, int] = field(default_factory=dict)
    kind: Mapping[str, str] = field(default_factory=dict)


def rest_of_day(problem: Problem, today: Today) -> Problem:
    """State what is left to schedule: what has begun is locked, the rest may change."""
    people = tuple(_narrowed(one, today) for one in problem.participants)
    stated = replace(
        problem,
        participants=people + _gone(problem, today),
        candidates=_at_home(problem.candidates, people, today),
        closed=problem.closed | _closed(problem, today),
        tables=_tables(problem, today),
    )
    kept = (one for one in problem.locked if _all_there(stated, one))
    return replanned(
        replace(stated, locked=tuple(kept)),
        today.published,
        next_round=today.next_round,
        missing={one.id for one in stated.participants if not _returns(one, today)},
        lost_tables=_lost_next(today),
    )


def _narrowed(one: Participant, today: Today) -> Participant:
    """Keep the rounds of a participant during which somebody is there."""
    there = today.presence.get(one.id)
    if there is None:
        return one
    first, last = min(there, default=1), max(there, default=0)
    away = frozenset(range(first, last + 1)) - there
    return replace(one, first=first, last=last, away=away)


def _gone(problem: Problem, today: Today) -> tuple[Participant, ...]:
    """Those who withdrew since: the past names them, nothing else does."""
    named = {name for one in today.published for name in one.ids}
    return tuple(
        Participant(name, today.kind.get(name, ""), last=0, minimum=0)
        for name in sorted(named - problem.by_id.keys())
    )


def _at_home(
    candidates: tuple[Candidate, ...], people: tuple[Participant, ...], today: Today
) -> tuple[Candidate, ...]:
    """Give each meeting to those who sit there already, else to who is there."""
    stays = {one.id: one for one in people}
    beside: dict[int, list[str]] = {}
    for one in people:
        if one.id in today.group:
            beside.setdefault(today.group[one.id], []).append(one.id)
    shared = {name for names in beside.values() if len(names) > 1 for name in names}
    if not shared:
        return candidates
    seated = {
        frozenset(today.group.get(name, -1) for name in one.ids): one.ids
        for one in today.published
        if all(name in stays for name in one.ids)
        and (
            one.round < today.next_round
            or all(_returns(stays[name], today) for name in one.ids)
        )
    }

    def stand_in(name: str) -> str:
        if name not in shared or _returns(stays[name], today):
            return name
        others = beside[today.group[name]]
        there = (other for other in others if _returns(stays[other], today))
        return next(there, name)

    def home(one: Candidate) -> Candidate:
        groups = frozenset(today.group.get(name, -1) for name in one.ids)
        if shared.isdisjoint(one.ids) or -1 in groups or len(groups) < len(one.ids):
            return one
        ids = seated.get(groups) or tuple(stand_in(name) for name in one.ids)
        return replace(one, ids=ids)

    return tuple(home(one) for one in candidates)


def _returns(one: Participant, today: Today) -> bool:
    """Tell whether somebody is there in a round that may still change."""
    last = today.next_round if one.last is None else one.last
    return max(one.first, today.next_round) <= last


def _tables(problem: Problem, today: Today) -> int:
    """A room that lost its last tables had them when the day began."""
    return max((problem.tables, *(one.table for one in today.published)))


def _closed(problem: Problem, today: Today) -> frozenset[tuple[int, int]]:
    removed = range(problem.tables + 1, _tables(problem, today) + 1)
    lost = {**dict.fromkeys(removed, 1), **today.lost}
    rounds = range(today.next_round, problem.rounds + 1)
    return frozenset(
        (round_, table)
        for (table, since), round_ in product(lost.items(), rounds)
        if round_ >= since
    )


def _lost_next(today: Today) -> list[int]:
    return [t for t, since in today.lost.items() if since <= today.next_round]


def _all_there(problem: Problem, meeting: Meeting) -> bool:
    return (meeting.round, meeting.table) not in problem.closed and all(
        name in problem.by_id and problem.is_present(problem.by_id[name], meeting.round)
        for name in meeting.ids
    )
