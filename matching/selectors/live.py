"""Lists computed while one waits, from the population kept in memory."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alliances.enums import PartnershipType
from alliances.models import Intention, Organisation
from matching import kernel
from matching.models import TYPES
from matching.selectors.acting import acting_around, acting_in
from matching.selectors.asked import Zone
from matching.selectors.cards import Figures
from matching.selectors.population import Audience
from matching.selectors.refusals import without_refusals
from matching.selectors.snapshots import Snapshot, Version, snapshot
from territories.models import Territory

Integers = NDArray[np.int64]

KEPT_LISTS = 256
MARGIN = 3  # some of a kept list may have stopped looking for partners since


def live_figures(
    organisation: Organisation,
    audience: Audience,
    day: dt.date,
    *,
    zone: Zone | None = None,
) -> list[Figures]:
    """Return the best pairs of an organisation for each type, in a zone if given."""
    taken = snapshot(audience, day)
    found = _ranked(
        taken.version,
        day,
        audience=audience,
        organisation_id=organisation.pk,
        where=where_of(zone),
    )
    return still_proposed(organisation, found, day)


def still_proposed(
    organisation: Organisation, found: Sequence[Figures], day: dt.date
) -> list[Figures]:
    """Leave out the pairs that the present state of the database keeps apart."""
    matchable = Intention.objects.matchable_on(day).filter(
        pk__in={pk for one in found for pk in (one.own_id, one.partner_id)}
    )
    present = set(matchable.values_list("pk", flat=True))
    return without_refusals(
        organisation,
        [one for one in found if {one.own_id, one.partner_id} <= present],
    )


@lru_cache(maxsize=KEPT_LISTS)
def _ranked(
    version: Version,
    day: dt.date,
    *,
    audience: Audience,
    organisation_id: int,
    where: tuple[int, int | None] | None,
) -> tuple[Figures, ...]:
    """The version is in the key: what was kept of older data is never read again."""
    taken = snapshot(audience, day)
    own = np.flatnonzero(taken.population.organisation_ids == organisation_id)
    candidates = acting_rows(taken, where)
    if not len(own) or not len(candidates):
        return ()
    return tuple(one for row in own for one in _best_of(taken, int(row), candidates))


def where_of(zone: Zone | None) -> tuple[int, int | None] | None:
    """Return what names a zone in the keys of what is kept."""
    return (zone.territory.pk, zone.radius_km) if zone else None


def acting_rows(taken: Snapshot, where: tuple[int, int | None] | None) -> Integers:
    """Return the rows of those that act in a zone; everyone without one."""
    if where is None:
        return np.arange(len(taken.population))
    territory_id, radius_km = where
    territory = Territory.objects.get(pk=territory_id)
    if radius_km is None:
        return acting_in(territory, taken.population)
    return acting_around(territory, radius_km, taken.population)


def _best_of(taken: Snapshot, row: int, candidates: Integers) -> list[Figures]:
    others = candidates[candidates != row]
    pairs = kernel.score_pairs(taken.prepared, np.full(len(others), row), others)
    kept = MARGIN * int(taken.prepared.configuration.number("list.kept"))
    chosen: set[int] = set()
    for position in range(len(TYPES)):
        score = np.nan_to_num(pairs.scores[:, position], nan=-1.0)
        order = np.argsort(-score, kind="stable")[:kept]
        chosen.update(order[score[order] >= 0].tolist())
    return [figures_of(taken, pairs, row, int(others[at]), at) for at in sorted(chosen)]


def figures_of(
    taken: Snapshot, pairs: kernel.Pairs, row: int, other: int, at: int
) -> Figures:
    ids = taken.population.intention_ids
    return Figures(
        own_id=int(ids[row]),
        partner_id=int(ids[other]),
        scores=tuple(None if np.isnan(s) else float(s) for s in pairs.scores[at]),
        confidence=float(pairs.confidence[at]),
        best_type=PartnershipType(TYPES[pairs.best_type[at]]),
        named_type=PartnershipType(TYPES[pairs.named_type[at]]),
    )
