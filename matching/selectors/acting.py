"""Who acts in a territory: perimeter, seat or establishment in it."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from alliances.selectors.places import communes_around
from matching import kernel
from matching.selectors.geography import atlas
from matching.selectors.population import Population, matchable_population
from territories.models import Territory

Integers = NDArray[np.int64]


def organisations_acting_in(territory: Territory, day: dt.date) -> set[int]:
    """Return the organisations with a matchable intention that acts there."""
    population = matchable_population(day)
    rows = acting_in(territory, population)
    return set(population.organisation_ids[rows].tolist())


def acting_in(territory: Territory, population: Population) -> Integers:
    """Return the rows of those that act in ``territory``.

    Their perimeter meets it, or their seat or an establishment stands in it.
    """
    map_ = atlas()
    if map_.is_everywhere(territory.pk):
        return np.arange(len(population))
    return acting_on(map_.communes_of(territory.pk), population)


def acting_around(
    territory: Territory, radius_km: int, population: Population
) -> Integers:
    """Return the rows of those that act in ``territory`` or that near its centre."""
    map_ = atlas()
    if map_.is_everywhere(territory.pk):
        return np.arange(len(population))
    near = sorted(communes_around(territory, radius_km))
    return acting_on(map_.positions(np.array(near, np.int64)), population)


def acting_on(communes: Integers, population: Population) -> Integers:
    """Return the rows of those that act on some communes of the atlas."""
    profiles = population.profiles
    map_ = atlas()
    meets = np.zeros(len(profiles.perimeters) + 1, bool)  # the last: unknown
    inside = np.zeros(len(map_.communes), bool)
    inside[communes] = True
    owners = np.repeat(np.arange(len(profiles.perimeters)), profiles.perimeters.lengths)
    meets[owners[inside[profiles.perimeters.members]]] = True
    if profiles.everywhere != kernel.UNKNOWN:
        meets[profiles.everywhere] = True
    return np.flatnonzero(meets[profiles.perimeter] | _stands_in(communes, population))


def _stands_in(communes: Integers, population: Population) -> NDArray[np.bool_]:
    points = {tuple(point) for point in atlas().points_deg[communes].tolist()}
    profiles = population.profiles
    stands = np.array([tuple(p) in points for p in profiles.points_deg.tolist()], bool)
    owners = np.repeat(np.arange(len(population)), np.diff(profiles.point_offsets))
    found = np.zeros(len(population), bool)
    found[owners[stands]] = True
    return found
