"""Warnings raised at matching, and the rules that adjust the named type."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.kernel.admissibility import has_recipient
from matching.kernel.families import expand
from matching.kernel.geography import overlaps
from matching.kernel.preparation import Prepared, contains
from matching.kernel.scores import best_of
from matching.kernel.vocabulary import (
    ASSOCIATION,
    COMPANY,
    ECONOMIC_COOPERATION,
    LOCAL_AUTHORITY,
    MODELS,
    PATRONAGE,
    PHASES,
    QUADRANTS,
    SOCIETAL_INNOVATION,
    UNKNOWN,
)

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Bits = NDArray[np.uint16]


@dataclass(frozen=True)
class MatchWarning:
    """A point to discuss, raised but never blocking.

    Attributes
    ----------
    id : str
        Rule of the method.
    severity : str
        ``"warn"`` or ``"inform"``.
    source : str
        Document and lines.
    """

    id: str
    severity: str
    source: str


GUIDE: Final = "« Coopérer efficacement » (2023)"
WARNINGS: Final = (
    MatchWarning("R01", "warn", "état des lieux (2020), l.54-60, l.123"),
    MatchWarning("R06", "warn", f"{GUIDE}, l.982, l.1001"),
    MatchWarning("R07", "warn", f"{GUIDE}, l.982"),
    MatchWarning("R09", "warn", f"{GUIDE}, l.1633"),
    MatchWarning("R10", "warn", f"{GUIDE}, l.978, l.1435, l.1793"),
    MatchWarning("R13", "inform", f"{GUIDE}, l.675"),
    MatchWarning("R17", "warn", f"{GUIDE}, l.1013"),
    MatchWarning("R22", "warn", "état des lieux (2020), l.167-170, l.324-327"),
)
"""Bit ``k`` of the warnings of a proposal stands for ``WARNINGS[k]``."""

NAMING_REASONS: Final = ("phase_deployment", "phase_r_and_d", "entry_door")
"""Bit ``k`` of a naming reason stands for ``NAMING_REASONS[k]``; 0: the formula's."""

DEPLOYMENT: Final = PHASES.index("deployment")
R_AND_D: Final = PHASES.index("r_and_d")
ECO: Final = QUADRANTS.index("eco")
STK: Final = QUADRANTS.index("stk")


def warning_ids(bits: int) -> tuple[str, ...]:
    """Return the rules that a number of bits stands for.

    Examples
    --------
    >>> warning_ids(0b11)
    ('R01', 'R06')
    """
    return tuple(w.id for k, w in enumerate(WARNINGS) if int(bits) >> k & 1)


def naming_reasons(bits: int) -> tuple[str, ...]:
    """Return the naming rules that a number of bits stands for.

    Examples
    --------
    >>> naming_reasons(4)
    ('entry_door',)
    """
    return tuple(name for k, name in enumerate(NAMING_REASONS) if int(bits) >> k & 1)


def warnings_of(
    prepared: Prepared, first: Integers, second: Integers, types: Integers
) -> Bits:
    """Raise the warnings of pairs for given types, where the data is there.

    Parameters
    ----------
    prepared : Prepared
        The population.
    first, second, types : ndarray of int, shape (P,)
        Pairs and the type looked at.

    Returns
    -------
    ndarray of uint16, shape (P,)
        Bits in the order of ``WARNINGS``.
    """
    profiles = prepared.profiles
    raised = (
        (types == PATRONAGE) & ~has_recipient(profiles, first, second, surely=True),
        _is_asymmetric(prepared, first, second),
        _depends(prepared, first) | _depends(prepared, second),
        _competes(prepared, first, second),
        _seeks_position(prepared, first) | _seeks_position(prepared, second),
        (types == SOCIETAL_INNOVATION) & _is_young(prepared, first, second),
        (types == ECONOMIC_COOPERATION) & _has_authority(prepared, first, second),
        _in_tension(prepared, first) | _in_tension(prepared, second),
    )
    bits = np.zeros(len(first), np.uint16)
    for bit, flags in enumerate(raised):
        bits |= flags.astype(np.uint16) << np.uint16(bit)
    return bits


def named_types(
    prepared: Prepared,
    first: Integers,
    second: Integers,
    *,
    values: Floats,
    allowed: Booleans,
) -> tuple[Integers, Integers, NDArray[np.uint8]]:
    """Name the type of pairs: the formula first, then phase, then entry door.

    Parameters
    ----------
    prepared : Prepared
        The population.
    first, second : ndarray of int, shape (P,)
        The pairs.
    values : ndarray of shape (P, 4)
        Naming scores.
    allowed : ndarray of bool, shape (P, 4)
        Admissible types.

    Returns
    -------
    named, formula : ndarray of int, shape (P,)
        Named type after and before the rules, −1 when no type is admissible.
    reasons : ndarray of uint8, shape (P,)
        Bits in the order of ``NAMING_REASONS``.
    """
    formula = best_of(values, allowed)
    named = formula.copy()
    reasons = np.zeros(len(first), np.uint8)
    moves = (
        (DEPLOYMENT, SOCIETAL_INNOVATION, ECONOMIC_COOPERATION),
        (R_AND_D, ECONOMIC_COOPERATION, SOCIETAL_INNOVATION),
    )
    agreed = _agreed_phase(prepared, first, second)
    for bit, (phase, before, after) in enumerate(moves):
        moved = (agreed == phase) & (formula == before) & allowed[:, after]
        named[moved] = after
        reasons[moved] |= np.uint8(1 << bit)
    doors = allowed.copy()
    doors[:, [ECONOMIC_COOPERATION, SOCIETAL_INNOVATION]] = False
    door = best_of(values, doors)
    early = _is_young(prepared, first, second) & (named == SOCIETAL_INNOVATION)
    early &= door != UNKNOWN
    named[early] = door[early]
    reasons[early] |= np.uint8(1 << NAMING_REASONS.index("entry_door"))
    return named, formula, reasons


def _agreed_phase(prepared: Prepared, first: Integers, second: Integers) -> Integers:
    """Return the phase that one side says and the other does not contradict."""
    one, other = prepared.profiles.phase[first], prepared.profiles.phase[second]
    said = np.where(one == UNKNOWN, other, one)
    contradicted = (one != other) & (one != UNKNOWN) & (other != UNKNOWN)
    return np.where(contradicted, UNKNOWN, said)


def _is_young(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    """Tell whether a side has a known maturity under the one innovation asks."""
    limit = prepared.configuration.number("naming.entry_door_maturity")
    maturity = prepared.profiles.maturity
    young: Booleans = (maturity != UNKNOWN) & (maturity <= limit)
    return np.logical_or(young[first], young[second])


def _is_asymmetric(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    ratio = prepared.configuration.number("warning.asymmetry_ratio")
    one, other = (
        np.maximum(prepared.profiles.staff[rows], 1.0) for rows in (first, second)
    )
    return np.maximum(one, other) >= ratio * np.minimum(one, other)


def _weighs(
    prepared: Prepared, rows: Integers, *, kind: int, quadrant: int
) -> Booleans:
    name = "dependence" if quadrant == ECO else "positioning"
    limit = prepared.configuration.number(f"warning.{name}_weight")
    is_kind: Booleans = prepared.profiles.kind[rows] == kind
    weighs: Booleans = prepared.profiles.square[rows, quadrant] >= limit
    return is_kind & weighs


def _depends(prepared: Prepared, rows: Integers) -> Booleans:
    return _weighs(prepared, rows, kind=ASSOCIATION, quadrant=ECO)


def _seeks_position(prepared: Prepared, rows: Integers) -> Booleans:
    return _weighs(prepared, rows, kind=COMPANY, quadrant=STK)


def _has_authority(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    is_authority = prepared.profiles.kind == LOCAL_AUTHORITY
    has_one: Booleans = np.logical_or(is_authority[first], is_authority[second])
    return has_one


def _in_tension(prepared: Prepared, rows: Integers) -> Booleans:
    profiles = prepared.profiles
    tags = prepared.configuration.settings["warning.tension_sectors"].value
    is_tense = np.isin(np.array(profiles.tags, np.str_), tags)
    held = profiles.sectors.weighed(is_tense.astype(float)) > 0
    return held[profiles.sector_set[rows]]


def _competes(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    """Peers of one sector whose perimeters meet (R09)."""
    profiles = prepared.profiles
    sells = (profiles.kind == COMPANY) | (profiles.model == MODELS.index("us_model"))
    peers = (profiles.kind[first] == profiles.kind[second]) | (
        sells[first] & sells[second]
    )
    competes: Booleans = peers & _share_sector(prepared, first, second)
    at = np.flatnonzero(competes)
    competes[at] = _perimeters_meet(prepared, first[at], second[at])
    return competes


def _share_sector(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    profiles = prepared.profiles
    n_tags = len(profiles.tags)
    sets = np.repeat(np.arange(len(profiles.sectors)), profiles.sectors.lengths)
    keys = sets * n_tags + profiles.sectors.members
    pair, tag = expand(profiles.sectors, profiles.sector_set[first])
    shared = contains(keys, profiles.sector_set[second[pair]] * n_tags + tag)
    met = np.zeros(len(first), bool)
    met[pair[shared]] = True
    return met


def _perimeters_meet(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    places, row = np.unique(prepared.place[first], return_inverse=True)
    met = np.zeros(len(first), bool)
    for start in range(0, len(places), 128):
        chosen = (row >= start) & (row < start + 128)
        share = overlaps(prepared.places, places[start : start + 128])
        met[chosen] = share[row[chosen] - start, prepared.place[second[chosen]]] > 0
    return met
