"""Intentions as columns of arrays: what every computation of the kernel reads."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matching.kernel.families import Family
from matching.kernel.vocabulary import DOMAINS, KINDS, MEANS, QUADRANTS, TYPES, UNKNOWN

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

SQUARE_SUM = 100
LARGEST_DOMAIN_WEIGHT = 10


@dataclass(frozen=True)
class Profiles:
    """The columns of N intentions; row order is the order of the result's indices.

    Attributes
    ----------
    public_ids : tuple of str, length N
        Unique public identifiers.
    organisation : ndarray of int, shape (N,)
        Index of the organisation of each intention.
    kind : ndarray of int, shape (N,)
        Position in ``KINDS``.
    square : ndarray of float, shape (N, 4)
        Rows sum to 100, or are NaN when unknown.
    needs, offers : ndarray of bool, shape (N, 24)
        Those that hold everywhere the intention acts.
    need_entries, offer_entries : ndarray of int, shape (n_entries, 3)
        Those that hold in one area only: row, means, perimeter of that area.
    domains : ndarray of float, shape (N, 16)
        Weights from 0 to 10.
    perimeter : ndarray of int, shape (N,)
        Index in ``perimeters``, −1 when unknown.
    perimeters : Family
        Distinct perimeters as sets of communes; that of ``everywhere`` is left empty.
    everywhere : int
        Index of the perimeter that holds every commune, −1 if nobody has it.
    population : ndarray of float, shape (n_communes,)
        At least 1.
    points_deg : ndarray of float, shape (n_points, 2)
        Latitude and longitude, in degrees.
    point_offsets : ndarray of int, shape (N + 1,)
        Where the points of each intention start and end.
    size : ndarray of int, shape (N,)
        Position in ``SIZES``, −1 when unknown.
    staff : ndarray of float, shape (N,)
        Number of employees, NaN when unknown.
    values, sectors, excluded_sectors : Family
        Distinct sets of tags, numbered together.
    value_set, sector_set, excluded_sector_set : ndarray of int, shape (N,)
        Index of each row's set in its family.
    tags : tuple of str
        The text of each tag.
    open_to : ndarray of bool, shape (N, 4)
        Types the intention is open to.
    general_interest, model, maturity, phase : ndarray of int, shape (N,)
        1 or 0, position in ``MODELS``, 0 to 3, position in ``PHASES``; −1 unknown.
    excluded_kinds : ndarray of bool, shape (N, 7)
        Kinds that the row refuses.
    exclusions, links : ndarray of int, shape (n, 2)
        Row and index of an organisation that it refuses, or is linked with.
    solicitations : ndarray of int, shape (N,)
        Recent solicitations; fewer wins a tie.

    Raises
    ------
    ValueError
        If shapes disagree or a value is out of its range; the message names the column.
    """

    public_ids: tuple[str, ...]
    organisation: Integers
    kind: Integers
    square: Floats
    needs: Booleans
    offers: Booleans
    need_entries: Integers
    offer_entries: Integers
    domains: Floats
    perimeter: Integers
    perimeters: Family
    everywhere: int
    population: Floats
    points_deg: Floats
    point_offsets: Integers
    size: Integers
    staff: Floats
    values: Family
    value_set: Integers
    sectors: Family
    sector_set: Integers
    tags: tuple[str, ...]
    excluded_sectors: Family
    excluded_sector_set: Integers
    open_to: Booleans
    general_interest: Integers
    model: Integers
    maturity: Integers
    phase: Integers
    excluded_kinds: Booleans
    exclusions: Integers
    links: Integers
    solicitations: Integers

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_codes(self)
        _check_numbers(self)
        _check_points(self)
        for column in fields(self):
            value = getattr(self, column.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def __len__(self) -> int:
        return len(self.public_ids)


def _check_shapes(profiles: Profiles) -> None:
    n = len(profiles.public_ids)
    wide = {
        "square": len(QUADRANTS),
        "needs": len(MEANS),
        "offers": len(MEANS),
        "domains": len(DOMAINS),
        "open_to": len(TYPES),
        "excluded_kinds": len(KINDS),
    }
    flat = {"need_entries": 3, "offer_entries": 3, "exclusions": 2, "links": 2}
    flat["points_deg"] = 2
    free = {"population"}
    for column in fields(profiles):
        value = getattr(profiles, column.name)
        if not isinstance(value, np.ndarray) or column.name in free:
            continue
        expected: tuple[int, ...] = (n,)
        if column.name in wide:
            expected = (n, wide[column.name])
        elif column.name in flat:
            expected = (len(value), flat[column.name])
        elif column.name == "point_offsets":
            expected = (n + 1,)
        if value.shape != expected:
            raise ValueError(f"{column.name}: shape {value.shape}, expected {expected}")


def _check_codes(profiles: Profiles) -> None:
    n = len(profiles)
    n_organisations = int(profiles.organisation.max(initial=-1)) + 1
    bounds = (
        ("kind", profiles.kind, 0, len(KINDS)),
        ("organisation", profiles.organisation, 0, n_organisations),
        ("perimeter", profiles.perimeter, UNKNOWN, len(profiles.perimeters)),
        ("size", profiles.size, UNKNOWN, 4),
        ("value_set", profiles.value_set, 0, len(profiles.values)),
        ("sector_set", profiles.sector_set, 0, len(profiles.sectors)),
        (
            "excluded_sector_set",
            profiles.excluded_sector_set,
            0,
            len(profiles.excluded_sectors),
        ),
        ("general_interest", profiles.general_interest, UNKNOWN, 2),
        ("model", profiles.model, UNKNOWN, 2),
        ("maturity", profiles.maturity, UNKNOWN, 4),
        ("phase", profiles.phase, UNKNOWN, 2),
        ("solicitations", profiles.solicitations, 0, np.inf),
        ("need_entries", profiles.need_entries[:, 0], 0, n),
        ("offer_entries", profiles.offer_entries[:, 0], 0, n),
        ("need_entries", profiles.need_entries[:, 1], 0, len(MEANS)),
        ("offer_entries", profiles.offer_entries[:, 1], 0, len(MEANS)),
        ("need_entries", profiles.need_entries[:, 2], 0, len(profiles.perimeters)),
        ("offer_entries", profiles.offer_entries[:, 2], 0, len(profiles.perimeters)),
        ("exclusions", profiles.exclusions[:, 0], 0, n),
        ("links", profiles.links[:, 0], 0, n),
    )
    for name, values, lowest, end in bounds:
        if len(values) and (values.min() < lowest or values.max() >= end):
            raise ValueError(f"{name}: values must be from {lowest} to below {end}")


def _check_numbers(profiles: Profiles) -> None:
    known = ~np.isnan(profiles.square).all(axis=1)
    square = profiles.square[known]
    if not (np.all(square >= 0) and np.allclose(square.sum(axis=1), SQUARE_SUM)):
        raise ValueError("square: known rows need 4 weights, each >= 0, of sum 100")
    domains = profiles.domains
    if not np.all((domains >= 0) & (domains <= LARGEST_DOMAIN_WEIGHT)):
        raise ValueError("domains: weights must be from 0 to 10, without NaN")
    if not np.all(profiles.population >= 1):
        raise ValueError("population: must be at least 1 everywhere, without NaN")
    if not np.all(np.isnan(profiles.staff) | (profiles.staff >= 0)):
        raise ValueError("staff: must be non-negative, or NaN when unknown")
    if len(set(profiles.public_ids)) != len(profiles.public_ids):
        raise ValueError("public_ids: must be unique")


def _check_points(profiles: Profiles) -> None:
    limit_deg = np.array([90.0, 180.0])
    if not np.all(np.abs(profiles.points_deg) <= limit_deg):
        raise ValueError("points_deg: latitude within ±90, longitude within ±180")
    offsets = profiles.point_offsets
    if offsets[0] != 0 or offsets[-1] != len(profiles.points_deg):
        raise ValueError("point_offsets: must go from 0 to the number of points")
    if np.any(np.diff(offsets) < 0):
        raise ValueError("point_offsets: must not decrease")
