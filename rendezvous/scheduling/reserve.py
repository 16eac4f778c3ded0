"""Meetings that a schedule does not hold and that could take place: a few of each.

Somebody who changes a schedule by hand chooses among these. Half of the people that one
could meet at most, so that somebody's absence from a list says nothing of them.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from rendezvous.scheduling.problem import Meeting, Pair, Problem

OFFERED = 30


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
    room = _Room(problem, met)
    found = {
        frozenset((name, other))
        for name, others in offers.items()
        for _value, other in sorted(others)[: room.of(name)]
    }
    return tuple(sorted((min(pair), max(pair)) for pair in found))


def pairs_of(meetings: Sequence[Meeting]) -> set[Pair]:
    """Return who sits with whom."""
    return {
        frozenset(pair) for one in meetings for pair in combinations(sorted(one.ids), 2)
    }


class _Room:
    """How many are offered to somebody: never more than half of those left."""

    def __init__(self, problem: Problem, met: set[Pair]) -> None:
        self.problem = problem
        self.present = Counter(one.kind for one in problem.participants)
        self.met = Counter(name for pair in met for name in pair)

    def of(self, name: str) -> int:
        """Return how many others the kinds leave, halved, up to a few."""
        kind, kinds = self.problem.by_id[name].kind, self.problem.kinds
        left = sum(
            count - (other == kind)
            for other, count in self.present.items()
            if kinds is None or frozenset((other, kind)) in kinds
        )
        return min(OFFERED, max(0, left - self.met[name]) // 2)
