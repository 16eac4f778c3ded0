"""What two intentions share of the map: communes in common, else nearness."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.kernel.configuration import Configuration
from matching.kernel.families import (
    Family,
    expand,
    merged,
    offsets_of,
    shared_weight,
)
from matching.kernel.profiles import Profiles
from matching.kernel.vocabulary import UNKNOWN

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG (Moritz, 2000)
COSINE_SLACK = 1e-9  # the filter keeps a little too much, the exact distance decides


@dataclass(frozen=True)
class Areas:
    """Distinct perimeters, made of atoms.

    Attributes
    ----------
    atoms : Family
        Every perimeter as a set of atoms; that of ``everywhere`` is left empty.
    weights : ndarray of shape (n_atoms,)
        Population of every atom.
    population : ndarray of shape (n_perimeters,)
        Population of every perimeter, infinite for ``everywhere``.
    everywhere : int
        Index of the perimeter that holds every commune, or −1.
    """

    atoms: Family
    weights: Floats
    population: Floats
    everywhere: int


@dataclass(frozen=True)
class Places:
    """Distinct places: a perimeter and a set of points, shared by many intentions.

    Attributes
    ----------
    areas : Areas
        The perimeters.
    perimeter : ndarray of shape (n_places,)
        Perimeter of every place, −1 when unknown.
    points : ndarray of shape (n_points, 3)
        Points on the unit sphere.
    point_offsets : ndarray of shape (n_places + 1,)
        Where the points of each place start and end.
    half_distance_km, ceiling_km, factor : float
        Decay of nearness with distance.
    """

    areas: Areas
    perimeter: Integers
    points: Floats
    point_offsets: Integers
    half_distance_km: float
    ceiling_km: float
    factor: float

    def __len__(self) -> int:
        return len(self.perimeter)


def areas_of(profiles: Profiles) -> Areas:
    """Merge the communes of the perimeters into atoms."""
    atoms, weights = merged(profiles.perimeters, profiles.population)
    population = atoms.weighed(weights)
    if profiles.everywhere != UNKNOWN:
        population[profiles.everywhere] = np.inf
    return Areas(atoms, weights, population, profiles.everywhere)


def unit_vectors(points_deg: Floats) -> Floats:
    """Place points on the unit sphere.

    Parameters
    ----------
    points_deg : ndarray of shape (n, 2)
        Latitude and longitude in degrees.

    Returns
    -------
    ndarray of shape (n, 3)
        Cartesian coordinates.

    Examples
    --------
    >>> import numpy as np
    >>> unit_vectors(np.array([[90.0, 0.0]])).round(12).tolist()
    [[0.0, 0.0, 1.0]]
    """
    latitude, longitude = np.radians(points_deg).T
    return np.column_stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )


def great_circle_km(one: Floats, other: Floats) -> Floats:
    """Return the distance between points, through the chord (exact when near).

    Parameters
    ----------
    one, other : ndarray of shape (n, 3)
        Points on the unit sphere.

    Returns
    -------
    ndarray of shape (n,)
        Kilometres on the sphere of radius ``EARTH_RADIUS_KM``.

    Examples
    --------
    >>> import numpy as np
    >>> paris, lyon = unit_vectors(np.array([[48.8566, 2.3522], [45.764, 4.8357]]))
    >>> great_circle_km(paris[None], lyon[None]).round(1).tolist()
    [391.5]
    """
    x, y, z = (one - other).T
    chord = np.sqrt(x * x + y * y + z * z)
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chord / 2))
    return km


def overlap_rows(areas: Areas, chosen: Integers) -> Floats:
    r"""Share of the smaller of two perimeters that lies in both.

    .. math:: pop(A \cap B) / \min(pop A, pop B)

    Parameters
    ----------
    areas : Areas
        The perimeters.
    chosen : ndarray of shape (n,)
        Indices of perimeters.

    Returns
    -------
    ndarray of shape (n, n_perimeters)
        From 0 (no commune in common) to 1 (one lies in the other).
    """
    common = shared_weight(
        areas.atoms, areas.atoms, chosen=chosen, weights=areas.weights
    )
    smaller = np.minimum(areas.population[chosen][:, None], areas.population)
    share = common / np.where(np.isinf(smaller), 1.0, smaller)
    if areas.everywhere != UNKNOWN:
        share[:, areas.everywhere] = 1.0
        share[chosen == areas.everywhere] = 1.0
    return share


def meets(areas: Areas, chosen: Integers) -> Booleans:
    """Tell which perimeters have a commune in common with the chosen ones.

    Returns
    -------
    ndarray of bool, shape (n_chosen, n_perimeters + 1)
        The last column, for an unknown perimeter (index −1), is False.
    """
    known = overlap_rows(areas, chosen) > 0
    return np.column_stack([known, np.zeros(len(chosen), bool)])


def places_of(
    profiles: Profiles, areas: Areas, configuration: Configuration
) -> tuple[Places, Integers]:
    """Find the distinct places of the intentions.

    Returns
    -------
    places : Places
        The distinct places.
    place : ndarray of shape (N,)
        The place of each intention.
    """
    number: dict[tuple[int, bytes], int] = {}
    place = np.empty(len(profiles), np.int64)
    first: list[int] = []
    for row in range(len(profiles)):
        start, stop = profiles.point_offsets[row : row + 2]
        key = (int(profiles.perimeter[row]), profiles.points_deg[start:stop].tobytes())
        if key not in number:
            number[key] = len(first)
            first.append(row)
        place[row] = number[key]
    rows = np.array(first, np.int64)
    points = Family(profiles.point_offsets, np.arange(len(profiles.points_deg)))
    places = Places(
        areas=areas,
        perimeter=profiles.perimeter[rows],
        points=unit_vectors(profiles.points_deg[expand(points, rows)[1]]),
        point_offsets=offsets_of(points.lengths[rows]),
        half_distance_km=configuration.number("territory.half_distance_km"),
        ceiling_km=configuration.number("territory.ceiling_km"),
        factor=configuration.number("territory.distance_factor"),
    )
    return places, place


def overlaps(places: Places, chosen: Integers) -> Floats:
    """Return the overlap of places, NaN where a perimeter is unknown.

    Returns
    -------
    ndarray of shape (n_chosen, n_places)
        Shares from 0 to 1, or NaN.
    """
    distinct, row = np.unique(places.perimeter[chosen], return_inverse=True)
    share = np.full((len(distinct), len(places.areas.population) + 1), np.nan)
    known = distinct != UNKNOWN
    share[known, :-1] = overlap_rows(places.areas, distinct[known])
    return np.take(share[row], places.perimeter, axis=1)


@dataclass(frozen=True)
class _Near:
    """Pairs of points within the ceiling: the pair of places, flat, and kilometres."""

    flat: Integers
    km: Floats


def _near(places: Places, chosen: Integers, wanted: Booleans) -> _Near:
    """Find the points within the ceiling of each other, for wanted pairs of places."""
    family = Family(places.point_offsets, np.arange(len(places.points)))
    owner, mine = expand(family, chosen)
    owner_of = np.repeat(np.arange(len(places)), family.lengths)
    limit = np.cos(min(places.ceiling_km / EARTH_RADIUS_KM, np.pi)) - COSINE_SLACK
    close = places.points[mine] @ places.points.T >= limit
    row, column = np.divmod(np.flatnonzero(close), len(places.points))
    flat = owner[row] * len(places) + owner_of[column]
    kept = wanted.reshape(-1)[flat]
    row, column, flat = row[kept], column[kept], flat[kept]
    km = great_circle_km(places.points[mine[row]], places.points[column])
    within = km <= places.ceiling_km
    return _Near(flat[within], km[within])


def _have_points(places: Places, chosen: Integers) -> Booleans:
    has_point = np.diff(places.point_offsets) > 0
    return np.logical_and(has_point[chosen][:, None], has_point)


def distances_km(places: Places, chosen: Integers) -> Floats:
    """Return the distance between the nearest points of places.

    Returns
    -------
    ndarray of shape (n_chosen, n_places)
        Kilometres; infinite beyond the ceiling; NaN where a place has no point.
    """
    have_points = _have_points(places, chosen)
    near = _near(places, chosen, have_points)
    nearest = np.where(have_points, np.inf, np.nan)
    np.minimum.at(nearest.reshape(-1), near.flat, near.km)
    return nearest


def territory_rows(places: Places, chosen: Integers) -> Floats:
    r"""Compute the territory component of places: overlap, else nearness.

    .. math:: \frac{pop(A \cap B)}{\min(pop A, pop B)} \text{ if positive, else }
        factor \cdot 2^{-d / half\_distance}

    Parameters
    ----------
    places : Places
        The places.
    chosen : ndarray of shape (n,)
        Indices of places.

    Returns
    -------
    ndarray of shape (n, n_places)
        From 0 to 1; NaN when neither an overlap nor a distance can be known.

    Notes
    -----
    Two known perimeters without common commune, one of them without a point, count 0:
    it is known that they do not meet. Without a perimeter, points alone speak. See
    docs/decisions/0020-territory-and-distance.md.
    """
    value = overlaps(places, chosen)
    apart = ~(value > 0)
    near = _near(places, chosen, apart)
    value[apart & _have_points(places, chosen)] = 0.0
    decayed = places.factor * np.exp2(-near.km / places.half_distance_km)
    np.maximum.at(value.reshape(-1), near.flat, decayed)
    return value
