"""Which type names a pair: what each side is after, and who gives what to whom."""

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import Components, offers_at_large
from matching.kernel.configuration import Configuration
from matching.kernel.preparation import Prepared
from matching.kernel.vocabulary import COMPANY, FOUNDATION, PATRONAGE, TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

OBJECTIVES, NEEDS = 0, 1
EVEN = 0.5


def naming_scores(prepared: Prepared, pairs: Components) -> Floats:
    r"""Say how much speaks for each type.

    .. math:: w_o (e \cdot o_{eco}(t) + (1 - e) \cdot o_{other}(t))
        + w_n (d(t) \cdot g_{eco}(t) + (1 - d(t)) \cdot g_{other}(t))

    divided by the sum of the two weights. Only the two components that depend on the
    type have a say, with their own weights.

    Parameters
    ----------
    prepared : Prepared
        The population.
    pairs : Components
        P compared pairs.

    Returns
    -------
    ndarray of shape (P, 4)
        From −1 to 1; the same whichever side is called first.

    Notes
    -----
    ``o`` is an objectives component less that of a flat square, so that who is after
    nothing in particular names nothing. ``g`` is what a side gives: the needs of the
    other that it covers, or its offers at large where the other's needs are unknown.
    What nobody said names nothing. See docs/decisions/0150-what-names-a-type.md.
    """
    configuration, kind = prepared.configuration, prepared.profiles.kind
    first, second = kind[pairs.first], kind[pairs.second]
    flat = configuration.fit.mean(axis=1)
    aims = [
        np.nan_to_num(pairs.objectives_first - flat[first]),
        np.nan_to_num(pairs.objectives_second - flat[second]),
    ]
    gifts = [
        _gifts(prepared, pairs.second, pairs.first, needs=pairs.needs_second),
        _gifts(prepared, pairs.first, pairs.second, needs=pairs.needs_first),
    ]
    w_aims, w_gifts = configuration.weights[[OBJECTIVES, NEEDS]]
    total = w_aims * _mixed(aims, _share_of_aims(first, second, configuration))
    total += w_gifts * _mixed(gifts, _share_of_gifts(first, second, configuration))
    together = w_aims + w_gifts
    return total / together if together > 0 else total


def _mixed(sides: list[Floats], share_of_first: Floats) -> Floats:
    one, other = sides
    mixed: Floats = share_of_first * one + (1.0 - share_of_first) * other
    return mixed


def _gifts(
    prepared: Prepared, needing: Integers, giving: Integers, *, needs: Floats
) -> Floats:
    """Return what one side gives the other: covered needs, else offers at large."""
    given = needs.copy()
    at = np.flatnonzero(np.isnan(needs[:, 0]))
    if len(at):
        given[at] = np.nan_to_num(offers_at_large(prepared, needing[at], giving[at]))
    return given


def _leads(one: Integers, other: Integers, kind: int) -> Booleans:
    """Tell where the first side alone is of a kind."""
    leads: Booleans = (one == kind) & (other != kind)
    return leads


def _share_of_aims(
    first: Integers, second: Integers, configuration: Configuration
) -> Floats:
    """Return the share of the first side's aims, shape (P, 1)."""
    share = np.full((len(first), 1), EVEN)
    economic = configuration.number("naming.economic_share")
    share[_leads(first, second, COMPANY)] = economic
    share[_leads(second, first, COMPANY)] = 1.0 - economic
    return share


def _share_of_gifts(
    first: Integers, second: Integers, configuration: Configuration
) -> Floats:
    """Return the share of what the first side gives, by type, shape (P, 4).

    Of a foundation, only the direction of patronage is known.
    """
    table = configuration.settings["naming.company_gifts"].value
    company = np.array([float(table[t]) for t in TYPES])
    foundation = np.full(len(TYPES), EVEN)
    foundation[PATRONAGE] = company[PATRONAGE]
    share = np.full((len(first), len(TYPES)), EVEN)
    for kind, of_leader in ((FOUNDATION, foundation), (COMPANY, company)):
        share[_leads(first, second, kind)] = of_leader
        share[_leads(second, first, kind)] = 1.0 - of_leader
    return share
