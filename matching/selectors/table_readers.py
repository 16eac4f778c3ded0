"""Who may still sit around a table, and who of them the reader may see."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from accounts.policy import Person, visible
from alliances.models import Intention, Organisation
from alliances.selectors.refusals import Refusals
from matching.coalitions import Brought, Coalition, NextMember, Table
from matching.selectors.snapshots import Snapshot

Integers = NDArray[np.int64]
Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Around:
    """What may be proposed around a table, in rows of a snapshot.

    ``given``: what the group covers and lacks by itself, None without a group.
    ``missing``: functions that no actor of the subject can hold here.
    """

    domain: str
    n_actors: int
    n_left_out: int
    missing: tuple[str, ...]
    coalitions: tuple[Coalition, ...]
    given: tuple[Brought, Brought] | None
    next_members: tuple[NextMember, ...]
    organisations: dict[int, Organisation]


def present(taken: Snapshot, actors: Integers, day: dt.date) -> Integers:
    """Leave out those that look for nobody since the population was read."""
    ids = taken.population.intention_ids[actors]
    now = Intention.objects.matchable_on(day).filter(pk__in=ids.tolist())
    kept: Integers = actors[np.isin(ids, list(now.values_list("pk", flat=True)))]
    return kept


def refused_pairs(taken: Snapshot, table: Table) -> Pairs:
    """Return the pairs that a refusal keeps apart now."""
    owner = taken.population.organisation_ids
    refusals = Refusals({int(owner[row]) for row in table.rows})
    if not refusals:
        return frozenset()
    return frozenset(
        (one, other)
        for one, other in combinations(table.rows.tolist(), 2)
        if refusals.between(int(owner[one]), int(owner[other]))
    )


def shown(
    around: Around, taken: Snapshot, viewer: Person, group: tuple[int, ...]
) -> Around:
    """Load the organisations; leave out what the reader may not see any more."""
    owner = taken.population.organisation_ids
    joining = [one.row for one in around.next_members]
    rows = {*group, *joining, *_rows_in(around.coalitions)}
    seen = visible(viewer, Organisation.objects.active()).for_list()
    by_pk = seen.in_bulk({int(owner[row]) for row in rows})
    known = {row: by_pk[int(owner[row])] for row in rows if int(owner[row]) in by_pk}
    return replace(
        around,
        coalitions=tuple(
            replace(one, next_members=_among(one.next_members, known))
            for one in around.coalitions
            if all(seat.row in known for seat in one.seats)
        ),
        next_members=_among(around.next_members, known),
        organisations=known,
    )


def _among(
    members: Iterable[NextMember], known: dict[int, Organisation]
) -> tuple[NextMember, ...]:
    return tuple(one for one in members if one.row in known)


def _rows_in(coalitions: Iterable[Coalition]) -> set[int]:
    return {
        row
        for one in coalitions
        for row in (
            *(seat.row for seat in one.seats),
            *(joining.row for joining in one.next_members),
        )
    }
