"""Whether a schedule keeps every rule: independent of what made the schedule.

Nothing here is shared with the solver but the dataclasses. A guaranteed minimum that is
missed is no broken rule (it may be out of reach): see ``measures.shortfalls``.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rendezvous.scheduling.problem import Meeting, Participant, Problem


class Rule(StrEnum):
    """What a schedule may break."""

    UNKNOWN = "unknown_participant"
    SIZE = "not_two_or_three_people"
    ROUND = "no_such_round"
    TABLE = "no_such_table"
    CLOSED = "closed_table"
    PERSON_TWICE = "person_twice_in_a_round"
    TABLE_TWICE = "table_twice_in_a_round"
    PAIR_TWICE = "pair_twice"
    ABSENT = "absent"
    REFUSED = "refused"
    KINDS = "kinds_that_may_not_meet"
    NOT_A_CANDIDATE = "not_a_candidate"
    HOST_MOVED = "host_moved"
    MAXIMUM = "over_maximum"
    QUOTA = "over_quota"
    BUFFER = "no_time_to_walk"
    LOCKED = "locked_meeting_changed"
    PAST = "past_changed"


@dataclass(frozen=True, order=True)
class Violation:
    """A broken rule, and where."""

    rule: Rule
    round: int = 0
    table: int = 0
    ids: tuple[str, ...] = ()


def check(problem: Problem, meetings: Sequence[Meeting]) -> tuple[Violation, ...]:
    """Return the rules that a schedule breaks, in a stable order; empty when none.

    What took place before ``problem.open_from`` cannot be undone: noes, absences and
    closures learnt since are not held against it.
    """
    strangers = [
        _at(Rule.UNKNOWN, one, tuple(i for i in one.ids if i not in problem.by_id))
        for one in meetings
        if any(i not in problem.by_id for i in one.ids)
    ]
    if strangers:
        return tuple(sorted(strangers))
    found = [broken for one in meetings for broken in _alone(problem, one)]
    for rule in (_clashes, _totals, _quotas, _buffers, _kept):
        found += rule(problem, meetings)
    return tuple(sorted(set(found)))


def _at(rule: Rule, meeting: Meeting, ids: tuple[str, ...] = ()) -> Violation:
    return Violation(rule, meeting.round, meeting.table, ids or meeting.ids)


def _alone(problem: Problem, meeting: Meeting) -> Iterator[Violation]:
    """Check one meeting by itself."""
    wrong: dict[Rule, Callable[[], bool]] = {
        Rule.SIZE: lambda: not _is_a_group(meeting.ids),
        Rule.ROUND: lambda: not 1 <= meeting.round <= problem.rounds,
        Rule.TABLE: lambda: not 1 <= meeting.table <= problem.tables,
        Rule.NOT_A_CANDIDATE: lambda: not _is_listed(problem, meeting),
    }
    yield from (_at(rule, meeting) for rule, is_so in wrong.items() if is_so())
    if meeting.round >= problem.open_from:
        yield from _now(problem, meeting)


def _is_a_group(ids: tuple[str, ...]) -> bool:
    return len(ids) in (2, 3) and len(set(ids)) == len(ids)


def _now(problem: Problem, meeting: Meeting) -> Iterator[Violation]:
    """Check what is held against a meeting that can still change."""
    if (meeting.round, meeting.table) in problem.closed:
        yield _at(Rule.CLOSED, meeting)
    for name in meeting.ids:
        person = problem.by_id[name]
        if not _is_there(problem, person, meeting.round):
            yield _at(Rule.ABSENT, meeting, (name,))
        if person.table is not None and person.table != meeting.table:
            yield _at(Rule.HOST_MOVED, meeting, (name,))
    for pair in combinations(meeting.ids, 2):
        if frozenset(pair) in problem.forbidden:
            yield _at(Rule.REFUSED, meeting, pair)
        kinds = frozenset(problem.by_id[name].kind for name in pair)
        if problem.kinds is not None and kinds not in problem.kinds:
            yield _at(Rule.KINDS, meeting, pair)


def _is_listed(problem: Problem, meeting: Meeting) -> bool:
    return frozenset(meeting.ids) in problem.values or meeting in problem.locked


def _is_there(problem: Problem, person: Participant, round_: int) -> bool:
    if person.last is not None and round_ > person.last:
        return False
    return round_ >= person.first and round_ not in person.away


def _clashes(problem: Problem, meetings: Sequence[Meeting]) -> list[Violation]:
    people = Counter((one.round, name) for one in meetings for name in one.ids)
    tables = Counter((one.round, one.table) for one in meetings)
    pairs = Counter(
        frozenset(pair) for one in meetings for pair in combinations(one.ids, 2)
    )
    return [
        *(
            Violation(Rule.PERSON_TWICE, round_, ids=(name,))
            for (round_, name), times in people.items()
            if times > 1
        ),
        *(
            Violation(Rule.TABLE_TWICE, round_, table)
            for (round_, table), times in tables.items()
            if times > 1
        ),
        *(
            Violation(Rule.PAIR_TWICE, ids=tuple(sorted(pair)))
            for pair, times in pairs.items()
            if times > 1
        ),
    ]


def _may_change(problem: Problem, meetings: Sequence[Meeting]) -> set[str]:
    return {i for one in meetings if one.round >= problem.open_from for i in one.ids}


def _totals(problem: Problem, meetings: Sequence[Meeting]) -> list[Violation]:
    met = Counter(name for one in meetings for name in one.ids)
    return [
        Violation(Rule.MAXIMUM, ids=(name,))
        for name in _may_change(problem, meetings)
        if met[name] > problem.maximum_of(problem.by_id[name])
    ]


def _quotas(problem: Problem, meetings: Sequence[Meeting]) -> list[Violation]:
    kind = {one.id: one.kind for one in problem.participants}
    met = Counter(
        (name, kind[other])
        for one in meetings
        for name in one.ids
        for other in one.ids
        if name != other
    )
    concerned = _may_change(problem, meetings)
    return [
        Violation(Rule.QUOTA, ids=(name,))
        for quota in problem.quotas
        if quota.maximum is not None
        for name in concerned
        if kind[name] == quota.kind and met[name, quota.other] > quota.maximum
    ]


def _buffers(problem: Problem, meetings: Sequence[Meeting]) -> list[Violation]:
    """Find those who walk from table to table without the rounds they need for it."""
    busy: dict[str, list[int]] = {}
    for one in meetings:
        for name in one.ids:
            busy.setdefault(name, []).append(one.round)
    return [
        Violation(Rule.BUFFER, after, ids=(name,))
        for name, rounds in busy.items()
        if problem.by_id[name].table is None
        for before, after in zip(sorted(rounds), sorted(rounds)[1:], strict=False)
        if after >= problem.open_from and 0 < after - before <= problem.buffer
    ]


def _kept(problem: Problem, meetings: Sequence[Meeting]) -> list[Violation]:
    there, locked = set(meetings), set(problem.locked)
    past = {one for one in there if one.round < problem.open_from}
    return [
        *(_at(Rule.LOCKED, one) for one in locked - there),
        *(_at(Rule.PAST, one) for one in past - locked),
    ]
