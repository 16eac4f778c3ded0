"""The lists of whole rows, compiled: a few rows at a time meet every tile."""

import numpy as np

from matching.kernel.compiled.beginning import room_for, start
from matching.kernel.compiled.hits import SPARE, Rows, keep, write
from matching.kernel.compiled.jit import compiled
from matching.kernel.compiled.layout import (
    GIVERS,
    IS_BOUND,
    N_TYPES,
    OWN,
    OWN_AS_RECIPIENT,
    PLACE,
    START,
    WIDTH,
    Array,
    Layout,
)
from matching.kernel.compiled.pairs import is_apart, may_list, product, types_of
from matching.kernel.compiled.tiles import (
    HALF,
    KNOWN,
    NOTHING,
    SHARED,
    exchange,
    gather,
    is_reached,
    lowest,
    product_at,
    scale,
    share,
    which_reached,
)

CHUNK = 32  # rows that share a tile before the next one is read


def most_hits(top: int) -> int:
    """Return the most hits that :func:`rank_rows` writes for a row."""
    return N_TYPES * (top + SPARE)


@compiled
def rank_rows(
    layout: Layout, rows: Array, top: int, margin: float, out: Array, found: Array
) -> tuple[int, Array]:
    """Find what may make the lists of rows.

    Writes row, type and column in ``out`` and products in ``found``; returns how many
    there are, and which rows are unsure: those have nothing.
    """
    state = room_for(layout, min(len(rows), CHUNK), top)
    unsure = np.zeros(len(rows), np.bool_)
    total = 0
    for first in range(0, len(rows), CHUNK):
        here = rows[first : first + CHUNK]
        start(layout, here, margin, state)
        for tile in _nearest_first(layout, state.territory[0]):
            _meet(layout, here, tile, margin, state)
        for r in range(len(here)):
            unsure[first + r] = state.unsure[r]
            if not state.unsure[r]:
                total += write(here[r], r, margin, state, out[:, total:], found[total:])
    return total, unsure


@compiled
def _nearest_first(layout: Layout, territory: Array) -> Array:
    """Order the tiles by how near they are to a row: floors rise sooner."""
    refs = layout.columns.refs
    order = np.empty(len(refs), np.int64)
    near = np.empty(len(refs), np.float32)
    for tile in range(len(refs)):
        total = np.float32(0.0)
        for k in range(WIDTH):
            total += max(territory[refs[tile, 0, k]], NOTHING)
        at = tile
        while at > 0 and near[at - 1] < total:
            order[at], near[at] = order[at - 1], near[at - 1]
            at -= 1
        order[at], near[at] = tile, total
    return order


@compiled
def _meet(layout: Layout, here: Array, tile: int, margin: float, state: Rows) -> None:
    """Bring a few rows before the columns of a tile."""
    columns, rules = layout.columns, layout.rules
    facts, features, weights = rules.facts, columns.features, columns.weights
    worth, octets, table = columns.worth, columns.octets, columns.types
    entries, meets, refuses = rules.entries, rules.area_meets, rules.refuses
    absent, linked = rules.absent, rules.linked
    territory, likeness = state.territory, state.likeness
    values, places, counts = state.values, state.columns, state.counts
    tops, floors, unsure = state.tops, state.floors, state.unsure
    base, gains = state.base, state.gains
    theirs, refs, of_tile = columns.tiles[tile], columns.refs[tile], columns.facts[tile]
    patronage = OWN + 0 if of_tile[GIVERS] else OWN_AS_RECIPIENT
    first, place = of_tile[START], np.int64(-1)
    for r in range(len(here)):
        i = here[r]
        types = types_of(facts, i, table, of_tile)
        if types == 0 or unsure[r]:
            continue
        mine, terms, lines = features[i], state.terms[r], state.lines[r]
        if facts[i, PLACE] != place:
            place = facts[i, PLACE]
            gather(refs, 0, territory[r], base)
        gather(refs, 1, likeness[r], base)
        share(mine, theirs, weights, base)
        scale(mine, theirs, base)
        if not state.fits[r]:
            gains[:] = 0.0
            exchange(mine, theirs, worth, types, gains)
        for t in range(N_TYPES):
            if not types >> t & 1 or not is_reached(
                floors[r, t], t, mine, theirs, weights, patronage, terms, lines,
                base, gains,
            ):  # fmt: skip
                continue
            for half in range(2):
                bits = which_reached(
                    HALF * np.uint64(half), floors[r, t], t, mine, theirs, weights,
                    patronage, terms, lines, base, gains,
                )  # fmt: skip
                while bits != 0:
                    k = lowest(bits) + HALF * np.uint64(half)
                    bits &= bits - np.uint64(1)
                    j = first + np.int64(k)
                    if facts[i, IS_BOUND] or facts[j, IS_BOUND]:
                        shared, known = base[SHARED, k], base[KNOWN, k]
                        value = product(
                            i, j, t, facts, features, entries, meets, octets,
                            weights, np.float64(shared), np.float64(known),
                        )  # fmt: skip
                    else:
                        value = product_at(
                            k, t, mine, theirs, weights, patronage, terms, lines,
                            base, gains,
                        )  # fmt: skip
                    if (
                        value >= floors[r, t]
                        and may_list(facts, i, j, t, refuses, entries, meets)
                        and is_apart(facts, i, j, absent, linked)
                    ):
                        keep(
                            r, t, j, value, margin, values, places,
                            counts, tops, floors, unsure,
                        )  # fmt: skip
        if not state.fits[r]:
            gains[:] = 0.0
