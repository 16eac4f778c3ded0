"""The candidates that rules leave, and whom each concerns, all looked at together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rendezvous.scheduling.problem import Candidate, Meeting, Problem

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
NOBODY = -1
SEATS = 3


@dataclass(frozen=True)
class Listed:
    """Candidates, with the rows of their people, ``NOBODY`` at a table of two."""

    candidates: tuple[Candidate, ...]
    people: Integers

    def rounds_of(
        self, meetings: Sequence[Meeting], row: Mapping[str, int]
    ) -> Integers:
        """Return the round, from 0, in which each takes place, ``NOBODY`` if none."""
        known = [one for one in meetings if all(name in row for name in one.ids)]
        if not known:
            return np.full(len(self.candidates), NOBODY, dtype=np.int64)
        codes = _codes(_rows([one.ids for one in known], row), len(row))
        rounds = {
            code: one.round - 1 for code, one in zip(codes.tolist(), known, strict=True)
        }
        own = _codes(self.people, len(row)).tolist()
        return np.array([rounds.get(code, NOBODY) for code in own], dtype=np.int64)


def listed_of(problem: Problem, row: Mapping[str, int]) -> Listed:
    """Keep the candidates that noes, kinds, tables and locked meetings leave.

    Those who are listed twice count once, the last time.
    """
    candidates = problem.candidates
    people = _rows([one.ids for one in candidates], row)
    kept = _last_of_each(_codes(people, len(row)))
    apart = _apart(problem, row)
    for one, other in combinations(range(SEATS), 2):
        a, b = people[kept, one], people[kept, other]
        kept = kept[(a < 0) | (b < 0) | ~apart[a, b]]
    chosen = tuple(candidates[position] for position in kept.tolist())
    return Listed(chosen, people[kept])


def _rows(groups: Sequence[tuple[str, ...]], row: Mapping[str, int]) -> Integers:
    """Turn names into rows, three seats for each group."""
    people = np.full((len(groups), SEATS), NOBODY, dtype=np.int64)
    sizes = np.fromiter(map(len, groups), np.int64, len(groups))
    names = (row[name] for ids in groups for name in ids)
    people[np.arange(SEATS) < sizes[:, None]] = np.fromiter(names, np.int64)
    return people


def _codes(people: Integers, n: int) -> Integers:
    """Give a number to each group of people, whatever their order."""
    ordered = np.sort(people, axis=1) + 1
    codes: Integers = (ordered[:, 0] * (n + 1) + ordered[:, 1]) * (n + 1)
    return codes + ordered[:, 2]


def _last_of_each(codes: Integers) -> Integers:
    """Return the last position of each code, in the order of the first ones."""
    _codes, first, group = np.unique(codes, return_index=True, return_inverse=True)
    last = np.empty(len(first), dtype=np.int64)
    last[group] = np.arange(len(codes))
    found: Integers = last[np.argsort(first)]
    return found


def _apart(problem: Problem, row: Mapping[str, int]) -> Booleans:
    """Tell who does not sit with whom."""
    kinds = sorted({one.kind for one in problem.participants})
    own = np.array(
        [kinds.index(one.kind) for one in problem.participants], dtype=np.int64
    )
    allowed = problem.kinds
    refused = [
        [allowed is not None and frozenset((a, b)) not in allowed for b in kinds]
        for a in kinds
    ]
    square = (len(kinds), len(kinds))
    apart = np.array(refused, dtype=bool).reshape(square)[own[:, None], own]
    tables = np.array([one.table or 0 for one in problem.participants], dtype=np.int64)
    hosts = (tables[:, None] > 0) & (tables > 0)
    apart |= hosts & (tables[:, None] != tables)
    for a, b in _never(problem):
        if a in row and b in row:
            apart[row[a], row[b]] = apart[row[b], row[a]] = True
    return apart


def _never(problem: Problem) -> Iterable[tuple[str, ...]]:
    """Yield the pairs who said no, and those who meet already."""
    yield from (tuple(pair) for pair in problem.forbidden)
    for one in problem.locked:
        yield from combinations(one.ids, 2)
