r"""Blocked products of scores: a fast look at every pair that never misses a winner.

For a block of rows and columns, the product :math:`s_A(t) \cdot s_B(t)` comes from a
few thin matrix products. It is only used to choose which pairs to compute exactly: a
pair that has a territorial need or offer gets an upper bound instead (all that may
hold is taken to hold), and the exact computation decides. Rows closed to a type carry NaN,
which no comparison keeps.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import Tables, tables_of
from matching.kernel.screens import Screen
from matching.kernel.vocabulary import PATRONAGE

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Reals = NDArray[Any]


@dataclass(frozen=True)
class Block:
    """A run of rows of one kind, with what they share with everyone.

    Attributes
    ----------
    screen : Screen
        The population.
    kind : int
        Kind of the rows.
    at : ndarray of int, shape (n_rows,)
        Positions of the rows.
    tables : Tables
        Territory and proximity of the rows with everyone.
    territory, n_territory : ndarray of shape (n_places, n_rows)
        Weighted territory component, and its weight where known.
    likeness, n_likeness : ndarray of shape (n_companions, n_rows)
        Weighted proximity without links, and its weight where known.
    absent : tuple of ndarray of int
        Rows and positions of pairs never proposed, by increasing position.
    linked : tuple of ndarray of int
        Rows and positions of pairs that have a link.
    refused : tuple of ndarray of int
        Rows and positions of pairs that a refused sector keeps apart.
    """

    screen: Screen
    kind: int
    at: Integers
    tables: Tables
    territory: Reals
    n_territory: Reals
    likeness: Reals
    n_likeness: Reals
    absent: tuple[Integers, Integers]
    linked: tuple[Integers, Integers]
    refused: tuple[Integers, Integers]

    def __len__(self) -> int:
        return len(self.at)


def block_of(screen: Screen, kind: int, at: Integers) -> Block:
    """Compute what a run of rows of one kind shares with everyone."""
    prepared = screen.prepared
    rows = screen.order[at]
    tables = tables_of(prepared, rows)
    weights = prepared.configuration.weights
    place = tables.place_at[screen.place[at]]
    is_known = ~np.isnan(tables.territory)
    territory = np.where(is_known, weights[3] * tables.territory, 0.0)
    companion = tables.companion_at[screen.companion[at]]
    count = tables.n_likeness
    likeness = weights[4] * tables.likeness / np.maximum(count, 1.0)
    real = screen.domains.dtype
    return Block(
        screen=screen,
        kind=kind,
        at=at,
        tables=tables,
        territory=_by_column(territory, place, real),
        n_territory=_by_column(weights[3] * is_known, place, real),
        likeness=_by_column(likeness, companion, real),
        n_likeness=_by_column(weights[4] * (count > 0), companion, real),
        absent=_pairs_of(screen, prepared.absent, rows),
        linked=_pairs_of(screen, prepared.linked, rows),
        refused=_refused(screen, rows),
    )


def _pairs_of(
    screen: Screen, keys: Integers, rows: Integers
) -> tuple[Integers, Integers]:
    """Find the pairs of sorted keys that belong to rows, by position of the column."""
    n = len(screen)
    start, stop = np.searchsorted(keys, rows * n), np.searchsorted(keys, (rows + 1) * n)
    row = np.repeat(np.arange(len(rows)), stop - start)
    found = [keys[a:b] for a, b in zip(start, stop, strict=True)]
    column = screen.position[np.concatenate([keys[:0], *found]) % n]
    return _by_position(row, column)


def _by_position(row: Integers, column: Integers) -> tuple[Integers, Integers]:
    order = np.argsort(column, kind="stable")
    return row[order], column[order]


def _by_column(table: Floats, chosen: Integers, real: Any) -> Reals:
    """Choose rows of a table, and turn it: what a column needs lies side by side."""
    return np.ascontiguousarray(table.astype(real)[chosen].T)


def _refused(screen: Screen, rows: Integers) -> tuple[Integers, Integers]:
    """Find who refuses a sector of whom: few refuse any."""
    profiles, refuses = screen.prepared.profiles, screen.prepared.refuses
    refusing, sectors = profiles.excluded_sector_set, profiles.sector_set
    refuses_some = np.any(refuses, axis=1)[refusing]
    mine = np.flatnonzero(refuses_some[rows])
    theirs = np.flatnonzero(refuses_some[screen.order])
    at, column = np.nonzero(refuses[refusing[rows[mine]]][:, sectors[screen.order]])
    refused = refuses[refusing[screen.order[theirs]]][:, sectors[rows]]
    other, row = np.nonzero(refused)
    both = np.concatenate([mine[at], row]), np.concatenate([column, theirs[other]])
    return _by_position(*both)


def products(block: Block, *, kind: int, start: int, stop: int) -> dict[int, Reals]:
    r"""Multiply the scores of both sides for the rows and a run of columns of one kind.

    Parameters
    ----------
    block : Block
        The rows.
    kind : int
        Kind of the columns.
    start, stop : int
        Positions of the columns.

    Returns
    -------
    dict of int to ndarray of shape (n_rows, stop - start)
        For each type admissible between the kinds, :math:`s_A s_B` or a bound above it;
        NaN where the pair may not be proposed for that type.
    """
    screen = block.screen
    prepared = screen.prepared
    types = np.flatnonzero(prepared.configuration.admissible[block.kind, kind])
    if not len(types):
        return {}
    columns = slice(start, stop)
    with np.errstate(divide="ignore", invalid="ignore"):  # NaN means not proposed
        shared, scale = _shared(block, columns)
        _forbid(block, kind, columns, scale.T)
        found = {
            t: _product(block, columns, t, shared=shared, scale=scale).T
            for t in types.tolist()
        }
    if PATRONAGE in found:
        _forbid_patronage(block, columns, found[PATRONAGE])
    return found


def _product(
    block: Block, columns: slice, t: int, *, shared: Reals, scale: Reals
) -> Reals:
    screen, at = block.screen, block.at
    product: Reals = screen.giver[t, columns] @ screen.needer[t, at].T
    product += shared
    other = screen.needer[t, columns] @ screen.giver[t, at].T
    other += shared
    product *= other
    product *= scale
    return product


def _shared(block: Block, columns: slice) -> tuple[Reals, Reals]:
    """Sum what both sides share, and the inverse of the product of known weights.

    A line is a column of the population here: what it needs of the tables is copied
    whole, several times sooner than number by number.
    """
    screen, at = block.screen, block.at
    places, companions = screen.place[columns], screen.companion[columns]
    shared = screen.domains[columns] @ screen.weighted_domains[at].T
    nothing = screen.sought[columns] @ screen.seeker[at].T <= 0
    shared += np.take(block.territory, places, axis=0, mode="clip")
    proximity = np.take(block.likeness, companions, axis=0, mode="clip")
    known = np.take(block.n_territory, places, axis=0, mode="clip")
    n_proximity = np.take(block.n_likeness, companions, axis=0, mode="clip")
    _link(block, columns, proximity.T, n_proximity.T)
    shared += proximity
    known += n_proximity
    scale = screen.known[columns] @ screen.knower[at].T
    scale += known
    other = screen.knower[columns] @ screen.known[at].T
    other += known
    scale *= other
    np.copyto(scale, 1.0, where=scale == 0)  # nothing is known of a side: it gains 0
    np.copyto(scale, np.nan, where=nothing)
    np.reciprocal(scale, out=scale)
    return shared, scale


def _within(
    pairs: tuple[Integers, Integers], columns: slice
) -> tuple[Integers, Integers]:
    low, high = np.searchsorted(pairs[1], (columns.start, columns.stop))
    return pairs[0][low:high], pairs[1][low:high] - columns.start


def _link(block: Block, columns: slice, value: Reals, known: Reals) -> None:
    """Count an existing link as a likeness of 1, in place."""
    row, column = _within(block.linked, columns)
    if not len(row):
        return
    screen, tables = block.screen, block.tables
    weight = screen.prepared.configuration.weights[4]
    mine = tables.companion_at[screen.companion[block.at[row]]]
    theirs = screen.companion[columns][column]
    total, count = tables.likeness[mine, theirs], tables.n_likeness[mine, theirs]
    value[row, column] = weight * (total + 1) / (count + 1)
    known[row, column] = weight


def _forbid(block: Block, kind: int, columns: slice, scale: Reals) -> None:
    """Set NaN where a pair may not be proposed for any type, in place."""
    screen = block.screen
    excluded = screen.prepared.profiles.excluded_kinds
    scale[excluded[screen.order[block.at], kind]] = np.nan
    scale[:, excluded[screen.order[columns], block.kind]] = np.nan
    scale[_within(block.absent, columns)] = np.nan
    scale[_within(block.refused, columns)] = np.nan


def _forbid_patronage(block: Block, columns: slice, product: Reals) -> None:
    """Set NaN where nobody may receive patronage (R01), in place."""
    receives, gives = block.screen.receives, block.screen.gives
    may = gives[block.at][:, None] & receives[columns]
    may |= receives[block.at][:, None] & gives[columns]
    if not may.all():
        np.copyto(product, np.nan, where=~may)
