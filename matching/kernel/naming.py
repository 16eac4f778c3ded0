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

    .. math:: \frac{w_o (o_A(t) + o_B(t)) / 2
        + w_n (d_A(t) g_A(t) + d_B(t) g_B(t))}{w_o + w_n}

    Only the two components that depend on the type have a say, with their own weights.

    Parameters
    ----------
    prepared : Prepared
        The population.
    pairs : Components
        P compared pairs.

    Returns
    -------
    ndarray of shape (P, 4)
        From 0 to 1; the same whichever side is called first.

    Notes
    -----
    ``o`` is the objectives component of a side. ``g`` is what a side gives: the needs
    of the other that it covers, or its offers at large where the other's needs are
    unknown. ``d`` is the direction of the type: whose gifts make it. What nobody said
    names nothing. See docs/decisions/0150-what-names-a-type.md.
    """
    configuration, kind = prepared.configuration, prepared.profiles.kind
    aims = EVEN * (
        np.nan_to_num(pairs.objectives_first) + np.nan_to_num(pairs.objectives_second)
    )
    by_first = _gifts(prepared, pairs.second, pairs.first, needs=pairs.needs_second)
    by_second = _gifts(prepared, pairs.first, pairs.second, needs=pairs.needs_first)
    share = _share_of_gifts(kind[pairs.first], kind[pairs.second], configuration)
    gifts = share * by_first + (1.0 - share) * by_second
    w_aims, w_gifts = configuration.weights[[OBJECTIVES, NEEDS]]
    together = w_aims + w_gifts
    total: Floats = w_aims * aims + w_gifts * gifts
    return total / together if together > 0 else total


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
