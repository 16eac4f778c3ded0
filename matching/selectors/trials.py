"""Proposals under weights that somebody tries: computed at once, stored nowhere.

The candidates are those of :mod:`matching.selectors.live`: the whole population as the
reader may know it. What they share is compared once and kept, so that moving a weight
again only scores again.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from alliances.models import Organisation
from matching import kernel
from matching.selectors.asked import Trial, Zone
from matching.selectors.cards import Figures
from matching.selectors.live import (
    MARGIN,
    acting_rows,
    figures_of,
    still_proposed,
    where_of,
)
from matching.selectors.population import Audience
from matching.selectors.snapshots import Snapshot, Version, snapshot

KEPT_COMPARISONS = 8


@dataclass(frozen=True)
class Tried:
    """A pair under the weights that are tried, and under those of the platform.

    ``is_listed``, ``was_listed``: whether it is among the best of the list so weighed.
    """

    now: Figures
    former: Figures
    is_listed: bool
    was_listed: bool


def tried_pairs(
    organisation: Organisation,
    audience: Audience,
    day: dt.date,
    trial: Trial,
    *,
    zone: Zone | None = None,
) -> list[Tried]:
    """Return the best pairs of an organisation under either weights."""
    taken = snapshot(audience, day)
    compared = _compared(
        taken.version,
        day,
        audience=audience,
        organisation_id=organisation.pk,
        where=where_of(zone),
    )
    found = [one for candidates in compared for one in _tried(taken, candidates, trial)]
    present = still_proposed(organisation, [one.now for one in found], day)
    pairs = {(one.own_id, one.partner_id) for one in present}
    return [one for one in found if (one.now.own_id, one.now.partner_id) in pairs]


@lru_cache(maxsize=KEPT_COMPARISONS)
def _compared(
    version: Version,
    day: dt.date,
    *,
    audience: Audience,
    organisation_id: int,
    where: tuple[int, int | None] | None,
) -> tuple[kernel.Candidates, ...]:
    """The version is in the key: what was kept of older data is never read again."""
    taken = snapshot(audience, day)
    own = np.flatnonzero(taken.population.organisation_ids == organisation_id)
    others = acting_rows(taken, where) if len(own) else own
    return tuple(kernel.candidates_of(taken.prepared, int(row), others) for row in own)


def _tried(taken: Snapshot, found: kernel.Candidates, trial: Trial) -> list[Tried]:
    """Score the candidates twice, and keep those that either scoring lists."""
    tried = kernel.reweighed(taken.prepared, trial.weights)
    top = MARGIN * int(taken.prepared.configuration.number("list.kept"))
    best = [
        kernel.best_candidates(prepared, found, top=top)
        for prepared in (tried, taken.prepared)
    ]
    either = np.union1d(*best)
    is_listed, was_listed = (np.isin(either, one).tolist() for one in best)
    chosen = found.among(either)
    now, former = (
        _figures(taken, chosen, kernel.score_candidates(prepared, chosen))
        for prepared in (tried, taken.prepared)
    )
    return [
        Tried(*columns)
        for columns in zip(now, former, is_listed, was_listed, strict=True)
    ]


def _figures(
    taken: Snapshot, chosen: kernel.Candidates, pairs: kernel.Pairs
) -> list[Figures]:
    return [
        figures_of(taken, pairs, chosen.row, other, at)
        for at, other in enumerate(chosen.others.tolist())
    ]
