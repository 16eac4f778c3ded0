"""What if the components weighed otherwise: the same pairs, scored again.

Weights enter after the components are known and the hard rules applied. So candidates
are compared once, then scored as often as one likes by the arithmetic of
:mod:`matching.kernel.scores`: under the weights in use, the figures are the same bits
as those of ``score_pairs``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.admissibility import admissible_types
from matching.kernel.components import Components, compare
from matching.kernel.configuration import Configuration, Setting
from matching.kernel.preparation import Prepared
from matching.kernel.proposals import Pairs, scored
from matching.kernel.scores import TIE_DECIMALS, scores_of
from matching.kernel.vocabulary import COMPONENTS, TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Candidates:
    """Pairs of one intention that may be proposed, compared and not yet scored.

    Attributes
    ----------
    row : int
        The intention whose candidates they are.
    pairs : Components
        P pairs, the lower row first.
    admissible : ndarray of bool, shape (P, 4)
        Types for which each may be proposed; at least one.
    """

    row: int
    pairs: Components
    admissible: Booleans

    def __len__(self) -> int:
        return len(self.pairs.first)

    @property
    def others(self) -> Integers:
        """Row of each candidate, shape (P,)."""
        low, high = self.pairs.first, self.pairs.second
        return np.where(low == self.row, high, low)

    def among(self, chosen: Any) -> "Candidates":
        """Keep some candidates, by position or by flag."""
        return Candidates(self.row, _taken(self.pairs, chosen), self.admissible[chosen])


def with_weights(
    configuration: Configuration, weights: Sequence[float]
) -> Configuration:
    """Return the configuration with other weights, everything else the same.

    Parameters
    ----------
    configuration : Configuration
        The one in use.
    weights : sequence of 5 numbers
        In the order of ``COMPONENTS``, on any scale: the score divides by their sum.

    Raises
    ------
    ValueError
        If a weight is not a number from 0, or if none is positive.

    Examples
    --------
    >>> from matching.kernel.configuration import default_configuration
    >>> with_weights(default_configuration(), (0, 1, 0, 1, 0)).weights
    array([0., 1., 0., 1., 0.])
    """
    mapping = configuration.to_mapping()
    if len(weights) != len(COMPONENTS):
        raise ValueError(f"needs {len(COMPONENTS)} weights, got {len(weights)}")
    for name, weight in zip(COMPONENTS, weights, strict=True):
        entry = Setting(float(weight), "DESIGN", "a trial, not stored")
        mapping["settings"][f"weight.{name}"] = vars(entry)
    return Configuration.from_mapping(mapping)


def reweighed(prepared: Prepared, weights: Sequence[float]) -> Prepared:
    """Return the same population under other weights, that nothing prepared reads."""
    return replace(
        prepared, configuration=with_weights(prepared.configuration, weights)
    )


def candidates_of(prepared: Prepared, row: int, others: Integers) -> Candidates:
    """Compare an intention with others, and keep those that the hard rules let through."""
    others = others[others != row]
    pairs = compare(prepared, np.minimum(row, others), np.maximum(row, others))
    admissible = admissible_types(prepared, pairs)
    found = Candidates(row, pairs, admissible)
    return found.among(admissible.any(axis=1))


def best_candidates(prepared: Prepared, found: Candidates, *, top: int) -> Integers:
    """Return the positions of those that are among the ``top`` of some type.

    Ties as in lists: higher confidence, least solicited, public identifier.
    """
    scores = scores_of(found.pairs, prepared.configuration)
    confidence = -np.round(scores.confidence, TIE_DECIMALS)
    preference = prepared.preference[found.others]
    rounded = -np.round(scores.pair, TIE_DECIMALS)
    chosen = np.zeros(len(found), bool)
    for position in range(len(TYPES)):
        at = np.flatnonzero(found.admissible[:, position])
        order = np.lexsort((preference[at], confidence[at], rounded[at, position]))
        chosen[at[order[:top]]] = True
    return np.flatnonzero(chosen)


def score_candidates(prepared: Prepared, found: Candidates) -> Pairs:
    """Score candidates for the four types, under the weights of ``prepared``."""
    return scored(prepared, found.pairs, found.admissible)


def _taken(pairs: Components, chosen: Any) -> Components:
    return Components(
        **{one.name: getattr(pairs, one.name)[chosen] for one in fields(Components)}
    )
