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
from matching.models import ChangedIntention, Proposal, Run
from matching.selectors.population import Population
from matching.services import list_ends, standing, stored_pairs
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
Booleans = NDArray[np.bool_]

# Above this share of the population, ranking everyone is as quick and simpler.
SMALL_SHARE = 0.02
FEW = 50
PAIRS_AT_ONCE = 65_536
# Scores closer than this are ties for the kernel: rank again rather than guess.
TIE = 2e-9
BUSY_DELAY = timedelta(seconds=5)


@dataclass(frozen=True)
class Revision:
    """What moves: pairs to write, proposals that they replace, lists that end elsewhere.

    ``fresh`` holds the whole lists of the rows ``moved``; ``replaced`` their intentions
    and those that are gone.
    """

    pairs: ListedPairs
    obsolete: list[int]
    replaced: list[int]
    fresh: kernel.Lists
    moved: Integers


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
        base = base_of(run)
        if base is None:
            _compute_everything(noted, work)
        else:
            loaded = standing.loaded_with(run, base, set(noted.values()))
            _refresh(run, base, loaded, noted, work)


def base_of(run: Run) -> Run | None:
    """Return the run whose lists are read, if those of ``run`` can revise them.

    None when nothing was computed yet, or under other weights.
    """
    whole = Run.objects.shown().exclude(scope=Run.Scope.INTENTIONS)
    base = whole.filter(configuration=run.configuration).order_by("pk").last()
    return base if base and base.list_ends.exists() else None


def _compute_everything(noted: Collection[int], work: Work) -> None:
    with work.completing():
        ChangedIntention.objects.filter(pk__in=noted).delete()
        request_run()


def _refresh(
    run: Run, base: Run, loaded: Loaded, noted: dict[int, int], work: Work
) -> None:
    changed = set(noted.values())
    inside = loaded.population.rows_of(changed)
    if are_many(inside, loaded.population):
        _compute_everything(noted, work)
        return
    gone = changed - set(loaded.population.intention_ids[inside].tolist())
    revision = revise(base, loaded, inside, gone=gone)
    with work.completing():
        run.state = Run.State.DONE
        run.started_at = run.created_at
        run.finished_at = timezone.now()
        run.done_count = run.total_count = len(changed)
        run.proposal_count = len(revision.pairs)
        run.intention_ids = sorted(changed)
        run.save()
        write(base, loaded, revision)
        ChangedIntention.objects.filter(pk__in=noted).delete()


def are_many(rows: Integers, population: Population) -> bool:
    return len(rows) > max(FEW, SMALL_SHARE * len(population))


def revise(
    base: Run, loaded: Loaded, inside: Integers, *, gone: Collection[int]
) -> Revision:
    """Work out the proposals that change with the rows ``inside`` and those gone."""
    population = loaded.population
    ids = [*population.intention_ids[inside].tolist(), *gone]
    moved = np.union1d(inside, population.rows_of(_partners(ids)))
    moved = np.union1d(moved, _reached(base, loaded, inside))
    replaced = [*population.intention_ids[moved].tolist(), *gone]
    fresh = kernel.joined(
        list(
            kernel.rank_blocks(
                loaded.prepared,
                top=loaded.kept,
                rows=moved,
                precision=np.float32,
                compiled=True,
            )
        )
    )
    is_moved, is_touched = _among(population, moved), _among(population, inside)
    stored = stored_pairs.read(population, replaced)
    others = stored_pairs.lists_of_others(stored, is_moved)
    pairs = listed_pairs(kernel.joined([fresh, others]), len(population))
    obsolete, written = stored_pairs.differing(stored, pairs, is_touched)
    return Revision(written, obsolete, replaced, fresh, moved)


def _among(population: Population, rows: Integers) -> Booleans:
    chosen = np.zeros(len(population), bool)
    chosen[rows] = True
    return chosen


def write(base: Run, loaded: Loaded, revision: Revision) -> None:
    """Write a revision among the proposals of ``base``.

    They stay those of one run: a table read as the union of a hundred is read a hundred
    times.
    """
    Proposal.objects.filter(pk__in=revision.obsolete).delete()
    list_ends.forget(base, revision.replaced)
    store(base, loaded.population, loaded.prepared, revision.pairs)
    list_ends.keep(base, loaded, revision.fresh, revision.moved)


def _partners(intention_ids: Collection[int]) -> set[int]:
    stored = Proposal.objects.of(*intention_ids).values_list("low_id", "high_id")
    return {pk for pair in stored for pk in pair}


def _reached(base: Run, loaded: Loaded, inside: Integers) -> Integers:
    """Return the rows whose last score is reached by a pair with ``inside``."""
    n = len(loaded.population)
    last = list_ends.last_scores(base, loaded.population)
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
