"""What is computed once for a population, before any pair is compared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.kernel.companions import Companions, companions_of
from matching.kernel.configuration import Configuration
from matching.kernel.families import Family, expand, offsets_of, shared_weight
from matching.kernel.geography import Areas, Places, areas_of, meets, places_of
from matching.kernel.profiles import SQUARE_SUM, Profiles
from matching.kernel.vocabulary import DOMAINS

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

SETS_AT_ONCE = 64


@dataclass(frozen=True)
class Entries:
    """Needs or offers that hold in one area only, by intention.

    Attributes
    ----------
    rows : Family
        For every intention, the entries it has.
    means, area : ndarray of int, shape (n_entries,)
        Means code of the entry, and its area as a row of ``Prepared.area_meets``.
    """

    rows: Family
    means: Integers
    area: Integers


@dataclass(frozen=True)
class Prepared:
    """A population ready to be compared under one configuration.

    Attributes
    ----------
    profiles, configuration
        What it was made from.
    objectives : ndarray of shape (N, 4)
        The objectives component of each intention for each type, NaN without a square.
    directions : ndarray of shape (N, 16)
        Domain weights times the priorities, of norm 1; zero without a domain.
    places, place : Places, ndarray of shape (N,)
        Distinct places and that of each intention.
    companions, companion : Companions, ndarray of shape (N,)
        Distinct companions and that of each intention.
    need_entries, offer_entries : Entries
        Territorial needs and offers.
    is_territorial : ndarray of bool, shape (N,)
        Intentions that have a territorial need or offer.
    area_perimeter : ndarray of int, shape (n_areas,)
        Perimeter index of the areas of the entries.
    area_meets : ndarray of bool, shape (n_areas, n_perimeters + 1)
        Whether each area meets each perimeter; the last column stands for unknown.
    absent : ndarray of int
        Sorted keys ``i * N + j`` of pairs never proposed: same organisation, or an
        organisation that one of them refuses.
    linked : ndarray of int
        Sorted keys ``i * N + j`` of pairs whose organisations have a link.
    refuses : ndarray of bool, shape (n_excluded_sets, n_sector_sets)
        Whether a set of refused sectors meets a set of sectors.
    preference : ndarray of int, shape (N,)
        Rank among ties: least solicited, then public identifier.
    """

    profiles: Profiles
    configuration: Configuration
    objectives: Floats
    directions: Floats
    places: Places
    place: Integers
    companions: Companions
    companion: Integers
    need_entries: Entries
    offer_entries: Entries
    is_territorial: Booleans
    area_perimeter: Integers
    area_meets: Booleans
    absent: Integers
    linked: Integers
    refuses: Booleans
    preference: Integers

    def __len__(self) -> int:
        return len(self.profiles)


def prepare(
    profiles: Profiles,
    configuration: Configuration,
    *,
    domain_priority: Floats | None = None,
) -> Prepared:
    """Compute what does not depend on pairs.

    Parameters
    ----------
    profiles : Profiles
        N intentions.
    configuration : Configuration
        Weights, tables and thresholds.
    domain_priority : ndarray of shape (16,), optional
        Positive priority of each domain in the shared territory; 1 by default. It
        multiplies the domain weights of both sides before the cosine.

    Returns
    -------
    Prepared
        To be kept and shared between calls; nothing in it is modified.

    Raises
    ------
    ValueError
        If a priority is not a positive number.
    """
    areas = areas_of(profiles)
    places, place = places_of(profiles, areas, configuration)
    companions, companion = companions_of(profiles)
    area_perimeter = _entry_areas(profiles)
    is_territorial = np.zeros(len(profiles), bool)
    is_territorial[profiles.need_entries[:, 0]] = True
    is_territorial[profiles.offer_entries[:, 0]] = True
    return Prepared(
        profiles=profiles,
        configuration=configuration,
        objectives=objectives_of(profiles, configuration),
        directions=directions_of(profiles.domains, domain_priority),
        places=places,
        place=place,
        companions=companions,
        companion=companion,
        need_entries=_entries(profiles.need_entries, area_perimeter, len(profiles)),
        offer_entries=_entries(profiles.offer_entries, area_perimeter, len(profiles)),
        is_territorial=is_territorial,
        area_perimeter=area_perimeter,
        area_meets=_area_meets(areas, area_perimeter),
        absent=_absent(profiles),
        linked=_linked(profiles),
        refuses=_refuses(profiles),
        preference=_preference(profiles),
    )


def objectives_of(profiles: Profiles, configuration: Configuration) -> Floats:
    r"""Compute the objectives component, which depends on one side only.

    .. math:: \sum_q square(q) \cdot fit(kind, q, t) / 3

    Returns
    -------
    ndarray of shape (N, 4)
        From 0 to 1, NaN without a square.
    """
    fit = configuration.fit[profiles.kind]
    objectives: Floats = (profiles.square[:, :, None] * fit).sum(axis=1) / SQUARE_SUM
    return objectives


def directions_of(domains: Floats, priority: Floats | None) -> Floats:
    """Weigh the domains by the priorities and bring every row to norm 1.

    Parameters
    ----------
    domains : ndarray of shape (N, 16)
        Weights from 0 to 10.
    priority : ndarray of shape (16,) or None
        Positive priorities; 1 when None.

    Returns
    -------
    ndarray of shape (N, 16)
        Rows of norm 1, or 0 for a row without domain.

    Raises
    ------
    ValueError
        If a priority is not a positive number.
    """
    factor = np.ones(len(DOMAINS)) if priority is None else np.asarray(priority, float)
    if factor.shape != (len(DOMAINS),) or not np.all((factor > 0) & (factor < np.inf)):
        raise ValueError("domain_priority: needs 16 positive numbers")
    weighed = domains * factor
    norm = np.sqrt((weighed * weighed).sum(axis=1))
    return weighed / np.where(norm > 0, norm, 1.0)[:, None]


def contains(keys: Integers, wanted: Integers) -> Booleans:
    """Tell which of the wanted numbers are among the sorted keys.

    Examples
    --------
    >>> import numpy as np
    >>> contains(np.array([2, 5]), np.array([5, 3])).tolist()
    [True, False]
    """
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Booleans = keys[at] == wanted
    return found


def _entry_areas(profiles: Profiles) -> Integers:
    entries = np.concatenate([profiles.need_entries, profiles.offer_entries])
    return np.unique(entries[:, 2])


def _entries(entries: Integers, area_perimeter: Integers, n: int) -> Entries:
    order = np.argsort(entries[:, 0], kind="stable")
    rows, means, perimeter = entries[order].T
    offsets = offsets_of(np.bincount(rows, minlength=n))
    area = np.searchsorted(area_perimeter, perimeter)
    return Entries(Family(offsets, np.arange(len(rows))), means, area)


def _area_meets(areas: Areas, perimeters: Integers) -> Booleans:
    width = len(areas.population) + 1
    table = np.zeros((len(perimeters), width), bool)
    for start in range(0, len(perimeters), SETS_AT_ONCE):
        chosen = perimeters[start : start + SETS_AT_ONCE]
        table[start : start + SETS_AT_ONCE] = meets(areas, chosen)
    return table


def _rows_by_organisation(profiles: Profiles) -> Family:
    order = np.argsort(profiles.organisation, kind="stable")
    highest = max(
        profiles.organisation.max(initial=-1),
        profiles.exclusions[:, 1].max(initial=-1),
        profiles.links[:, 1].max(initial=-1),
    )
    counts = np.bincount(profiles.organisation, minlength=int(highest) + 1)
    return Family(offsets_of(counts), order)


def _absent(profiles: Profiles) -> Integers:
    """Pairs of one organisation, and those that one side refuses."""
    by_organisation = _rows_by_organisation(profiles)
    same, mates = expand(by_organisation, profiles.organisation)
    refusing, refused = expand(by_organisation, profiles.exclusions[:, 1])
    first = np.concatenate([same, profiles.exclusions[:, 0][refusing]])
    return _both_ways(first, np.concatenate([mates, refused]), len(profiles))


def _linked(profiles: Profiles) -> Integers:
    link, other = expand(_rows_by_organisation(profiles), profiles.links[:, 1])
    return _both_ways(profiles.links[:, 0][link], other, len(profiles))


def _both_ways(first: Integers, second: Integers, n: int) -> Integers:
    return np.unique(np.concatenate([first * n + second, second * n + first]))


def _refuses(profiles: Profiles) -> Booleans:
    refusing, refused = profiles.excluded_sectors, profiles.sectors
    table = np.zeros((len(refusing), len(refused)), bool)
    weights = np.ones(len(profiles.tags))
    for start in range(0, len(refusing), SETS_AT_ONCE):
        chosen = np.arange(start, min(start + SETS_AT_ONCE, len(refusing)))
        common = shared_weight(refusing, refused, chosen=chosen, weights=weights)
        table[chosen] = common > 0
    return table


def _preference(profiles: Profiles) -> Integers:
    identifiers = np.argsort(np.array(profiles.public_ids, dtype=np.str_))
    by_identifier = np.empty(len(profiles), np.int64)
    by_identifier[identifiers] = np.arange(len(profiles))
    rank = np.empty(len(profiles), np.int64)
    rank[np.lexsort((by_identifier, profiles.solicitations))] = np.arange(len(profiles))
    return rank
