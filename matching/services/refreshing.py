"""Some intentions changed: their lists, and exactly the other lists that this moves.

With A the changed intentions, the list of another intention Y can only move if a pair
of Y with A was in it, or if a pair of Y with A now reaches its last score. Those Y are
ranked anew with A; every other list is kept as it is stored. The result is that of a
whole computation (docs/decisions/0083), for a small part of its cost while A is small.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from jobs.registry import Work
from jobs.services import enqueue
from matching import kernel
from matching.models import TYPES, ChangedIntention, Proposal, Run
from matching.selectors.population import Population
from matching.services import pictures
from matching.services.changes import REFRESH_JOB
from matching.services.locking import writing
from matching.services.pictures import Loaded
from matching.services.runs import (
    active_configuration,
    request_run,
    someone_else_runs,
)
from matching.services.storage import ListedPairs, listed_pairs, store

Integers = NDArray[np.int64]

# Above this share of the population, ranking everyone is as quick and simpler.
SMALL_SHARE = 0.02
FEW = 50
PAIRS_AT_ONCE = 65_536
CHUNK_ROWS = 10_000
# Scores closer than this are ties for the kernel: rank again rather than guess.
TIE = 2e-9
BUSY_DELAY = timedelta(seconds=5)


@dataclass(frozen=True)
class Revision:
    """Proposals to write, and the intentions whose former ones they replace."""

    pairs: ListedPairs
    replaced: list[int]


def refresh_changed(work: Work) -> None:
    """Compute the proposals of the intentions noted as changed.

    Safe to run twice. While another computation is running, comes back later.
    """
    with writing(wait=False) as held:
        if not held or someone_else_runs():
            enqueue(REFRESH_JOB, key="changed", not_before=timezone.now() + BUSY_DELAY)
            return
        noted = dict(ChangedIntention.objects.values_list("pk", "intention_id"))
        if not noted:
            return
        run = Run(scope=Run.Scope.INTENTIONS, configuration=active_configuration())
        loaded = pictures.ready(run, pictures.take())
        _refresh(run, loaded, noted, work)


def _refresh(run: Run, loaded: Loaded, noted: dict[int, int], work: Work) -> None:
    changed = set(noted.values())
    inside = loaded.population.rows_of(changed)
    if are_many(inside, loaded.population) or not was_ever_computed():
        with work.completing():
            ChangedIntention.objects.filter(pk__in=noted).delete()
            request_run()
        return
    gone = changed - set(loaded.population.intention_ids[inside].tolist())
    revision = revise(loaded, inside, gone=gone)
    with work.completing():
        run.state, run.is_shown = Run.State.DONE, True
        run.started_at = run.created_at
        run.finished_at = timezone.now()
        run.done_count = run.total_count = len(changed)
        run.proposal_count = len(revision.pairs)
        run.save()
        withdraw(revision.replaced)
        store(run, loaded.population, loaded.prepared, revision.pairs)
        ChangedIntention.objects.filter(pk__in=noted).delete()


def are_many(rows: Integers, population: Population) -> bool:
    return len(rows) > max(FEW, SMALL_SHARE * len(population))


def was_ever_computed() -> bool:
    """Tell whether stored lists are complete, so that a part of them can be revised."""
    return Run.objects.filter(scope=Run.Scope.EVERYTHING, state=Run.State.DONE).exists()


def withdraw(intention_ids: Collection[int]) -> None:
    """Delete the proposals in which these intentions stand."""
    Proposal.objects.of(*intention_ids).delete()


def revise(loaded: Loaded, inside: Integers, *, gone: Collection[int]) -> Revision:
    """Work out the proposals that change with the rows ``inside`` and those gone."""
    population = loaded.population
    ids = [*population.intention_ids[inside].tolist(), *gone]
    moved = np.union1d(inside, population.rows_of(_partners(ids)))
    moved = np.union1d(moved, _reached(loaded, inside))
    replaced = [*population.intention_ids[moved].tolist(), *gone]
    fresh = kernel.joined(
        list(kernel.rank_blocks(loaded.prepared, top=loaded.kept, rows=moved))
    )
    kept = _kept(population, moved, replaced)
    pairs = listed_pairs(kernel.joined([fresh, kept]), len(population))
    return Revision(pairs, replaced)


def _partners(intention_ids: Collection[int]) -> set[int]:
    stored = Proposal.objects.of(*intention_ids).values_list("low_id", "high_id")
    return {pk for pair in stored for pk in pair}


def _reached(loaded: Loaded, inside: Integers) -> Integers:
    """Return the rows whose last score is reached by a pair with ``inside``."""
    n = len(loaded.population)
    last = _last_scores(loaded)
    reached = np.zeros(n, bool)
    per_block = max(PAIRS_AT_ONCE // max(n, 1), 1)
    for start in range(0, len(inside), per_block):
        one = np.repeat(inside[start : start + per_block], n)
        other = np.tile(np.arange(n), len(one) // max(n, 1))
        apart = one != other
        one, other = one[apart], other[apart]
        scores = kernel.score_pairs(loaded.prepared, one, other).scores
        hit = (scores >= last[other] - TIE).any(axis=1)
        reached[other[hit]] = True
    return np.flatnonzero(reached)


def _last_scores(loaded: Loaded) -> NDArray[np.float64]:
    """Return the score at the last rank of every list, −inf for a list not full."""
    last = np.full((len(loaded.population), len(TYPES)), -np.inf)
    row = loaded.population.row
    for side in ("low", "high"):
        for position in range(len(TYPES)):
            full = Proposal.objects.filter(
                **{f"{side}_ranks__{position}": loaded.kept}
            ).values_list(f"{side}_id", f"scores__{position}")
            for pk, score in full.iterator(CHUNK_ROWS):
                if pk in row:
                    last[row[pk], position] = score
    return last


def _kept(
    population: Population, moved: Integers, replaced: Collection[int]
) -> kernel.Lists:
    """Return the entries for moved intentions in the lists of those not moved."""
    is_moved = np.zeros(len(population), bool)
    is_moved[moved] = True
    entries = []
    stored = Proposal.objects.of(*replaced).values_list(
        "low_id", "high_id", "low_ranks", "high_ranks"
    )
    for low_id, high_id, low_ranks, high_ranks in stored.iterator(CHUNK_ROWS):
        low, high = population.row.get(low_id), population.row.get(high_id)
        if low is None or high is None:
            continue
        for one, other, ranks in ((low, high, low_ranks), (high, low, high_ranks)):
            if not is_moved[one]:
                entries += [
                    (one, other, t, rank) for t, rank in enumerate(ranks) if rank
                ]
    columns: Integers = np.array(entries, np.int64).reshape(-1, 4).T
    owner, partner, position, rank = (column for column in columns)
    return kernel.Lists(owner, partner, position, rank, np.empty(0, np.int64))
