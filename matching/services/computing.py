"""A run: load, rank by blocks, store everything in one transaction.

What a killed run had ranked is not ranked again: each group of blocks is written with
the fingerprint of the data it was made from, and used only with the same data.
"""

import time
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from jobs.registry import Work
from matching import kernel
from matching.models import ChangedIntention, Proposal, Run, RunBlock
from matching.selectors.acting import acting_in
from matching.selectors.population import Population, matchable_population
from matching.services import refreshing
from matching.services.balances import request_balances
from matching.services.locking import one_state, writing
from matching.services.storage import ListedPairs, listed_pairs, store

Integers = NDArray[np.int64]

SECONDS_PER_PROGRESS = 1.0


@dataclass(frozen=True)
class Loaded:
    """One state of the database, ready to be ranked."""

    population: Population
    prepared: kernel.Prepared
    kept: int
    changes: list[int]


def compute_run(run_id: int, work: Work) -> None:
    """Compute and store a run; safe to run twice, and to kill at any moment.

    Readers see the former proposals until the new ones are all there. An intention
    edited after the data was read is computed by the job that the edit queued.
    """
    run = Run.objects.select_related("configuration", "territory").get(pk=run_id)
    if run.state in (Run.State.DONE, Run.State.FAILED):
        return
    with writing(wait=True):
        run.started_at = run.started_at or timezone.now()
        run.state = Run.State.RUNNING
        run.save(update_fields=["started_at", "state"])
        loaded = load(run)
        if run.territory is not None:
            _compute_territory(run, loaded, work)
        else:
            _compute_everything(run, loaded, work)


def load(run: Run) -> Loaded:
    configuration = kernel.Configuration.from_mapping(run.configuration.content)
    with one_state():
        changes = list(ChangedIntention.objects.values_list("pk", flat=True))
        population = matchable_population(timezone.localdate())
    prepared = kernel.prepare(population.profiles, configuration)
    return Loaded(population, prepared, int(configuration.number("list.kept")), changes)


def _compute_everything(run: Run, loaded: Loaded, work: Work) -> None:
    lists = _ranked(run, loaded, work)
    pairs = listed_pairs(lists, len(loaded.population))
    with work.completing():
        Proposal.objects.all().delete()
        ChangedIntention.objects.filter(pk__in=loaded.changes).delete()
        # Their proposals have just been replaced: nothing refers to them any more.
        Run.objects.filter(scope=Run.Scope.INTENTIONS).delete()
        _finish(run, loaded, pairs)


def _compute_territory(run: Run, loaded: Loaded, work: Work) -> None:
    assert run.territory is not None  # noqa: S101 - said to the type checker
    inside = acting_in(run.territory, loaded.population)
    is_partial = refreshing.was_ever_computed()
    if not is_partial or refreshing.are_many(inside, loaded.population):
        _compute_everything(run, loaded, work)
        return
    work.progress(0, len(inside), _("Calcul des propositions"))
    revision = refreshing.revise(loaded, inside, gone=[])
    with work.completing():
        refreshing.withdraw(revision.replaced)
        _finish(run, loaded, revision.pairs)


def _finish(run: Run, loaded: Loaded, pairs: ListedPairs) -> None:
    """Store the rows and close the run, in the transaction that ends the job.

    The balanced sets are then shared anew, by jobs of their own.
    """
    store(run, loaded.population, loaded.prepared, pairs)
    run.blocks.all().delete()
    total = len(loaded.population)
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.DONE,
        finished_at=timezone.now(),
        done_count=total,
        total_count=total,
        proposal_count=len(pairs),
        error="",
    )
    request_balances()


def _ranked(run: Run, loaded: Loaded, work: Work) -> kernel.Lists:
    """Rank everyone, writing what is done as it goes."""
    blocks, waiting = _resumed(run, loaded), []
    done = sum(len(block.rows) for block in blocks)
    todo = np.setdiff1d(np.arange(len(loaded.population)), kernel.joined(blocks).rows)
    _show(run, work, done, len(loaded.population))
    last = time.monotonic()
    # The precision is that of the screening: the lists are the same, in less time.
    ranked = kernel.rank_blocks(
        loaded.prepared, top=loaded.kept, rows=todo, precision=np.float32
    )
    for block in ranked:
        blocks.append(block)
        waiting.append(block)
        done += len(block.rows)
        if time.monotonic() - last > SECONDS_PER_PROGRESS:
            _keep(run, loaded.population, kernel.joined(waiting))
            waiting, last = [], time.monotonic()
            _show(run, work, done, len(loaded.population))
    _show(run, work, done, len(loaded.population))
    return kernel.joined(blocks)


def _show(run: Run, work: Work, done: int, total: int) -> None:
    Run.objects.filter(pk=run.pk).update(done_count=done, total_count=total)
    work.progress(done, total, _("Calcul des propositions"))


def _keep(run: Run, population: Population, lists: kernel.Lists) -> None:
    columns = np.stack([lists.row, lists.partner, lists.type, lists.rank])
    RunBlock.objects.create(
        run=run,
        fingerprint=population.fingerprint,
        intentions=lists.rows.astype("<i8").tobytes(),
        lists=columns.astype("<i8").tobytes(),
    )


def _resumed(run: Run, loaded: Loaded) -> list[kernel.Lists]:
    """Return what was ranked from the same data; forget the rest."""
    run.blocks.exclude(fingerprint=loaded.population.fingerprint).delete()
    found = []
    for block in run.blocks.all():
        rows = np.frombuffer(block.intentions, "<i8").astype(np.int64)
        row, partner, position, rank = (
            np.frombuffer(block.lists, "<i8").astype(np.int64).reshape(4, -1)
        )
        found.append(kernel.Lists(row, partner, position, rank, rows))
    return found
