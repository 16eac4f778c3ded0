"""The optional compiled way of ranking: the same lists, several times sooner.

Numba is an extra of the project (docs/decisions/0163-numba-is-optional.md). It is
imported by the first ranking that asks for it, never with this module.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.screens import Screen
from matching.kernel.settling import MARGIN, Hits, Lists, lists_of

Integers = NDArray[np.int64]
Reals = NDArray[Any]

ROWS_AT_ONCE = 128
FEWEST_ROWS = 64  # under which laying the population out costs more than it saves
# Under which reading what was compiled, or compiling it, costs more than it saves.
FEWEST_PAIRS = 1_000_000
PACKAGE = "matching.kernel.compiled"


def is_worth_it(n_rows: int, n_columns: int) -> bool:
    """Tell whether Numba is installed, and the pairs are enough for it."""
    are_many = n_rows >= FEWEST_ROWS and n_rows * n_columns >= FEWEST_PAIRS
    return are_many and is_installed()


@cache
def is_installed() -> bool:
    """Tell whether Numba is there, without importing it."""
    return find_spec("numba") is not None


class Ranker:
    """A population laid out once for the compiled loops, then ranked row by row.

    Parameters
    ----------
    screen : Screen
        The population, in float32.

    Attributes
    ----------
    layout : Layout or None
        None when the numbers of the population do not suit: then every row is unsure.
    """

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.layout = import_module(f"{PACKAGE}.laying").layout_of(screen)

    def refresh(self, row: int) -> None:
        """Read the aims of a row of the population again from the screen."""
        if self.layout is not None:
            laying = import_module(f"{PACKAGE}.laying")
            laying.lay_again(self.layout, self.screen, self.screen.position[row])

    def rank(self, at: Integers, top: int) -> tuple[Lists, Integers]:
        """Rank the rows at some positions.

        Parameters
        ----------
        at : ndarray of int
            Positions; those of one place are quicker side by side.
        top : int
            Length of each list.

        Returns
        -------
        lists : Lists
            As the reference path would give.
        unsure : ndarray of int
            Positions that are left to the reference path: too many ties, a partner at
            the very ceiling of distances.
        """
        if self.layout is None:
            return Lists(*(at[:0] for _ in range(5))), at
        compiled = import_module(f"{PACKAGE}.rows")
        room = len(at) * compiled.most_hits(top)
        out, found = np.empty((3, room), np.int64), np.empty(room)
        margin = MARGIN[np.dtype(np.float32)]
        total, unsure = compiled.rank_rows(self.layout, at, top, margin, out, found)
        row, types, column = out[:, :total]
        order = self.screen.order
        hits = Hits(order[row], order[column], types, found[:total])
        sure = order[at[~unsure]]
        lists = lists_of(self.screen.prepared, hits, sure, top=top, margin=margin)
        return lists, at[unsure]

    def products(self, row: int) -> Reals | None:
        """Screen one row of the population against everyone.

        Returns
        -------
        ndarray of float32, shape (4, N), or None
            By type and row; NaN where kinds do not suit, bounds where an entry is
            territorial; links are not counted. None when the row is unsure.
        """
        if self.layout is None:
            return None
        out = np.empty((4, len(self.screen)), np.float32)
        position = self.screen.position
        rows = import_module(f"{PACKAGE}.rows")
        is_sure = rows.row_products(self.layout, position[row], out)
        return out[:, position] if is_sure else None


def rank(
    screen: Screen, at: Integers, top: int, *, threads: int
) -> Iterator[tuple[Lists, Integers]]:
    """Rank rows 128 at a time, in order, a few blocks ahead in as many threads.

    Parameters
    ----------
    screen : Screen
        The population, in float32.
    at : ndarray of int
        Positions, increasing.
    top : int
        Length of each list.
    threads : int
        How many blocks are ranked at once.

    Yields
    ------
    lists, unsure
        As :meth:`Ranker.rank`.
    """
    ranker = Ranker(screen)
    blocks = [at[k : k + ROWS_AT_ONCE] for k in range(0, len(at), ROWS_AT_ONCE)]
    yield from in_order(lambda block: ranker.rank(block, top), blocks, threads=threads)


def in_order(work: Any, items: list[Any], *, threads: int) -> Iterator[Any]:
    """Apply work to items, a few at once and no more, and yield results in order.

    Examples
    --------
    >>> list(in_order(abs, [-1, -2, -3], threads=2))
    [1, 2, 3]
    """
    if threads == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(work, item) for item in items[: 2 * threads]]
        for number in range(len(items)):
            done, waiting = waiting[0].result(), waiting[1:]
            for item in items[number + 2 * threads :][:1]:
                waiting.append(pool.submit(work, item))
            yield done
