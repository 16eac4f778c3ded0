"""One intention as a plain record: what callers fill, one organisation at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Territories:
    """The communes and the areas that intentions name.

    Attributes
    ----------
    population : ndarray of shape (n_communes,)
        Inhabitants; NaN and 0 both count as 1, so that emptiness stays a matter of
        communes and never of figures.
    areas : Mapping[str, ndarray]
        Commune indices of every area by its reference (``"EPCI-200054807"``). The
        reference ``"FR"`` means every commune and is not to be listed.

    Examples
    --------
    >>> import numpy as np
    >>> territories = Territories(np.array([900.0, 100.0]), {"COM-13055": np.array([0])})
    >>> sorted(territories.areas)
    ['COM-13055']
    """

    population: NDArray[np.float64]
    areas: Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """What one organisation is after; only known things are filled.

    Attributes
    ----------
    public_id, organisation : str
        Public identifier of the intention (last tie-break) and key of its organisation:
        two intentions of one organisation are never proposed to each other.
    kind : str
        One of ``KINDS``.
    square : tuple of 4 numbers, optional
        Weights of ``QUADRANTS``, each at least 0, sum 100.
    needs, offers : tuple of (means, area or None)
        ``None``: holds everywhere the intention acts; else only in that area.
    domains : Mapping[str, float]
        Weights from 0 to 10 by domain; absent means 0.
    perimeter : tuple of str
        References of the areas where it acts (their union); empty means unknown.
    points : tuple of (latitude, longitude), in degrees
        Seat and establishments whose coordinates are known.
    size, staff : str, float, optional
        Size class of ``SIZES``; number of employees.
    values, sectors : frozenset of str
        Free tags; empty means unknown.
    links : frozenset of str
        Keys of the organisations it already has a link with.
    open_to : frozenset of str, optional
        Types it is open to; ``None`` means all four.
    general_interest, model, maturity, phase : optional
        As in the directory; ``None`` means unknown.
    excluded_kinds, excluded_sectors, excluded_organisations : frozenset of str
        Exclusion criteria (rule R04), in one direction; they act in both.
    solicitations : int
        How often it was solicited lately; the least solicited wins a tie.
    """

    public_id: str
    organisation: str
    kind: str
    square: tuple[float, float, float, float] | None = None
    needs: tuple[tuple[str, str | None], ...] = ()
    offers: tuple[tuple[str, str | None], ...] = ()
    domains: Mapping[str, float] = field(default_factory=dict)
    perimeter: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    size: str | None = None
    staff: float | None = None
    values: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    open_to: frozenset[str] | None = None
    general_interest: bool | None = None
    model: str | None = None
    maturity: int | None = None
    phase: str | None = None
    excluded_kinds: frozenset[str] = frozenset()
    excluded_sectors: frozenset[str] = frozenset()
    excluded_organisations: frozenset[str] = frozenset()
    solicitations: int = 0
