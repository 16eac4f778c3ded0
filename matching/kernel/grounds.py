"""What brings the two sides of many pairs together: what one sentence is made of."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import held
from matching.kernel.geography import distances_km, overlaps
from matching.kernel.preparation import Prepared
from matching.kernel.scattered import territory_of_pairs
from matching.kernel.vocabulary import DOMAINS, MEANS

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Grounds:
    """What brings one side to the other: enough for the first sentence.

    Attributes
    ----------
    receives, brings : tuple of str
        As in ``SideReasons``.
    domains : tuple of str
        Domains of both, the one that weighs most first.
    territory, overlap, distance_km : float or None
        The component and its facts; ``None`` when unknown.
    """

    receives: tuple[str, ...]
    brings: tuple[str, ...]
    domains: tuple[str, ...]
    territory: float | None
    overlap: float | None
    distance_km: float | None


def grounds_of_pairs(
    prepared: Prepared, one: Integers, other: Integers
) -> list[Grounds]:
    """Return what brings ``one`` to ``other`` in each pair, as its explanation tells.

    Parameters
    ----------
    prepared : Prepared
        The population.
    one, other : ndarray of int, shape (P,)
        Rows, in any order: the sides that are spoken of, then those they meet.
    """
    mine, theirs = prepared.place[one], prepared.place[other]
    places, row = np.unique(mine, return_inverse=True)
    columns = zip(
        _means(held(prepared, one, other)[2]),
        _means(held(prepared, other, one)[2]),
        _common_domains(prepared, one, other),
        _known(territory_of_pairs(prepared.places, mine, theirs)),
        _known(overlaps(prepared.places, places)[row, theirs]),
        _known(distances_km(prepared.places, places)[row, theirs]),
        strict=True,
    )
    return [Grounds(*values) for values in columns]


def _means(met: Booleans) -> list[tuple[str, ...]]:
    return [tuple(MEANS[m] for m in np.flatnonzero(row)) for row in met]


def _common_domains(
    prepared: Prepared, one: Integers, other: Integers
) -> list[tuple[str, ...]]:
    product = prepared.directions[one] * prepared.directions[other]
    order = np.argsort(-product, axis=1, kind="stable")
    return [
        tuple(DOMAINS[d] for d in ranked if weights[d] > 0)
        for ranked, weights in zip(order.tolist(), product.tolist(), strict=True)
    ]


def _known(values: Floats) -> list[float | None]:
    return [value if isfinite(value) else None for value in values.tolist()]
