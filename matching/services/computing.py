"""A run: plan blocks, rank each, store each, show everything at once.

Each step is a job that any worker takes; what a killed one had not committed is done
again, and nothing of what the others have done. See docs/decisions/0160.
"""

import contextlib
import time
from collections.abc import Iterator

import numpy as np
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from jobs.registry import Work
from jobs.services import enqueue
from matching import kernel
from matching.models import ChangedIntention, Run, RunBlock
from matching.selectors.acting import acting_in
from matching.selectors.blocks import cuts
from matching.services import handing, list_ends, pictures, refreshing, runs
from matching.services.balances import request_balances
from matching.services.locking import writing
from matching.services.pictures import Loaded, Picture
from matching.services.storage import listed_pairs, store

Integers = NDArray[np.int64]

SECONDS_PER_PROGRESS = 1.0


def plan_run(run_id: int, work: Work) -> None:
    """Read the population once, and queue a job for each block of it.

    A run on a territory where few act is computed at once. While another run is being
    computed, comes back when it has ended.
    """
    run = Run.objects.select_related("configuration", "territory").get(pk=run_id)
    with writing(wait=True), contextlib.suppress(runs.StoppedRunError):
        if run.blocks.exists() or not _begin(run):
            return
        picture = pictures.take()
        base = refreshing.base_of(run)
        inside = _inside(run, picture)
        if base is None or inside is None:
            _plan(run, picture, work)
        else:
            _compute_few(run, base, pictures.ready(run, picture), inside, work)


def _begin(run: Run) -> bool:
    if runs.someone_else_runs(run):
        later = timezone.now() + refreshing.BUSY_DELAY
        enqueue(runs.PLAN_JOB, {"run": run.pk}, f"run:{run.pk}", not_before=later)
        return False
    begun = run.started_at or timezone.now()
    active = Run.objects.active().filter(pk=run.pk)
    return bool(active.update(state=Run.State.RUNNING, started_at=begun))


def _inside(run: Run, picture: Picture) -> Integers | None:
    """Return the rows to compute; None when everyone is as quick."""
    if run.territory is None:
        return None
    inside = acting_in(run.territory, picture.population)
    return None if refreshing.are_many(inside, picture.population) else inside


def _plan(run: Run, picture: Picture, work: Work) -> None:
    blocks = [
        RunBlock(run=run, number=number, label=cut.label, rows=handing.packed(cut.rows))
        for number, cut in enumerate(cuts(picture.population))
    ]
    with work.completing():
        runs.locked(run.pk)
        pictures.keep(run, picture)
        RunBlock.objects.bulk_create(blocks)
        Run.objects.filter(pk=run.pk).update(
            total_count=len(picture.population), parts_total=2 * len(blocks)
        )
        for block in blocks:
            runs.queue(runs.RANK_JOB, run.pk, block.number)
        if not blocks:
            runs.queue(runs.SHOW_JOB, run.pk)


def _compute_few(
    run: Run, base: Run, loaded: Loaded, inside: Integers, work: Work
) -> None:
    work.progress(0, len(inside), _("Calcul des propositions"))
    revision = refreshing.revise(base, loaded, inside, gone=[])
    with work.completing():
        runs.locked(run.pk)
        refreshing.write(base, loaded, revision)
        _close(run, total=len(loaded.population), proposals=len(revision.pairs))


def rank_block(run_id: int, number: int, work: Work) -> None:
    """Compute the lists of a block, and hand them to the blocks that will store them."""
    block = _claimed(run_id, number, RunBlock.State.WAITING)
    if block is None:
        return
    shard = handing.shard_of(block.run)
    rows = handing.unpacked(block.rows)
    with contextlib.suppress(runs.StoppedRunError):
        lists = kernel.joined(list(_ranked(block, shard.loaded, rows, work)))
        with work.completing():
            handing.hand(block, lists, shard)
            list_ends.keep(block.run, shard.loaded, lists, rows)
            _advance(block, RunBlock.State.RANKED, ranked=len(rows))
            if not block.run.blocks.filter(state=RunBlock.State.WAITING).exists():
                for other in block.run.blocks.order_by("number"):
                    runs.queue(runs.STORE_JOB, run_id, other.number)


def store_block(run_id: int, number: int, work: Work) -> None:
    """Store the pairs whose first intention is of a block; nobody reads them yet."""
    block = _claimed(run_id, number, RunBlock.State.RANKED)
    if block is None:
        return
    shard = handing.shard_of(block.run)
    loaded = shard.loaded
    pairs = listed_pairs(handing.handed(block), len(loaded.population))
    work.progress(0, len(pairs), _label(block, _("Enregistrement")))
    with contextlib.suppress(runs.StoppedRunError), work.completing():
        store(block.run, loaded.population, loaded.prepared, pairs)
        _advance(block, RunBlock.State.STORED, stored=len(pairs))
        if not block.run.blocks.exclude(state=RunBlock.State.STORED).exists():
            runs.queue(runs.SHOW_JOB, run_id)


def show_run(run_id: int, work: Work) -> None:
    """Show what this run stored in place of what was read, in one transaction."""
    run = Run.objects.get(pk=run_id)
    if run.state != Run.State.RUNNING:
        return
    changes = pictures.kept(run).changes
    with contextlib.suppress(runs.StoppedRunError), work.completing():
        run = runs.locked(run_id)
        Run.objects.shown().update(is_shown=False)
        ChangedIntention.objects.filter(pk__in=changes).delete()
        _close(run, total=run.total_count, proposals=run.proposal_count)
        Run.objects.filter(pk=run.pk).update(is_shown=True)
    handing.forget()


def _close(run: Run, *, total: int, proposals: int) -> None:
    """End the run, in the transaction that ends the job.

    What it replaces is deleted, and the balanced sets are shared anew, by other jobs.
    """
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.DONE,
        finished_at=timezone.now(),
        done_count=total,
        total_count=total,
        proposal_count=proposals,
        error="",
    )
    request_balances()
    runs.leave_to_the_next()


def _claimed(run_id: int, number: int, state: RunBlock.State) -> RunBlock | None:
    """Return a block that is to be done; None when it was, or the run has ended."""
    blocks = RunBlock.objects.select_related("run__configuration")
    return blocks.filter(
        run=run_id, number=number, state=state, run__state=Run.State.RUNNING
    ).first()


def _advance(
    block: RunBlock, state: RunBlock.State, *, ranked: int = 0, stored: int = 0
) -> None:
    """Note that a block was done, in the transaction of what it wrote.

    The row of the run is locked last, for an instant: blocks are stored side by side.
    """
    runs.locked(block.run_id)
    RunBlock.objects.filter(pk=block.pk).update(state=state)
    Run.objects.filter(pk=block.run_id).update(
        parts_done=F("parts_done") + 1,
        done_count=F("done_count") + ranked,
        proposal_count=F("proposal_count") + stored,
    )


def _ranked(
    block: RunBlock, loaded: Loaded, rows: Integers, work: Work
) -> Iterator[kernel.Lists]:
    done, last = 0, time.monotonic()
    # The precision is that of the screening: the lists are the same, in less time.
    for lists in kernel.rank_blocks(
        loaded.prepared,
        top=loaded.kept,
        rows=rows,
        precision=np.float32,
        compiled=True,
        threads=settings.MATCHING_THREADS,
    ):
        yield lists
        done += len(lists.rows)
        if time.monotonic() - last > SECONDS_PER_PROGRESS:
            if not Run.objects.running().filter(pk=block.run_id).exists():
                raise runs.StoppedRunError
            work.progress(done, len(rows), _label(block, _("Calcul des listes")))
            last = time.monotonic()


def _label(block: RunBlock, step: str) -> str:
    return f"{step} : {block.label}"
