"""A session read as a problem to schedule: what each meeting would be worth.

The meetings of an organisation that has several programmes are divided between them, so
that two organisations meet at most once. Imports NumPy: import it where it is used.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rendezvous.models import Registration, Session
from rendezvous.scheduling.problem import Candidate, Problem
from rendezvous.selectors.frame import TRIO, frame_of
from rendezvous.selectors.pair_worths import Pairs, pairs_of

Integers = NDArray[np.int64]
Pair = tuple[int, int]


def problem_of(session: Session) -> Problem:
    """Return the problem of those who have a place now."""
    frame = frame_of(session)
    programmes = frame.programmes
    coming = [one for one in frame.registrations if programmes[one.pk]]
    names = [[str(people[0].pk) for people in programmes[one.pk]] for one in coming]
    divided = _divided(pairs_of(session, coming), names)
    candidates = tuple(map(Candidate, divided.ids, divided.pairs.value.tolist()))
    trios = tuple(_trios(coming, divided)) if frame.has_trios else ()
    return replace(frame.problem, candidates=candidates + trios)


@dataclass(frozen=True)
class _Divided:
    """Pairs, the most valued first, and the two programmes that each is given to."""

    pairs: Pairs
    ids: list[tuple[str, str]]


def _divided(pairs: Pairs, names: list[list[str]]) -> _Divided:
    """Give each pair to one programme of each side, turn by turn, the best first."""
    order = np.lexsort((pairs.high, pairs.low, -pairs.value))
    pairs = Pairs(pairs.low[order], pairs.high[order], pairs.value[order])
    sides = np.stack([pairs.low, pairs.high], axis=1).ravel()
    counts = np.array([len(own) for own in names], np.int64)
    first = np.cumsum(counts) - counts
    chosen = first[sides] + _turns(sides) % counts[sides]
    flat = np.array([name for own in names for name in own], dtype=object)
    told = flat[chosen].tolist()
    return _Divided(pairs, list(zip(told[::2], told[1::2], strict=True)))


def _turns(owners: Integers) -> Integers:
    """Count, for each, how many times it came before.

    >>> _turns(np.array([7, 3, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(owners, kind="stable")
    ranked = owners[order]
    turns = np.empty(len(owners), np.int64)
    turns[order] = np.arange(len(owners)) - np.searchsorted(ranked, ranked)
    return turns


def _trios(coming: list[Registration], divided: _Divided) -> Iterator[Candidate]:
    """Seat one of each of three kinds; worth what its three pairs are worth together."""
    both = zip(divided.pairs.low.tolist(), divided.pairs.high.tolist(), strict=True)
    pairs = list(both)
    sides = dict(zip(pairs, divided.ids, strict=True))
    values = dict(zip(pairs, divided.pairs.value.tolist(), strict=True))
    first, second, third = (
        [row for row, one in enumerate(coming) if one.kind == kind] for kind in TRIO
    )
    with_third = _partners(pairs, third)
    for one in first:
        for other in second:
            pair = _ordered(one, other)
            if pair not in sides:
                continue
            for last in sorted(with_third[one] & with_third[other]):
                group = (pair, _ordered(one, last), _ordered(other, last))
                ids = {name for each in group for name in sides[each]}
                # Several programmes of one organisation: their pairs may not agree.
                if len(ids) == len(TRIO):
                    worth_of_all = sum(values[each] for each in group)
                    yield Candidate(tuple(sorted(ids)), worth_of_all)


def _partners(pairs: list[Pair], among: list[int]) -> dict[int, set[int]]:
    wanted, found = set(among), defaultdict(set)
    for one, other in pairs:
        if other in wanted:
            found[one].add(other)
        if one in wanted:
            found[other].add(one)
    return found


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
