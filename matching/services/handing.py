"""What the blocks of a run share: the population they are ranked in, their lists."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import kernel
from matching.models import Run, RunBlock, RunLists
from matching.services import pictures
from matching.services.pictures import Loaded

Integers = NDArray[np.int64]

# A line of a list: the intention, its partner, the type, the rank.
LINE = np.dtype([("row", "<i4"), ("partner", "<i4"), ("type", "i1"), ("rank", "<i2")])


@dataclass(frozen=True)
class Shard:
    """The population of a run, and the block of each of its rows."""

    loaded: Loaded
    block: Integers


# Kept between two blocks of a run by the process that does both; one at a time.
_kept: dict[int, Shard] = {}


def shard_of(run: Run) -> Shard:
    """Return the population of a run, laid out once per process."""
    found = _kept.get(run.pk)
    if found is None:
        forget()
        found = _kept[run.pk] = _read(run)
    return found


def forget() -> None:
    """Give back the memory of the last run."""
    _kept.clear()


def hand(block: RunBlock, lists: kernel.Lists, shard: Shard) -> None:
    """Store the lists of a block, apart for each block that stores pairs of them."""
    target = shard.block[np.minimum(lists.row, lists.partner)]
    order = np.argsort(target, kind="stable")
    lines = np.empty(len(order), LINE)
    for name in LINE.names or ():
        lines[name] = getattr(lists, name)[order]
    targets, starts = np.unique(target[order], return_index=True)
    stops = np.append(starts, len(order))[1:]
    RunLists.objects.bulk_create(
        RunLists(
            run_id=block.run_id,
            source=block.number,
            target=int(number),
            content=lines[start:stop].tobytes(),
        )
        for number, start, stop in zip(targets, starts, stops, strict=True)
    )


def handed(block: RunBlock) -> kernel.Lists:
    """Return the lines whose pairs a block stores."""
    handed_over = RunLists.objects.filter(run=block.run_id, target=block.number)
    contents = handed_over.order_by("source").values_list("content", flat=True)
    lines = np.frombuffer(b"".join(bytes(content) for content in contents), LINE)
    columns = {name: lines[name].astype(np.int64) for name in LINE.names or ()}
    return kernel.Lists(**columns, rows=np.empty(0, np.int64))


def packed(rows: Integers) -> bytes:
    return rows.astype("<i4").tobytes()


def unpacked(content: bytes | memoryview) -> Integers:
    return np.frombuffer(content, "<i4").astype(np.int64)


def _read(run: Run) -> Shard:
    loaded = pictures.ready(run, pictures.kept(run))
    block = np.empty(len(loaded.population), np.int64)
    for number, rows in run.blocks.values_list("number", "rows"):
        block[unpacked(rows)] = number
    return Shard(loaded, block)
