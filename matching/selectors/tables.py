"""Who is missing around a table, for pages: told from what the reader may read.

Means, functions and territory are those that everybody reads. The agreement of two
organisations is that of the public parts, but for the pairs of ``own`` when its members
read: what two others would gain together is never told to a third.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from accounts.policy import Person, can, visible
from alliances.models import Intention, Organisation
from alliances.selectors.refusals import Refusals
from matching import kernel
from matching.coalitions import (
    Brought,
    Coalition,
    NextMember,
    Subject,
    Table,
    actors_of,
    build_table,
    given_of,
    next_members,
    propose,
    without_pairs,
)
from matching.selectors.acting import acting_in, acting_on
from matching.selectors.geography import atlas
from matching.selectors.population import Audience
from matching.selectors.snapshots import Snapshot, snapshot
from territories.models import Territory

Integers = NDArray[np.int64]
Pairs = frozenset[tuple[int, int]]

KEPT = 64
NEXT_SHOWN = 3


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


@dataclass(frozen=True)
class _Asked:
    """Everything that the computation depends on: equal questions, equal answers."""

    data: tuple[str, ...]
    domain: str
    communes: bytes
    group: tuple[int, ...]
    own: int | None
    actors: tuple[int, ...]


def around_territory(
    territory: Territory, *, viewer: Person, domain: str = ""
) -> Around:
    """Return coalitions of those who act in a territory; its first subject by default."""
    day = timezone.localdate()
    taken = snapshot(Audience.PUBLIC, day)
    acting = acting_in(territory, taken.population)
    chosen = domain or _first_domain(taken, acting)
    communes = _communes(territory)
    return _around(taken, day, acting, chosen, communes=communes, viewer=viewer)


def around_group(
    group: Sequence[Organisation],
    *,
    viewer: Person,
    domain: str = "",
    territory: Territory | None = None,
) -> Around | None:
    """Return who could join organisations that speak together, ``group[0]`` asking.

    The pairs inside the group are theirs: whoever calls has seen that they are proposed
    to one another, or in touch. None when one of them looks for nobody now.
    """
    day = timezone.localdate()
    taken = snapshot(Audience.PUBLIC, day)
    rows = _rows_of(taken, group, domain)
    if rows is None:
        return None
    communes = _communes(territory) if territory else _shared(taken, rows)
    is_member = can(viewer, "matching.view_proposals", group[0])
    return _around(
        taken,
        day,
        acting_on(communes, taken.population),
        domain or _common_domain(taken, rows),
        communes=communes,
        viewer=viewer,
        group=rows,
        own=rows[0] if is_member else None,
    )


def _around(
    taken: Snapshot,
    day: dt.date,
    acting: Integers,
    domain: str,
    *,
    communes: Integers,
    viewer: Person,
    group: tuple[int, ...] = (),
    own: int | None = None,
) -> Around:
    actors = _present(taken, actors_of(taken.population.profiles, acting, domain), day)
    asked = _Asked(
        data=_data(taken, day, own),
        domain=domain,
        communes=communes.tobytes(),
        group=group,
        own=own,
        actors=tuple(actors.tolist()),
    )
    table = _table(day, asked)
    refused = _refused(taken, table)
    apart = without_pairs(table, refused)
    found = _proposed(day, asked, refused)
    joining = next_members(apart, apart.problem.group)[:NEXT_SHOWN]
    return _shown(
        Around(
            domain=domain,
            n_actors=len(actors),
            n_left_out=table.n_left_out,
            missing=tuple(f for f in kernel.FUNCTIONS if f not in table.functions),
            coalitions=found,
            given=given_of(apart) if group else None,
            next_members=joining,
            organisations={},
        ),
        taken,
        viewer,
        group,
    )


def _data(taken: Snapshot, day: dt.date, own: int | None) -> tuple[str, ...]:
    """Change with anything that is read: what was kept of older data is not read again."""
    read = [taken] if own is None else [taken, snapshot(Audience.PARTNERS, day)]
    configuration = taken.prepared.configuration.version
    return configuration, *(one.population.fingerprint for one in read)


@lru_cache(maxsize=KEPT)
def _table(day: dt.date, asked: _Asked) -> Table:
    taken = snapshot(Audience.PUBLIC, day)
    actors = np.array(asked.actors, np.int64)
    communes = np.frombuffer(asked.communes, np.int64)
    scores = None
    if asked.own is not None:
        scores = _scores_of_own(taken, day, asked, actors)
    subject = Subject(asked.domain, communes, asked.group)
    return build_table(taken.prepared, subject, actors, scores=scores)


@lru_cache(maxsize=KEPT)
def _proposed(day: dt.date, asked: _Asked, refused: Pairs) -> tuple[Coalition, ...]:
    configuration = snapshot(Audience.PUBLIC, day).prepared.configuration
    return propose(without_pairs(_table(day, asked), refused), configuration)


def _scores_of_own(
    taken: Snapshot, day: dt.date, asked: _Asked, actors: Integers
) -> NDArray[np.float64]:
    """Score the pairs of the one who reads as its members read its proposals."""
    scores = np.full((len(asked.group), len(taken.population)), np.nan)
    partners = snapshot(Audience.PARTNERS, day)
    ids, row = taken.population.intention_ids, partners.population.row
    own = row.get(int(ids[asked.own]))
    others = [r for r in (*asked.group, *actors.tolist()) if r != asked.own]
    known = [r for r in others if int(ids[r]) in row]
    if own is None or not known:
        return scores
    there = np.array([row[int(ids[r])] for r in known])
    pairs = kernel.score_pairs(partners.prepared, np.full(len(there), own), there)
    best = np.nan_to_num(pairs.scores, nan=-1.0).max(axis=1)
    # The pairs of the group are given: what the rules say of them is not read, so
    # that an exclusion added since moves no figure.
    given = np.sqrt(pairs.low_scores * pairs.high_scores).max(axis=1)
    best = np.where(np.isin(known, asked.group), given, best)
    at = asked.group.index(asked.own)
    scores[at, known] = np.where(best >= 0, best, np.nan)
    return scores


def _communes(territory: Territory) -> Integers:
    map_ = atlas()
    if map_.is_everywhere(territory.pk):
        return np.arange(len(map_.communes))
    return map_.communes_of(territory.pk)


def _shared(taken: Snapshot, rows: tuple[int, ...]) -> Integers:
    """Return where all of them act; failing that, where any does."""
    profiles = taken.population.profiles
    everything = np.arange(len(profiles.population))
    held = []
    for perimeter in profiles.perimeter[list(rows)]:
        if perimeter not in (kernel.UNKNOWN, profiles.everywhere):
            sets = profiles.perimeters
            bounds = sets.offsets[perimeter], sets.offsets[perimeter + 1]
            held.append(sets.members[slice(*bounds)])
    if not held:
        return everything
    common = held[0]
    for communes in held[1:]:
        common = np.intersect1d(common, communes)
    return common if len(common) else np.unique(np.concatenate(held))


def _first_domain(taken: Snapshot, acting: Integers) -> str:
    counts = (taken.population.profiles.domains[acting] > 0).sum(axis=0)
    return kernel.DOMAINS[int(counts.argmax())]


def _common_domain(taken: Snapshot, rows: tuple[int, ...]) -> str:
    """Return the subject that matters most to all; failing that, to any."""
    weights = taken.population.profiles.domains[list(rows)]
    common = weights.prod(axis=0)
    best = common if common.any() else weights.sum(axis=0)
    return kernel.DOMAINS[int(best.argmax())]


def _rows_of(
    taken: Snapshot, group: Sequence[Organisation], domain: str
) -> tuple[int, ...] | None:
    """Return one row for each: on the subject if it has one, else its main intention."""
    found: dict[int, list[int]] = {one.pk: [] for one in group}
    mine = Intention.objects.filter(organisation__in=group)
    mine = mine.matchable_on(timezone.localdate()).order_by("-is_default", "pk")
    for pk, organisation_id in mine.values_list("pk", "organisation_id"):
        if pk in taken.population.row:
            found[organisation_id].append(taken.population.row[pk])
    if not all(found.values()):
        return None
    if not domain:
        return tuple(found[one.pk][0] for one in group)
    weights = taken.population.profiles.domains[:, kernel.DOMAINS.index(domain)]
    return tuple(max(found[one.pk], key=lambda row: weights[row]) for one in group)


def _present(taken: Snapshot, actors: Integers, day: dt.date) -> Integers:
    """Leave out those that look for nobody since the population was read."""
    ids = taken.population.intention_ids[actors]
    now = Intention.objects.matchable_on(day).filter(pk__in=ids.tolist())
    kept: Integers = actors[np.isin(ids, list(now.values_list("pk", flat=True)))]
    return kept


def _refused(taken: Snapshot, table: Table) -> Pairs:
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


def _shown(
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
