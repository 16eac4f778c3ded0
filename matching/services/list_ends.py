"""Where lists end: the score that another intention has to reach to enter one."""

import math
from collections.abc import Collection

import numpy as np
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from matching import kernel
from matching.models import TYPES, ListEnd, Run
from matching.selectors.population import GONE, Population
from matching.services.fetching import fetch
from matching.services.pictures import Loaded

Integers = NDArray[np.int64]

ROWS_AT_ONCE = 2_000
ENDS = {
    f"end_{position}": Coalesce(F(f"scores__{position}"), Value(-math.inf))
    for position in range(len(TYPES))
}
COLUMNS = {"intention_id": ">i8"} | dict.fromkeys(ENDS, ">f8")


def keep(run: Run, loaded: Loaded, lists: kernel.Lists, rows: Integers) -> None:
    """Store where the whole lists of ``rows`` end, in the current transaction."""
    scores = _ends(loaded, lists)
    ids = loaded.population.intention_ids
    ListEnd.objects.bulk_create(
        (
            ListEnd(run=run, intention_id=int(ids[row]), scores=_nullable(scores[row]))
            for row in rows.tolist()
        ),
        ROWS_AT_ONCE,
    )


def last_scores(run: Run, population: Population) -> NDArray[np.float64]:
    """Return the score at the last rank of every list, −inf for a list not full."""
    last = np.full((len(population), len(TYPES)), -np.inf)
    known = ListEnd.objects.filter(run=run).annotate(**ENDS)
    rows = fetch(known.values_list("intention_id", *ENDS), COLUMNS)
    place = population.places_of(rows["intention_id"])
    is_here = place != GONE
    for position, name in enumerate(ENDS):
        last[place[is_here], position] = rows[name][is_here]
    return last


def forget(run: Run, intention_ids: Collection[int]) -> None:
    ListEnd.objects.filter(run=run, intention_id__in=intention_ids).delete()


def _ends(loaded: Loaded, lists: kernel.Lists) -> NDArray[np.float64]:
    """Return the scores of the last entries, shape (N, 4), NaN where a list has room.

    Computed as those that are stored, to the last bit.
    """
    scores = np.full((len(loaded.population), len(TYPES)), np.nan)
    at_end = lists.rank == loaded.kept
    row, partner, kind = lists.row[at_end], lists.partner[at_end], lists.type[at_end]
    low, high = np.minimum(row, partner), np.maximum(row, partner)
    found = kernel.score_pairs(loaded.prepared, low, high).scores
    scores[row, kind] = found[np.arange(len(row)), kind]
    return scores


def _nullable(scores: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(one) else one for one in scores.tolist()]
