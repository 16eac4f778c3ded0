"""The best partners of every intention, for each type, by blocks of rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel import accelerated
from matching.kernel.admissibility import admissible_types
from matching.kernel.components import compare_rows
from matching.kernel.preparation import Prepared
from matching.kernel.scores import scores_of
from matching.kernel.screening import Block, block_of, products
from matching.kernel.screens import Screen, screen_of
from matching.kernel.settling import MARGIN, Hits, Lists, lists_of
from matching.kernel.vocabulary import TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Reals = NDArray[Any]
Progress = Callable[[int, int], None]

ROWS_PER_BLOCK = 128
PAIRS_PER_BLOCK = 128 * 1024
FLOOD = 4  # hits per row and place in the list beyond which the floor is raised first


def rank_blocks(
    prepared: Prepared,
    *,
    top: int = 30,
    rows: Integers | None = None,
    precision: type[np.floating[Any]] = np.float64,
    compiled: bool = False,
    threads: int = 1,
    progress: Progress | None = None,
) -> Iterator[Lists]:
    """Rank intentions block after block.

    Parameters
    ----------
    prepared : Prepared
        The population; everyone is a candidate.
    top : int
        Length of each list.
    rows : ndarray of int, optional
        Intentions to rank; everyone by default. To resume, give those that no list
        received so far names.
    precision : type
        ``numpy.float64`` or ``numpy.float32``: precision of the screening only. The
        lists are the same.
    compiled : bool
        Whether the compiled screening may be used, where Numba is installed and the
        rows are many. The lists are the same.
    threads : int
        How many blocks are ranked at once; results come in the same order.
    progress : callable, optional
        Called with the number of rows done and to do after each block.

    Yields
    ------
    Lists
        Complete lists of up to 128 intentions of one kind.

    Raises
    ------
    ValueError
        If ``top`` is not positive, a row is unknown, or the precision is another one.
    """
    wanted = np.arange(len(prepared)) if rows is None else np.unique(rows)
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    if np.dtype(precision) not in MARGIN:
        raise ValueError("precision must be numpy.float64 or numpy.float32")
    if len(wanted) and not 0 <= wanted[0] <= wanted[-1] < len(prepared):
        raise ValueError(f"rows must be from 0 to {len(prepared) - 1}")
    real = np.float32 if compiled else precision
    screen = screen_of(prepared, precision=real)
    done = 0
    for lists in _blocks(screen, wanted, top, compiled=compiled, threads=threads):
        done += len(lists.rows)
        if progress is not None:
            progress(done, len(wanted))
        yield lists


def joined(blocks: list[Lists]) -> Lists:
    """Put blocks of lists together."""
    empty = np.empty(0, np.int64)
    return Lists(
        *(
            np.concatenate([empty, *(getattr(block, name) for block in blocks)])
            for name in ("row", "partner", "type", "rank", "rows")
        )
    )


def _blocks(
    screen: Screen, wanted: Integers, top: int, *, compiled: bool, threads: int
) -> Iterator[Lists]:
    """Rank by whole rows when that is possible and worth it, else by blocks."""
    if compiled and accelerated.is_worth_it(len(wanted), len(screen.prepared)):
        at = np.sort(screen.position[wanted])
        left = [at[:0]]
        for lists, unsure in accelerated.rank(screen, at, top, threads=threads):
            left.append(unsure)
            yield lists
        wanted = screen.order[np.concatenate(left)]
    yield from accelerated.in_order(
        lambda run: _rank_block(block_of(screen, *run), top),
        list(_row_blocks(screen, wanted)),
        threads=threads,
    )


def ranked_at(screen: Screen, at: Integers, top: int) -> list[Lists]:
    """Rank the rows at some positions, by blocks."""
    blocks = _row_blocks(screen, screen.order[at])
    return [_rank_block(block_of(screen, *run), top) for run in blocks]


def screened_row(screen: Screen, row: int) -> Reals:
    """Screen one row against everyone.

    Returns
    -------
    ndarray of shape (4, N)
        By type and position: products or bounds above them, NaN where the pair may not
        be proposed.
    """
    out = np.full((len(TYPES), len(screen)), np.nan, screen.domains.dtype)
    kind = int(screen.prepared.profiles.kind[row])
    block = block_of(screen, kind, screen.position[[row]])
    for other, start, stop in screen.segments:
        for t, tile in products(block, kind=other, start=start, stop=stop).items():
            out[t, start:stop] = tile[0]
    return out


def _row_blocks(screen: Screen, wanted: Integers) -> Iterator[tuple[int, Integers]]:
    is_wanted = np.zeros(len(screen), bool)
    is_wanted[screen.position[wanted]] = True
    for kind, start, stop in screen.segments:
        at = start + np.flatnonzero(is_wanted[start:stop])
        for first in range(0, len(at), ROWS_PER_BLOCK):
            yield kind, at[first : first + ROWS_PER_BLOCK]


@dataclass
class _Found:
    """What the screening of a block has kept so far.

    ``best`` holds the highest products by type and row; ``hits`` the positions and
    products that may still make a list.
    """

    best: Reals
    hits: list[list[tuple[Integers, Integers, Reals]]]

    def floor(self, t: int, margin: float) -> Reals:
        floor: Reals = self.best[t, :, 0] - margin
        return floor


def _rank_block(block: Block, top: int) -> Lists:
    screen = block.screen
    found = _Found(
        best=np.full((len(TYPES), len(block), top), -np.inf, screen.domains.dtype),
        hits=[[] for _ in TYPES],
    )
    width = max(PAIRS_PER_BLOCK // len(block), 1)
    for kind, first, last in screen.segments:
        for start in range(first, last, width):
            stop = min(start + width, last)
            tiles = products(block, kind=kind, start=start, stop=stop)
            _sift(block, found, tiles, start)
    return _finish(block, found, top)


def _sift(block: Block, found: _Found, tiles: dict[int, Reals], start: int) -> None:
    """Keep the pairs of a tile that may make a list."""
    margin = MARGIN[block.screen.domains.dtype]
    floors = {t: found.floor(t, margin) for t in tiles}
    flooded = {
        t: tile
        for t, tile in tiles.items()
        if np.count_nonzero(tile >= floors[t][:, None]) > FLOOD * found.best[t].size
    }
    for t, highest in _raised(block, found, flooded, start).items():
        floors[t] = highest - margin
    hits = {}
    for t, tile in tiles.items():
        by_column = tile.T  # as it lies in memory
        hit = np.flatnonzero(by_column >= floors[t])  # faster than nonzero
        column, row = np.divmod(hit, len(tile))
        if len(row):
            order = np.argsort(row, kind="stable")
            row, column = row[order], column[order]
            hits[t] = (row, column + start, tile[row, column])
    _settle_bounds(block, hits)
    for t, (row, column, value) in hits.items():
        kept = value >= floors[t][row]
        found.hits[t].append((row[kept], column[kept], value[kept]))
        _improve(found.best[t], row[kept], value[kept])


def _raised(
    block: Block, found: _Found, tiles: dict[int, Reals], start: int
) -> dict[int, Reals]:
    """Return floors from the apparently best pairs of tiles, computed exactly.

    Any ``top`` exact values of a row put a floor under its list. A flooded tile has more
    than ``FLOOD × top`` columns.
    """
    top = found.best.shape[2]
    hits = {}
    for t, tile in tiles.items():
        apparent = np.where(np.isnan(tile), -np.inf, tile)
        column = np.argpartition(apparent, -top, axis=1)[:, -top:]
        row = np.repeat(np.arange(len(block)), top)
        values = np.take_along_axis(apparent, column, axis=1)
        hits[t] = (row, column.reshape(-1) + start, values.reshape(-1))
    _settle_bounds(block, hits)
    raised = {}
    for t, (_, _, value) in hits.items():
        both = np.concatenate([found.best[t], value.reshape(-1, top)], axis=1)
        raised[t] = np.partition(both, top, axis=1)[:, top]
    return raised


def _settle_bounds(
    block: Block, hits: dict[int, tuple[Integers, Integers, Reals]]
) -> None:
    """Replace upper bounds by exact products, -inf where not admissible, in place."""
    screen = block.screen
    bounded = {
        t: screen.is_bound[block.at[row]] | screen.is_bound[column]
        for t, (row, column, _) in hits.items()
    }
    keys = [
        (row * len(screen) + column)[bounded[t]] for t, (row, column, _) in hits.items()
    ]
    pairs = np.unique(np.concatenate([np.empty(0, np.int64), *keys]))
    if not len(pairs):
        return
    product = _exact_products(block, pairs // len(screen), pairs % len(screen))
    for (t, (_, _, value)), key in zip(hits.items(), keys, strict=True):
        value[bounded[t]] = product[np.searchsorted(pairs, key), t]


def _exact_products(block: Block, row: Integers, column: Integers) -> Floats:
    prepared, order = block.screen.prepared, block.screen.order
    pairs = compare_rows(prepared, block.tables, order[block.at[row]], order[column])
    scores = scores_of(pairs, prepared.configuration)
    allowed = admissible_types(prepared, pairs)
    return np.where(allowed, scores.first * scores.second, -np.inf)


def _improve(best: Reals, row: Integers, value: Reals) -> None:
    """Merge values into the highest of their rows (lowest first), in place."""
    if not len(row):
        return
    rows, counts = np.unique(row, return_counts=True)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    extra, top = int(counts.max()), best.shape[1]
    merged = np.full((len(rows), top + extra), -np.inf, best.dtype)
    merged[:, :top] = best[rows]
    merged[np.searchsorted(rows, row), top + within] = value
    merged = np.partition(merged, extra, axis=1)
    best[rows] = merged[:, extra:]


def _finish(block: Block, found: _Found, top: int) -> Lists:
    """Order what may still make a list."""
    screen = block.screen
    margin = MARGIN[screen.domains.dtype]
    empty = np.empty(0, np.int64)
    parts = [(empty, empty, empty, np.empty(0))]
    for t, kept_hits in enumerate(found.hits):
        floor = found.floor(t, margin)
        for row, column, value in kept_hits:
            kept = (value >= floor[row]) & (value > -np.inf)
            number = np.full(np.count_nonzero(kept), t)
            parts.append((row[kept], column[kept], number, value[kept].astype(float)))
    row, column, types, value = map(np.concatenate, zip(*parts, strict=True))
    order, mine = screen.order, screen.order[block.at]
    hits = Hits(mine[row], order[column], types, value)
    return lists_of(screen.prepared, hits, mine, top=top, margin=margin)
