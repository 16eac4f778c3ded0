"""People missing, late, a table lost: the rest of a session, with the fewest changes.

How to call it::

    problem = replanned(problem, published, missing={"p7"}, next_round=4)
    answer = replan(problem, Limits(), deadline)
    answer.affected, answer.left_over
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rendezvous.scheduling.compiled import is_compiled
from rendezvous.scheduling.problem import (
    Change,
    Deadline,
    Meeting,
    Problem,
    Solution,
    no_deadline,
)
from rendezvous.scheduling.solve import Limits, solve

OFFERED = 3
# Moves by participant: the schedule is nearly good already, and people wait. Five times
# more gained nothing on any of the sessions measured (docs/scheduling.md).
MOVES, FEWEST, TIDYING = 300, 100_000, 0
SLOWER = 20  # fewer moves when they are not compiled


@dataclass(frozen=True)
class Alternative:
    """Somebody that a left-over person can still meet during a round, and the value."""

    id: str
    value: float


@dataclass(frozen=True)
class LeftOver:
    """Who loses a meeting and gets none in that round, and the best that is offered.

    ``alternatives`` are free in the same round and may be met: an extra table, or a
    conversation standing. Empty when there is nobody.
    """

    id: str
    round: int
    lost: Meeting
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Replanned:
    """The new schedule, who is affected, who is left over, and what survived.

    ``surviving`` counts the meetings of the rest whose people are all there; ``kept``
    those that stay in their round.
    """

    solution: Solution
    affected: tuple[Change, ...]
    left_over: tuple[LeftOver, ...]
    surviving: int
    kept: int


def replanned(
    problem: Problem,
    published: Sequence[Meeting],
    *,
    next_round: int,
    missing: Collection[str] = (),
    late: dict[str, int] | None = None,
    lost_tables: Iterable[int] = (),
) -> Problem:
    """State what is left of a session once something happened.

    Meetings before ``next_round`` are locked; ``late`` gives first rounds. A host whose
    table is lost moves like the others; who is missing is promised nothing.
    """
    gone, first, lost = set(missing), late or {}, set(lost_tables)
    people = tuple(
        replace(
            one,
            first=max(one.first, first.get(one.id, 1)),
            last=_last(one.last, problem.rounds, next_round - 1, one.id in gone),
            table=None if one.table in lost else one.table,
            minimum=0 if one.id in gone else one.minimum,
        )
        for one in problem.participants
    )
    past = tuple(one for one in published if one.round < next_round)
    kept = tuple(
        one
        for one in problem.locked
        if one.round >= next_round
        and not gone & set(one.ids)
        and one.table not in lost
        and all(one.round >= first.get(name, 1) for name in one.ids)
    )
    closed = {
        (round_, table)
        for table in lost
        for round_ in range(next_round, problem.rounds + 1)
    }
    return replace(
        problem,
        participants=people,
        locked=past + kept,
        previous=tuple(published),
        open_from=next_round,
        closed=problem.closed | closed,
    )


def _last(last: int | None, rounds: int, now: int, is_gone: bool) -> int:
    return min(rounds if last is None else last, now if is_gone else rounds)


def replan(
    problem: Problem,
    limits: Limits | None = None,
    deadline: Deadline = no_deadline,
) -> Replanned:
    """Schedule the rest again, stability first."""
    n_moves = max(FEWEST, MOVES * len(problem.participants))
    n_moves //= 1 if is_compiled() else SLOWER
    limits = limits or Limits(moves=n_moves, tidying=TIDYING, is_hurried=True)
    solution = solve(problem, limits, deadline)
    surviving = _surviving(problem)
    new = {(one.round, frozenset(one.ids)) for one in solution.meetings}
    return Replanned(
        solution=solution,
        affected=solution.changed,
        left_over=_left_over(problem, solution),
        surviving=len(surviving),
        kept=sum((one.round, frozenset(one.ids)) in new for one in surviving),
    )


def _surviving(problem: Problem) -> list[Meeting]:
    return [
        one
        for one in problem.previous
        if one.round >= problem.open_from
        and all(problem.is_present(problem.by_id[name], one.round) for name in one.ids)
    ]


def _left_over(problem: Problem, solution: Solution) -> tuple[LeftOver, ...]:
    """Find who is there, had a meeting in a round and has none any more."""
    busy = {(one.round, name) for one in solution.meetings for name in one.ids}
    met: dict[str, set[str]] = {}
    for one in solution.meetings:
        for name in one.ids:
            met.setdefault(name, set()).update(one.ids)
    return tuple(
        LeftOver(
            name, one.round, one, _alternatives(problem, name, one.round, busy, met)
        )
        for one in sorted(problem.previous)
        if one.round >= problem.open_from
        for name in one.ids
        if (one.round, name) not in busy
        and problem.is_present(problem.by_id[name], one.round)
    )


def _alternatives(
    problem: Problem,
    name: str,
    round_: int,
    busy: set[tuple[int, str]],
    met: dict[str, set[str]],
) -> tuple[Alternative, ...]:
    """Rank who is free in a round and could be met, the most valued first."""
    found = [
        Alternative(other.id, problem.values.get(frozenset((name, other.id)), 0.0))
        for other in problem.participants
        if other.id != name
        and (round_, other.id) not in busy
        and problem.is_present(other, round_)
        and other.id not in met.get(name, set())
        and frozenset((name, other.id)) in problem.values
        and problem.may_pair(name, other.id)
    ]
    best = sorted(found, key=lambda one: (-one.value, one.id))[:OFFERED]
    return tuple(best)
