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

from matching.kernel.admissibility import NO, is_giver, recipient_status
from matching.kernel.components import Tables, tables_of
from matching.kernel.screens import Screen
from matching.kernel.vocabulary import PATRONAGE

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
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
    territory, n_territory : ndarray of shape (n_rows, n_places)
        Weighted territory component, and its weight where known.
    likeness, n_likeness : ndarray of shape (n_rows, n_companions)
        Weighted proximity without links, and its weight where known.
    absent : tuple of ndarray of int
        Rows and positions of pairs never proposed, by increasing position.
    linked : tuple of ndarray of int
        Rows and positions of pairs that have a link.
    refused : ndarray of bool, shape (n_rows, N), or None
        Pairs that a refused sector keeps apart, by position.
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
    refused: Booleans | None

    def __len__(self) -> int:
        return len(self.at)


def block_of(screen: Screen, kind: int, at: Integers) -> Block:
    """Compute what a run of rows of one kind shares with everyone."""
    prepared = screen.prepared
    rows = screen.order[at]
    tables = tables_of(prepared, rows)
    weights = prepared.configuration.weights
    territory = tables.territory[tables.place_at[screen.place[at]]]
    is_known = ~np.isnan(territory)
    likeness = tables.companion_at[screen.companion[at]]
    total, count = tables.likeness[likeness], tables.n_likeness[likeness]
    real = screen.domains.dtype
    return Block(
        screen=screen,
        kind=kind,
        at=at,
        tables=tables,
        territory=np.where(is_known, weights[3] * territory, 0.0).astype(real),
        n_territory=(weights[3] * is_known).astype(real),
        likeness=(weights[4] * total / np.maximum(count, 1.0)).astype(real),
        n_likeness=(weights[4] * (count > 0)).astype(real),
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
    order = np.argsort(column, kind="stable")
    return row[order], column[order]


def _refused(screen: Screen, rows: Integers) -> Booleans | None:
    prepared = screen.prepared
    profiles = prepared.profiles
    refusing, sectors = profiles.excluded_sector_set, profiles.sector_set
    if not prepared.refuses.any():
        return None
    mine = prepared.refuses[refusing[rows]][:, sectors[screen.order]]
    theirs = prepared.refuses[refusing[screen.order]][:, sectors[rows]].T
    return mine | theirs


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
        _forbid(block, kind, columns, scale)
        found = {
            t: _product(block, columns, t, shared=shared, scale=scale)
            for t in types.tolist()
        }
    if PATRONAGE in found:
        _forbid_patronage(block, columns, found[PATRONAGE])
    return found


def _product(
    block: Block, columns: slice, t: int, *, shared: Reals, scale: Reals
) -> Reals:
    screen, at = block.screen, block.at
    product: Reals = screen.needer[t, at] @ screen.giver[t, columns].T
    product += shared
    other = screen.giver[t, at] @ screen.needer[t, columns].T
    other += shared
    product *= other
    product *= scale
    return product


def _shared(block: Block, columns: slice) -> tuple[Reals, Reals]:
    """Sum what both sides share, and the inverse of the product of known weights."""
    screen, at = block.screen, block.at
    places, companions = screen.place[columns], screen.companion[columns]
    shared = screen.weighted_domains[at] @ screen.domains[columns].T
    nothing = screen.seeker[at] @ screen.sought[columns].T <= 0
    shared += np.take(block.territory, places, axis=1, mode="clip")
    proximity = np.take(block.likeness, companions, axis=1, mode="clip")
    known = np.take(block.n_territory, places, axis=1, mode="clip")
    n_proximity = np.take(block.n_likeness, companions, axis=1, mode="clip")
    _link(block, columns, proximity, n_proximity)
    shared += proximity
    known += n_proximity
    scale = screen.knower[at] @ screen.known[columns].T
    scale += known
    other = screen.known[at] @ screen.knower[columns].T
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
    if block.refused is not None:
        np.copyto(scale, np.nan, where=block.refused[:, columns])


def _forbid_patronage(block: Block, columns: slice, product: Reals) -> None:
    """Set NaN where nobody may receive patronage (R01), in place."""
    screen = block.screen
    profiles = screen.prepared.profiles
    receives, gives = recipient_status(profiles) != NO, is_giver(profiles)
    mine, theirs = screen.order[block.at], screen.order[columns]
    may = gives[mine][:, None] & receives[theirs]
    may |= receives[mine][:, None] & gives[theirs]
    if not may.all():
        np.copyto(product, np.nan, where=~may)
