"""One intention rewritten where a prepared population is laid out.

For whoever keeps a population in memory: what an edit changes of it is a few rows of a
few arrays, as long as the intention acts and holds where it did.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.kernel.preparation import Prepared, directions_of
from matching.kernel.screens import Screen
from matching.kernel.vocabulary import TYPES

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Owner = TypeVar("Owner")


@dataclass(frozen=True)
class Aims:
    """What an intention seeks and gives, wherever it acts.

    Attributes
    ----------
    square : ndarray of shape (4,)
        Of sum 100, or NaN.
    needs, offers : ndarray of bool, shape (24,)
        Means that hold everywhere.
    domains : ndarray of shape (16,)
        Weights from 0 to 10.
    open_to : ndarray of bool, shape (4,)
        Types.
    """

    square: Floats
    needs: Booleans
    offers: Booleans
    domains: Floats
    open_to: Booleans


def owned(prepared: Prepared) -> Prepared:
    """Copy what :func:`rewrite` writes in, so that the original stays as it is."""
    profiles = _copied(prepared.profiles, [field.name for field in fields(Aims)])
    prepared = replace(prepared, profiles=profiles)
    return _copied(prepared, ["objectives", "directions"])


def _copied(owner: Owner, names: list[str]) -> Owner:
    copies = {name: getattr(owner, name).copy() for name in names}
    made: Owner = replace(owner, **copies)  # type: ignore[type-var]
    for name in names:
        getattr(made, name).flags.writeable = True
    return made


def rewrite(
    screen: Screen, row: int, aims: Aims, *, domain_priority: Floats | None = None
) -> None:
    """Write new aims of a row in its population and its layout, in place.

    Parameters
    ----------
    screen : Screen
        The layout of a population given by :func:`owned`.
    row : int
        Row of the population.
    aims : Aims
        What replaces its own.
    domain_priority : ndarray of shape (16,), optional
        As in :func:`matching.kernel.preparation.prepare`.

    Raises
    ------
    ValueError
        If the row has needs or offers of its own area: it must be prepared anew.
    """
    rewrite_prepared(screen.prepared, row, aims, domain_priority=domain_priority)
    _lay(screen, row, aims)


def rewrite_prepared(
    prepared: Prepared,
    row: int,
    aims: Aims,
    *,
    domain_priority: Floats | None = None,
) -> None:
    """Write new aims of a row in a population given by :func:`owned`, in place.

    Raises
    ------
    ValueError
        If the row has needs or offers of its own area: it must be prepared anew.
    """
    if prepared.is_territorial[row]:
        raise ValueError("an intention with territorial means must be prepared anew")
    profiles, configuration = prepared.profiles, prepared.configuration
    for field in fields(Aims):
        getattr(profiles, field.name)[row] = getattr(aims, field.name)
    fit = configuration.fit[profiles.kind[row]]
    prepared.objectives[row] = weighed_square(aims.square, fit)
    domains = aims.domains[None]
    prepared.directions[row] = directions_of(domains, domain_priority)[0]


def weighed_square(square: Floats, fit: Floats) -> Any:
    """Compute the objectives of one square, to the bit of those of a population."""
    return (square[None, :, None] * fit[None]).sum(axis=1)[0] / 100


def _lay(screen: Screen, row: int, aims: Aims) -> None:
    prepared, at = screen.prepared, screen.position[row]
    weights, worth = prepared.configuration.weights, prepared.configuration.worth
    direction, acts = prepared.directions[row], prepared.directions[row] > 0
    share = weights[1] / max(np.count_nonzero(aims.needs), 1)
    own = weights[0] * np.nan_to_num(prepared.objectives[row])
    own[~aims.open_to] = np.nan
    for t in range(len(TYPES)):
        screen.needer[t, at] = [*(aims.needs * share), own[t], 1.0]
        screen.giver[t, at] = [*(aims.offers * worth[:, t]), 1.0, 0.0]
    has_square, has_domain = not np.isnan(aims.square).any(), acts.any()
    knows = (weights[0] * has_square, weights[1] * aims.needs.any(), weights[1])
    screen.knower[at] = [*knows, weights[2] * has_domain]
    screen.known[at] = [1.0, aims.offers.any(), 0.0, has_domain]
    screen.seeker[at] = [*aims.needs, *aims.offers, *acts]
    screen.sought[at] = [*aims.offers, *aims.needs, *acts]
    screen.weighted_domains[at] = weights[2] * direction
    screen.domains[at] = direction
