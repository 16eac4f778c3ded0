"""Who is missing around a table, for pages: told from what the reader may read.

Means, functions and territory are those that everybody reads. The agreement of two
organisations is that of the public parts, but for the pairs of ``own`` when its members
read: what two others would gain together is never told to a third.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from accounts.policy import Person, can
from alliances.models import Organisation
from matching import kernel
from matching.coalitions import (
    Coalition,
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
from matching.selectors.population import Audience
from matching.selectors.snapshots import Snapshot, snapshot
from matching.selectors.table_readers import (
    Around,
    Pairs,
    present,
    refused_pairs,
    shown,
)
from matching.selectors.table_subjects import (
    common_domain,
    communes_of,
    first_domain,
    rows_of,
    shared_communes,
)
from territories.models import Territory

Integers = NDArray[np.int64]

KEPT = 64
NEXT_SHOWN = 3


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
    chosen = domain or first_domain(taken, acting)
    communes = communes_of(territory)
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
    rows = rows_of(taken, group, domain)
    if rows is None:
        return None
    communes = communes_of(territory) if territory else shared_communes(taken, rows)
    is_member = can(viewer, "matching.view_proposals", group[0])
    return _around(
        taken,
        day,
        acting_on(communes, taken.population),
        domain or common_domain(taken, rows),
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
    actors = present(taken, actors_of(taken.population.profiles, acting, domain), day)
    asked = _Asked(
        data=_data(taken, day, own),
        domain=domain,
        communes=communes.tobytes(),
        group=group,
        own=own,
        actors=tuple(actors.tolist()),
    )
    table = _table(day, asked)
    refused = refused_pairs(taken, table)
    apart = without_pairs(table, refused)
    found = _proposed(day, asked, refused)
    joining = next_members(apart, apart.problem.group)[:NEXT_SHOWN]
    return shown(
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
