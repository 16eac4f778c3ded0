"""From components to scores: what each side gains, the pair, its name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import Components
from matching.kernel.configuration import Configuration
from matching.kernel.vocabulary import COMPANY

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

TIE_DECIMALS = 9
"""Scores equal to this many decimals are a tie."""


@dataclass(frozen=True)
class Scores:
    """The scores of P pairs for the four types.

    Attributes
    ----------
    first, second : ndarray of shape (P, 4)
        What each side gains, from 0 to 1.
    pair : ndarray of shape (P, 4)
        Geometric mean of the two.
    confidence : ndarray of shape (P,)
        Smaller of the two sums of known weights, from 0 to 1.
    """

    first: Floats
    second: Floats
    pair: Floats
    confidence: Floats


def side_components(pairs: Components, *, of_first: bool) -> Floats:
    """Gather the components of one side.

    Returns
    -------
    ndarray of shape (P, 4, 5)
        Pair, type, component; NaN where unknown.
    """
    objectives = pairs.objectives_first if of_first else pairs.objectives_second
    needs = pairs.needs_first if of_first else pairs.needs_second
    shared = np.stack([pairs.domains, pairs.territory, pairs.proximity], axis=1)
    shared = np.broadcast_to(shared[:, None, :], (*objectives.shape, 3))
    return np.concatenate([objectives[:, :, None], needs[:, :, None], shared], axis=2)


def scores_of(pairs: Components, configuration: Configuration) -> Scores:
    r"""Score pairs for the four types.

    .. math:: s_A(t) = \sum_k w_k c_k / \sum_k w_k \text{ over the known } k, \quad
        s(t) = \sqrt{s_A(t) \cdot s_B(t)}

    Parameters
    ----------
    pairs : Components
        P compared pairs.
    configuration : Configuration
        The weights.

    Returns
    -------
    Scores
        The same whichever side is called first; 0 for a side of which nothing is known.
    """
    weights = configuration.weights
    shared = [
        _weighed(value, weight)
        for value, weight in zip(
            (pairs.domains, pairs.territory, pairs.proximity), weights[2:], strict=True
        )
    ]
    total, known = (sum(parts) for parts in zip(*shared, strict=True))
    first, known_first = _side(
        pairs.objectives_first, pairs.needs_first, (total, known), weights
    )
    second, known_second = _side(
        pairs.objectives_second, pairs.needs_second, (total, known), weights
    )
    confidence = np.minimum(known_first, known_second) / weights.sum()
    return Scores(first, second, np.sqrt(first * second), confidence)


def _weighed(value: Floats, weight: float) -> tuple[Floats, Floats]:
    """Return weight × value and the weight, both 0 where the value is unknown."""
    known = weight * ~np.isnan(value)
    return weight * np.nan_to_num(value), known


def _side(
    objectives: Floats, needs: Floats, shared: tuple[Floats, Floats], weights: Floats
) -> tuple[Floats, Floats]:
    """Average one side; what is known does not depend on the type."""
    own, known_own = _weighed(objectives, weights[0])
    met, known_met = _weighed(needs, weights[1])
    known = known_own[:, 0] + known_met[:, 0] + shared[1]
    total = own + met + shared[0][:, None]
    return total / np.where(known > 0, known, 1.0)[:, None], known


def naming_scores(
    scores: Scores,
    *,
    kind_first: Integers,
    kind_second: Integers,
    configuration: Configuration,
) -> Floats:
    r"""Weigh the economic actor's gain more when naming the type.

    .. math:: s_{eco}^{0.7} \cdot s_{other}^{0.3}

    when exactly one side is a company, else the pair score.

    Parameters
    ----------
    scores : Scores
        P pairs.
    kind_first, kind_second : ndarray of int, shape (P,)
        Kinds of the sides.
    configuration : Configuration
        The exponents.

    Returns
    -------
    ndarray of shape (P, 4)
        From 0 to 1.
    """
    economic = configuration.number("naming.economic_exponent")
    other = configuration.number("naming.other_exponent")
    leads = (kind_first == COMPANY) & (kind_second != COMPANY)
    follows = (kind_second == COMPANY) & (kind_first != COMPANY)
    named = scores.pair.copy()
    named[leads] = scores.first[leads] ** economic * scores.second[leads] ** other
    named[follows] = scores.second[follows] ** economic * scores.first[follows] ** other
    return named


def best_of(values: Floats, allowed: Booleans) -> Integers:
    """Return the first best allowed type of each pair, −1 when none is allowed.

    Values equal to ``TIE_DECIMALS`` decimals tie; the order of ``TYPES`` decides.

    Examples
    --------
    >>> import numpy as np
    >>> allowed = np.array([[True] * 4, [False] * 4])
    >>> best_of(np.array([[0.2, 0.7, 0.7, 0.1]] * 2), allowed).tolist()
    [1, -1]
    """
    kept = np.where(allowed, np.round(values, TIE_DECIMALS), -1.0)
    return np.where(allowed.any(axis=1), kept.argmax(axis=1), -1)
