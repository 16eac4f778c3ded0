"""Lists of partners into rows of the table of proposals."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import kernel
from matching.kernel.rules import warnings_of
from matching.models import TYPES, Proposal, Run
from matching.selectors.population import Population
from matching.services import copying

Integers = NDArray[np.int64]

# Some 5 MB laid out: what stays in the cache of a processor is twice as quick.
PAIRS_AT_ONCE = 8_192
OBJECTIVES, NEEDS, DOMAINS, TERRITORY, PROXIMITY = range(5)
NAMES = (
    "run_id",
    "low_id",
    "high_id",
    "scores",
    "confidence",
    "low_objectives",
    "low_needs",
    "high_objectives",
    "high_needs",
    "domains",
    "territory",
    "proximity",
    "best_type",
    "best_score",
    "named_type",
    "naming_reason",
    "low_ranks",
    "high_ranks",
    "warnings",
)


@dataclass(frozen=True)
class ListedPairs:
    """The distinct pairs of some lists, ``low < high``, with their ranks by type.

    ``low``, ``high``: rows of the population, shape (P,); ``ranks``: shape (2, P, 4),
    the rank in the list of the low and of the high side, 0 when it is not in it.
    """

    low: Integers
    high: Integers
    ranks: Integers

    def __len__(self) -> int:
        return len(self.low)


def listed_pairs(lists: kernel.Lists, n: int) -> ListedPairs:
    """Gather the pairs of lists over a population of ``n`` intentions."""
    low = np.minimum(lists.row, lists.partner)
    keys = low * n + np.maximum(lists.row, lists.partner)
    pairs, at = np.unique(keys, return_inverse=True)
    ranks = np.zeros((2, len(pairs), len(TYPES)), np.int64)
    ranks[(lists.row > lists.partner).astype(np.int64), at, lists.type] = lists.rank
    return ListedPairs(pairs // n, pairs % n, ranks)


def store(
    run: Run, population: Population, prepared: kernel.Prepared, pairs: ListedPairs
) -> None:
    """Append the proposals of these pairs, in the current transaction."""
    parts = (
        _part(pairs, slice(start, start + PAIRS_AT_ONCE))
        for start in range(0, len(pairs), PAIRS_AT_ONCE)
    )
    batches = (list(_columns(run, population, prepared, part)) for part in parts)
    copying.copy(Proposal, NAMES, batches)


def _part(pairs: ListedPairs, chosen: slice) -> ListedPairs:
    return ListedPairs(pairs.low[chosen], pairs.high[chosen], pairs.ranks[:, chosen])


def _columns(
    run: Run, population: Population, prepared: kernel.Prepared, pairs: ListedPairs
) -> Iterator[copying.Field]:
    """Yield the columns in the order of ``NAMES``."""
    scored = kernel.score_pairs(prepared, pairs.low, pairs.high)
    low, high = scored.low_components, scored.high_components
    everyone = np.arange(len(pairs))
    yield copying.integers(np.full(len(pairs), run.pk), size=8)
    yield copying.integers(population.intention_ids[pairs.low], size=8)
    yield copying.integers(population.intention_ids[pairs.high], size=8)
    yield copying.arrays(scored.scores, dtype=">f8")
    yield copying.reals(scored.confidence)
    for component in (low[:, :, OBJECTIVES], low[:, :, NEEDS]):
        yield _by_type(component)
    for component in (high[:, :, OBJECTIVES], high[:, :, NEEDS]):
        yield _by_type(component)
    for shared in (DOMAINS, TERRITORY, PROXIMITY):
        yield copying.reals(low[:, 0, shared])
    yield copying.integers(scored.best_type, size=2)
    yield copying.reals(scored.scores[everyone, scored.best_type])
    yield copying.integers(scored.named_type, size=2)
    yield copying.integers(scored.naming_reason.astype(np.int64), size=2)
    for side in (0, 1):
        yield copying.arrays(pairs.ranks[side], dtype=">i2")
    yield copying.arrays(_warnings(prepared, pairs), dtype=">i2")


def _by_type(values: NDArray[np.float64]) -> copying.Field:
    """A component of a side is known for every type, or for none."""
    is_unknown = np.isnan(values[:, 0])
    return copying.arrays(values, dtype=">f8", is_null=is_unknown)


def _warnings(prepared: kernel.Prepared, pairs: ListedPairs) -> Integers:
    by_type = [
        warnings_of(prepared, pairs.low, pairs.high, np.full(len(pairs), position))
        for position in range(len(TYPES))
    ]
    return np.stack(by_type, axis=1).astype(np.int64)
