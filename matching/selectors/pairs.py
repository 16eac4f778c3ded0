"""Two organisations looked at together, stored or not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from alliances.models import Intention, Organisation
from matching import kernel
from matching.models import Configuration as StoredConfiguration
from matching.selectors.population import Audience, Population, population_of


@dataclass(frozen=True)
class Pair:
    """Two intentions ready to be explained; ``own`` is the side that asks."""

    own: Intention
    other: Intention
    prepared: kernel.Prepared
    own_row: int
    other_row: int

    @property
    def own_is_low(self) -> bool:
        return self.own_row < self.other_row

    def explanation(self, type_code: str | None = None) -> kernel.Explanation:
        return kernel.explain_pair(
            self.prepared, self.own_row, self.other_row, type_code=type_code
        )

    def ranking(self) -> kernel.Ranking:
        return kernel.score_pair(self.prepared, self.own_row, self.other_row)

    def obstacles(self) -> tuple[kernel.Obstacle, ...]:
        low, high = sorted((self.own_row, self.other_row))
        return kernel.obstacles(self.prepared, low, high)


def configuration_in_use() -> kernel.Configuration:
    """Return the active configuration, or the published one before the first use."""
    row = StoredConfiguration.objects.filter(is_active=True).first()
    if row is None:
        return kernel.default_configuration()
    return _read(row.pk)


@lru_cache(maxsize=4)
def _read(configuration_id: int) -> kernel.Configuration:
    content = StoredConfiguration.objects.get(pk=configuration_id).content
    return kernel.Configuration.from_mapping(content)


def pair_of(
    own: Sequence[Intention],
    other: Sequence[Intention],
    audience: Audience = Audience.PARTNERS,
) -> Pair | None:
    """Return the best pair among the intentions of two organisations.

    The best admissible one; failing that, the best of all; None without intention.
    """
    if not own or not other:
        return None
    wanted = Intention.objects.filter(pk__in=[one.pk for one in (*own, *other)])
    population = population_of(wanted, audience)
    prepared = kernel.prepare(population.profiles, configuration_in_use())
    one, two = _crossed(population, own, other)
    scored = kernel.score_pairs(prepared, one, two)
    admissible = np.nan_to_num(scored.scores, nan=-1.0).max(axis=1)
    any_score = np.sqrt(scored.low_scores * scored.high_scores).max(axis=1)
    best = int(np.lexsort((any_score, admissible))[-1])
    by_row = {population.row[i.pk]: i for i in (*own, *other)}
    own_row, other_row = int(one[best]), int(two[best])
    return Pair(by_row[own_row], by_row[other_row], prepared, own_row, other_row)


def _crossed(
    population: Population, own: Sequence[Intention], other: Sequence[Intention]
) -> tuple[np.ndarray, np.ndarray]:
    mine = np.array([population.row[one.pk] for one in own])
    theirs = np.array([population.row[one.pk] for one in other])
    return np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))


def matchable_intentions(organisation: Organisation, day: dt.date) -> list[Intention]:
    found = Intention.objects.matchable_on(day).filter(organisation=organisation)
    return list(found.select_related("organisation").order_by("-is_default", "pk"))


def public_intentions(organisation: Organisation) -> list[Intention]:
    """Return those that anybody may read, the main one first."""
    found = Intention.objects.public().filter(organisation=organisation)
    return list(found.select_related("organisation").order_by("-is_default", "pk"))


def every_intention(organisation: Organisation) -> list[Intention]:
    found = Intention.objects.filter(organisation=organisation)
    return list(found.select_related("organisation").order_by("-is_default", "pk"))
