"""Meetings that a schedule does not hold and that could take place: a few of each.

Somebody who changes a schedule by hand chooses among these. Half of the people that one
could meet at most, so that somebody's absence from a list says nothing of them.
"""

from collections.abc import Sequence
from itertools import combinations

from rendezvous.scheduling.problem import Meeting, Pair, Problem

OFFERED = 10


def reserve(
    problem: Problem, meetings: Sequence[Meeting]
) -> tuple[tuple[str, str], ...]:
    """Return pairs of people who do not meet and may, in an order that says nothing."""
    met = pairs_of(meetings)
    offers: dict[str, list[tuple[float, str]]] = {}
    for one in problem.candidates:
        pair = frozenset(one.ids)
        if len(pair) == 2 and pair not in met and problem.may_meet(pair):  # noqa: PLR2004
            a, b = one.ids
            offers.setdefault(a, []).append((-one.value, b))
            offers.setdefault(b, []).append((-one.value, a))
    found = {
        frozenset((name, other))
        for name, others in offers.items()
        for _value, other in sorted(others)[: _room(problem, name, met)]
    }
    return tuple(sorted((min(pair), max(pair)) for pair in found))


def pairs_of(meetings: Sequence[Meeting]) -> set[Pair]:
    """Return who sits with whom."""
    return {
        frozenset(pair) for one in meetings for pair in combinations(sorted(one.ids), 2)
    }


def _room(problem: Problem, name: str, met: set[Pair]) -> int:
    """Return how many are offered to somebody: never more than half of those left."""
    kind = problem.by_id[name].kind
    left = sum(
        one.id != name
        and frozenset((one.id, name)) not in met
        and (problem.kinds is None or frozenset((one.kind, kind)) in problem.kinds)
        for one in problem.participants
    )
    return min(OFFERED, left // 2)
