"""Figures with their number of cases and their 95 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.evaluation.study import Outcome

Z = 1.959963984540054
RESAMPLES = 10_000
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over ``n`` cases, and the interval that holds it 19 times out of 20."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The three figures of a set of pairs."""

    recall: Measure
    reciprocal_rank: Measure
    type_accuracy: Measure


def quality_of(outcomes: Sequence[Outcome]) -> Quality:
    """Measure a set of pairs; names are judged where the sources give a type."""
    typed = [outcome for outcome in outcomes if outcome.true is not None]
    return Quality(
        proportion([outcome.recall for outcome in outcomes]),
        resampled([outcome.reciprocal_rank for outcome in outcomes]),
        proportion([float(outcome.is_well_named) for outcome in typed]),
    )


def proportion(values: Sequence[float]) -> Measure:
    """Return a share and its Wilson interval.

    Examples
    --------
    >>> measure = proportion([1.0] * 9 + [0.0])
    >>> round(measure.value, 2), round(measure.low, 2), round(measure.high, 2)
    (0.9, 0.6, 0.98)
    """
    n = len(values)
    if n == 0:
        return Measure(float("nan"), 0.0, 1.0, 0)
    share = float(np.mean(values))
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return Measure(share, float(max(centre - half, 0)), float(min(centre + half, 1)), n)


def resampled(values: Sequence[float]) -> Measure:
    """Return a mean and its bootstrap interval, drawn from a fixed seed.

    Examples
    --------
    >>> resampled([0.5, 0.5])
    Measure(value=0.5, low=0.5, high=0.5, n=2)
    """
    n = len(values)
    if n == 0:
        return Measure(float("nan"), 0.0, 1.0, 0)
    drawn = np.random.default_rng(SEED).integers(n, size=(RESAMPLES, n))
    low, high = np.quantile(np.asarray(values)[drawn].mean(axis=1), [0.025, 0.975])
    return Measure(float(np.mean(values)), float(low), float(high), n)
