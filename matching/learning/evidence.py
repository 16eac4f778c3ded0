"""A regularised logistic regression of how pairs turned out on their components."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.kernel.vocabulary import COMPONENTS

Floats = NDArray[np.float64]

MINIMUM: Final = 30
"""Pairs of each outcome under which a component says nothing (DESIGN)."""
PRIOR_VARIANCE: Final = 4.0
"""How large an effect is believed before any pair: few multiply the odds by more than
50 from one end of a component to the other (DESIGN)."""
ROUNDS: Final = 50
SETTLED: Final = 1e-10
Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Observation:
    """How one pair turned out, and what the score had seen of it.

    Attributes
    ----------
    is_good : bool
        Whether the two sides talked, and did not part for a reason about the pair.
    components : tuple of float or None
        In the order of ``COMPONENTS``, mean of both sides; ``None`` when unknown.
    """

    is_good: bool
    components: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What pairs say of one component, the others being equal.

    Attributes
    ----------
    component : str
        One of ``COMPONENTS``.
    n_good, n_poor : int
        Pairs of each outcome of which it is known.
    mean_good, mean_poor : float
        Its mean among them; NaN without any.
    odds, low, high : float
        By how much the odds of a good pair are multiplied when it grows by 0.1, and the
        interval that holds it 19 times out of 20.
    """

    component: str
    n_good: int
    n_poor: int
    mean_good: float
    mean_poor: float
    odds: float
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        """Whether there are enough pairs of each outcome to say anything."""
        return min(self.n_good, self.n_poor) >= MINIMUM

    @property
    def direction(self) -> int:
        """1 when it tells good pairs, −1 when it tells poor ones, else 0."""
        if not self.is_enough:
            return 0
        return int(self.low > 1.0) - int(self.high < 1.0)


def weigh(observations: Sequence[Observation]) -> tuple[Evidence, ...]:
    """Say what pairs tell of each component.

    Parameters
    ----------
    observations : sequence of Observation
        Pairs whose outcome is known, in any order.

    Returns
    -------
    tuple of Evidence
        In the order of ``COMPONENTS``.

    Notes
    -----
    Unknown values stand at the mean of the known ones: they speak neither for nor
    against. Effects are of all the components together, each with the same Gaussian
    prior; intervals are those of the posterior at its mode.
    """
    values = np.array(
        [
            [np.nan if value is None else value for value in one.components]
            for one in observations
        ],
        float,
    ).reshape(-1, len(COMPONENTS))
    good = np.array([one.is_good for one in observations], bool)
    effect, spread = _fitted(_centred(values), good.astype(float))
    return tuple(
        _evidence(name, values[:, at], good, effect=effect[at], spread=spread[at])
        for at, name in enumerate(COMPONENTS)
    )


def _evidence(
    name: str,
    values: Floats,
    good: NDArray[np.bool_],
    *,
    effect: float,
    spread: float,
) -> Evidence:
    known = ~np.isnan(values)
    low, odds, high = np.exp(0.1 * (effect + Z * spread * np.array([-1.0, 0.0, 1.0])))
    return Evidence(
        component=name,
        n_good=int((known & good).sum()),
        n_poor=int((known & ~good).sum()),
        mean_good=_mean(values[known & good]),
        mean_poor=_mean(values[known & ~good]),
        odds=float(odds),
        low=float(low),
        high=float(high),
    )


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _centred(values: Floats) -> Floats:
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    return np.where(known, values - mean, 0.0)


def _fitted(values: Floats, good: Floats) -> tuple[Floats, Floats]:
    """Return effects and their standard deviations, by Newton's method."""
    design = np.column_stack([np.ones(len(values)), values])
    precision = np.full(design.shape[1], 1.0 / PRIOR_VARIANCE)
    effects = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-design @ effects))
        slope = design.T @ (good - chance) - precision * effects
        step = np.linalg.solve(_curvature(design, chance, precision), slope)
        effects = effects + step
        if np.abs(step).max() < SETTLED:
            break
    chance = 1.0 / (1.0 + np.exp(-design @ effects))
    spread = np.sqrt(np.diag(np.linalg.inv(_curvature(design, chance, precision))))
    return effects[1:], spread[1:]


def _curvature(design: Floats, chance: Floats, precision: Floats) -> Floats:
    weighed = design * (chance * (1.0 - chance))[:, None]
    curvature: Floats = design.T @ weighed + np.diag(precision)
    return curvature
