"""What a schedule is worth to each: value, breaks, shortfalls, changes."""

from collections.abc import Sequence
from itertools import pairwise

from rendezvous.scheduling.problem import (
    Change,
    Meeting,
    Problem,
    Shortfall,
)


def value_of(problem: Problem, meetings: Sequence[Meeting]) -> float:
    """Return the total mutual value: a locked meeting that nobody valued is worth 0."""
    return sum(problem.values.get(frozenset(one.ids), 0.0) for one in meetings)


def rounds_by_id(meetings: Sequence[Meeting]) -> dict[str, list[int]]:
    """Return the rounds in which each person meets somebody, in order."""
    busy: dict[str, list[int]] = {}
    for one in sorted(meetings):
        for name in one.ids:
            busy.setdefault(name, []).append(one.round)
    return busy


def idle_rounds(problem: Problem, meetings: Sequence[Meeting]) -> int:
    """Count rounds of waiting: present, without a meeting, between two meetings."""
    return sum(
        problem.is_present(problem.by_id[name], round_)
        for name, rounds in rounds_by_id(meetings).items()
        for round_ in range(rounds[0], rounds[-1])
        if round_ not in set(rounds)
    )


def idle_rounds_of(meetings: Sequence[Meeting]) -> int:
    """Count rounds of waiting between two meetings, whoever is present."""
    return sum(
        rounds[-1] - rounds[0] + 1 - len(rounds)
        for rounds in rounds_by_id(meetings).values()
    )


def break_counts(meetings: Sequence[Meeting]) -> dict[str, int]:
    """Count the breaks of each: idle periods between two meetings, however long."""
    return {
        name: sum(after - before > 1 for before, after in pairwise(rounds))
        for name, rounds in rounds_by_id(meetings).items()
    }


def shortfalls(problem: Problem, meetings: Sequence[Meeting]) -> tuple[Shortfall, ...]:
    """Return the guaranteed meetings that are missing, by participant.

    The larger of the two counts: of all meetings, and of those promised with each kind.
    """
    with_kind = kinds_met(problem, meetings)
    busy = rounds_by_id(meetings)
    found = []
    for one in problem.participants:
        missing = problem.minimum_of(one) - len(busy.get(one.id, ()))
        by_kind = sum(
            max(0, quota.minimum - with_kind.get((one.id, quota.other), 0))
            for quota in problem.quotas
            if quota.kind == one.kind
        )
        if max(missing, by_kind) > 0:
            found.append(Shortfall(one.id, max(missing, by_kind)))
    return tuple(found)


def kinds_met(
    problem: Problem, meetings: Sequence[Meeting]
) -> dict[tuple[str, str], int]:
    """Count, for each person, the people of each kind that it meets."""
    met: dict[tuple[str, str], int] = {}
    for one in meetings:
        for name in one.ids:
            for other in one.ids:
                if other != name:
                    key = name, problem.by_id[other].kind
                    met[key] = met.get(key, 0) + 1
    return met


def values_by_id(problem: Problem, meetings: Sequence[Meeting]) -> dict[str, float]:
    """Return what each participant gets in all."""
    got = dict.fromkeys(problem.by_id, 0.0)
    for one in meetings:
        value = problem.values.get(frozenset(one.ids), 0.0)
        for name in one.ids:
            got[name] += value
    return got


def changes(before: Sequence[Meeting], after: Sequence[Meeting]) -> tuple[Change, ...]:
    """Tell whose programme differs between two schedules, and how."""
    left, right = {_key(one): one for one in before}, {_key(one): one for one in after}
    gone = sorted(one for key, one in left.items() if key not in right)
    come = sorted(one for key, one in right.items() if key not in left)
    lost, won = _by_name(gone), _by_name(come)
    return tuple(
        Change(name, tuple(lost.get(name, ())), tuple(won.get(name, ())))
        for name in sorted(lost.keys() | won.keys())
    )


def _by_name(meetings: Sequence[Meeting]) -> dict[str, list[Meeting]]:
    found: dict[str, list[Meeting]] = {}
    for one in meetings:
        for name in one.ids:
            found.setdefault(name, []).append(one)
    return found


def _key(meeting: Meeting) -> tuple[int, int, frozenset[str]]:
    return meeting.round, meeting.table, frozenset(meeting.ids)
