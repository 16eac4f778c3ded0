"""The proposals of some intentions as they are stored, beside those that should be."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import kernel
from matching.models import TYPES, Proposal
from matching.selectors.population import GONE, Population
from matching.services.fetching import fetch
from matching.services.storage import ListedPairs

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

RANKS = [
    f"{side}_ranks__{position}"
    for side in ("low", "high")
    for position in range(len(TYPES))
]
COLUMNS = {"pk": ">i8", "low_id": ">i8", "high_id": ">i8"} | dict.fromkeys(RANKS, ">i2")


@dataclass(frozen=True)
class StoredPairs:
    """Some rows of the table, with the rows of the population that they speak of.

    ``ids``: shape (P,); ``low``, ``high``: shape (P,), −1 for an intention that is no
    longer there; ``ranks``: shape (2, P, 4), as in :class:`ListedPairs`.
    """

    ids: Integers
    low: Integers
    high: Integers
    ranks: Integers


def read(population: Population, intention_ids: Collection[int]) -> StoredPairs:
    """Read the proposals in which these intentions stand."""
    found = Proposal.objects.of(*intention_ids).values_list(*COLUMNS)
    rows = fetch(found, COLUMNS)
    ranks = [rows[name] for name in RANKS]
    return StoredPairs(
        ids=rows["pk"].astype(np.int64),
        low=population.places_of(rows["low_id"]),
        high=population.places_of(rows["high_id"]),
        ranks=np.stack(ranks, axis=1)
        .astype(np.int64)
        .reshape(len(rows), 2, len(TYPES))
        .swapaxes(0, 1),
    )


def lists_of_others(stored: StoredPairs, is_moved: Booleans) -> kernel.Lists:
    """Return the entries of ``stored`` in the lists of rows that did not move."""
    there = (stored.low != GONE) & (stored.high != GONE)
    parts = []
    for side, own, other in (
        (0, stored.low, stored.high),
        (1, stored.high, stored.low),
    ):
        chosen = np.flatnonzero(there & ~is_moved[own])
        at, position = np.nonzero(stored.ranks[side][chosen])
        pair = chosen[at]
        rank = stored.ranks[side][pair, position]
        parts.append(np.stack([own[pair], other[pair], position, rank]))
    row, partner, position, rank = np.concatenate(parts, axis=1)
    return kernel.Lists(row, partner, position, rank, np.empty(0, np.int64))


def differing(
    stored: StoredPairs, pairs: ListedPairs, is_touched: Booleans
) -> tuple[list[int], ListedPairs]:
    """Tell which rows to delete and which pairs to write, so that ``pairs`` are stored.

    A pair is left alone when its ranks are what they were, and when neither side is
    ``is_touched``: its score is then what it was.
    """
    n = len(is_touched)
    is_known = (stored.low != GONE) & (stored.high != GONE)
    keys = np.where(is_known, stored.low * n + stored.high, GONE)
    wanted = pairs.low * n + pairs.high
    place = np.searchsorted(wanted, keys).clip(max=max(len(wanted) - 1, 0))
    is_same = is_known & (len(wanted) > 0)
    if len(wanted):
        is_same &= wanted[place] == keys
        is_same &= (pairs.ranks[:, place] == stored.ranks).all(axis=(0, 2))
        is_same &= ~(is_touched[stored.low] | is_touched[stored.high])
    is_new = np.ones(len(wanted), bool)
    is_new[place[is_same]] = False
    chosen = np.flatnonzero(is_new)
    written = ListedPairs(pairs.low[chosen], pairs.high[chosen], pairs.ranks[:, chosen])
    return stored.ids[~is_same].tolist(), written
