"""Whoever is there without a table in a round, and the best that can be offered to each.

Nothing here is scheduled: two people left over talk standing, one joins a table of two,
or meets somebody over coffee. What is offered is what is worth most, so that nothing is
told of who may not meet.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, permutations

from rendezvous.scheduling.problem import Meeting, Problem

# Waiting for coffee is worth less than meeting now; a third at a table disturbs two.
NOW, JOINED, LATER = 1.0, 0.6, 0.5
PAIR, LARGEST = 2, 3


class Way(StrEnum):
    """How a left-over person may be helped."""

    TOGETHER = "together"
    JOIN = "join"
    COFFEE = "coffee"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Offer:
    """What is proposed to somebody without a table in a round."""

    id: str
    round: int
    way: Way = Way.NOTHING
    others: tuple[str, ...] = ()
    table: int | None = None


@dataclass(frozen=True)
class _Found:
    worth: float
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class _Room:
    """One round: who has no table, and whom each could still meet."""

    problem: Problem
    meetings: Sequence[Meeting]
    round: int
    free: set[str]
    partners: Mapping[str, dict[str, float]]


def without_table(
    problem: Problem, meetings: Sequence[Meeting], round_: int
) -> list[str]:
    """Return who is there in a round without a table."""
    busy = {name for one in meetings if one.round == round_ for name in one.ids}
    return [
        one.id
        for one in problem.participants
        if one.id not in busy and problem.is_present(one, round_)
    ]


def offers(
    problem: Problem,
    meetings: Sequence[Meeting],
    whom: Mapping[int, Sequence[str] | None],
) -> tuple[Offer, ...]:
    """Propose something in each round of ``whom`` to those whom it names.

    None: to all who have no table. The best first: each person, and each table, is
    proposed once in a round. Whoever is free too and is proposed to somebody of
    ``whom`` is told as well.
    """
    asked = {
        round_: without_table(problem, meetings, round_) if names is None else names
        for round_, names in sorted(whom.items())
    }
    everybody = {name for names in asked.values() for name in names}
    partners = _partners(problem, meetings, everybody)
    found: list[Offer] = []
    for round_, names in asked.items():
        free = set(without_table(problem, meetings, round_))
        found += _offered(_Room(problem, meetings, round_, free, partners), names)
    return tuple(found)


def _offered(room: _Room, asked: Sequence[str]) -> list[Offer]:
    found = [one for name in asked for way in WAYS for one in way(room, name)]
    chosen: dict[str, Offer] = {}
    tables: set[int] = set()
    for one in sorted(found, key=lambda one: (-one.worth, one.offers[0].id)):
        people = {offer.id for offer in one.offers}
        taken = {offer.table for offer in one.offers if offer.table is not None}
        if not people & chosen.keys() and not taken & tables:
            chosen.update({offer.id: offer for offer in one.offers})
            tables |= taken
    for name in asked:
        chosen.setdefault(name, Offer(name, room.round))
    return [chosen[name] for name in sorted(chosen)]


def _partners(
    problem: Problem, meetings: Sequence[Meeting], names: Collection[str]
) -> Mapping[str, dict[str, float]]:
    """Return whom each of some people could still meet, and what it is worth."""
    met = {frozenset(pair) for one in meetings for pair in combinations(one.ids, 2)}
    found: dict[str, dict[str, float]] = {name: {} for name in names}
    for each in problem.candidates:
        if len(each.ids) != PAIR or found.keys().isdisjoint(each.ids):
            continue
        if frozenset(each.ids) not in met and problem.may_pair(*each.ids):
            for name, other in permutations(each.ids):
                if name in found:
                    found[name][other] = each.value
    return found


def _together(room: _Room, name: str) -> Iterator[_Found]:
    for other, value in room.partners[name].items():
        if other in room.free:
            pair = ((name, other), (other, name))
            told = (Offer(a, room.round, Way.TOGETHER, (b,)) for a, b in pair)
            yield _Found(NOW * value, tuple(told))


def _join(room: _Room, name: str) -> Iterator[_Found]:
    """A table of two, both of whom one could still meet."""
    for one in room.meetings:
        if one.round == room.round and len(one.ids) < LARGEST:
            values = [room.partners[name].get(other, -1.0) for other in one.ids]
            if min(values) >= 0:
                offer = Offer(name, room.round, Way.JOIN, one.ids, one.table)
                yield _Found(JOINED * max(values), (offer,))


def _coffee(room: _Room, name: str) -> Iterator[_Found]:
    """The best of those whom the programme does not give, still there at the end."""
    problem = room.problem
    staying = {
        other: value
        for other, value in room.partners[name].items()
        if problem.is_present(problem.by_id[other], problem.rounds)
    }
    if staying:
        other = max(staying, key=lambda key: (staying[key], key))
        offer = Offer(name, room.round, Way.COFFEE, (other,))
        yield _Found(LATER * staying[other], (offer,))


WAYS = (_together, _join, _coffee)
