"""The optional compiled way of ranking: the same lists, several times sooner.

Numba is an extra of the project (docs/decisions/0163-numba-is-optional.md). It is
imported by the first ranking that asks for it, never with this module.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from matching.kernel.screens import Screen
from matching.kernel.settling import MARGIN, Hits, Lists, lists_of

Integers = NDArray[np.int64]

ROWS_AT_ONCE = 128
FEWEST_ROWS = 64  # under which laying the population out costs more than it saves
PACKAGE = "matching.kernel.compiled"


def is_worth_it(n_rows: int) -> bool:
    """Tell whether Numba is installed, and the rows are enough for it."""
    return n_rows >= FEWEST_ROWS and _is_installed()


@cache
def _is_installed() -> bool:
    return find_spec("numba") is not None


def rank(
    screen: Screen, at: Integers, top: int
) -> Iterator[tuple[Lists, Integers]]:
    """Rank the rows at given positions.

    Parameters
    ----------
    screen : Screen
        The population, in float32.
    at : ndarray of int
        Positions, increasing.
    top : int
        Length of each list.

    Yields
    ------
    lists : Lists
        Of up to 128 rows.
    unsure : ndarray of int
        Positions that are left to the reference path: too many ties, a partner at the
        very ceiling of distances, numbers that tables cannot hold.
    """
    layout = import_module(f"{PACKAGE}.laying").layout_of(screen)
    if layout is None:
        yield Lists(*(at[:0] for _ in range(5))), at
        return
    yield from _ranked(screen, layout, at, top)


def _ranked(
    screen: Screen, layout: object, at: Integers, top: int
) -> Iterator[tuple[Lists, Integers]]:
    rows_module = import_module(f"{PACKAGE}.rows")
    margin = MARGIN[np.dtype(np.float32)]
    room = ROWS_AT_ONCE * rows_module.most_hits(top)
    out, found = np.empty((3, room), np.int64), np.empty(room)
    for start in range(0, len(at), ROWS_AT_ONCE):
        rows = at[start : start + ROWS_AT_ONCE]
        total, unsure = rows_module.rank_rows(layout, rows, top, margin, out, found)
        row, types, column = out[:, :total]
        hits = Hits(screen.order[row], screen.order[column], types.copy(), found[:total])
        sure = screen.order[rows[~unsure]]
        lists = lists_of(screen.prepared, hits, sure, top=top, margin=margin)
        yield lists, rows[unsure]
