"""The lists of whole rows, compiled: a few rows at a time meet every tile."""

import numpy as np

from matching.kernel.compiled.hits import MORE, SPARE, Rows, keep, write
from matching.kernel.compiled.jit import compiled, inlined
from matching.kernel.compiled.layout import (
    ABSENT_START,
    ABSENT_STOP,
    COMPANION,
    COUNT,
    DOMAINS,
    EXCLUDED_KINDS,
    GIVERS,
    GIVES,
    IS_BOUND,
    KIND,
    LINK_START,
    LINK_STOP,
    N_DOMAINS,
    N_TYPES,
    OWN,
    OWN_AS_RECIPIENT,
    PLACE,
    RECEIVES,
    ROW,
    START,
    TILE_KIND,
    WIDTH,
    Array,
    Layout,
)
from matching.kernel.compiled.pairs import (
    is_apart,
    is_key,
    may_list,
    product,
)
from matching.kernel.compiled.tables import (
    common_tags,
    likeness_row,
    linked_likeness,
    near_row,
    overlap_row,
    territory_row,
)
from matching.kernel.compiled.tiles import (
    KNOWN,
    N_BASE,
    SHARED,
    begin,
    exchange,
    gather,
    reached,
    scale,
    share,
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
    state = _room(layout, top)
    unsure = np.zeros(len(rows), np.bool_)
    total = 0
    for first in range(0, len(rows), CHUNK):
        here = rows[first : first + CHUNK]
        _start(layout, here, top, state)
        for tile in range(len(layout.columns.facts)):
            _meet(layout, here, tile, top, margin, state)
        for r in range(len(here)):
            unsure[first + r] = state.unsure[r]
            if not state.unsure[r]:
                total += write(
                    here[r], r, top, margin, state, out[:, total:], found[total:]
                )
    return total, unsure


@compiled
def row_products(layout: Layout, i: int, out: Array) -> bool:
    """Write the products of a row with everyone, by type and position.

    NaN for a type that kinds do not suit, bounds where an entry is territorial; what
    forbids a pair otherwise is not looked at. Returns False when the row is unsure.
    """
    state, columns = _room(layout, 1), layout.columns
    here = np.full(1, i)
    _start(layout, here, 1, state)
    out[:] = np.nan
    for tile in range(len(columns.facts)):
        facts, theirs = columns.facts[tile], columns.tiles[tile]
        types = _types(layout.rules.facts, i, columns.types, facts)
        if types == 0:
            continue
        mine, weights, base = columns.features[i], columns.weights, state.base
        gather(columns.refs[tile], state.territory[0], state.likeness[0], base)
        share(mine, theirs, weights, base)
        scale(mine, theirs, base)
        patronage = OWN + 0 if facts[GIVERS] else OWN_AS_RECIPIENT
        begin(mine, theirs, weights, types, patronage, base, state.gains)
        exchange(mine, theirs, columns.worth, types, state.gains)
        for t in range(N_TYPES):
            if types >> t & 1:
                reached(t, 0.0, base, state.gains, state.found)
                for k in range(facts[COUNT]):
                    out[t, facts[START] + k] = state.found[k]
    return not state.unsure[0]


@compiled
def _room(layout: Layout, top: int) -> Rows:
    room = top + SPARE
    return Rows(
        np.empty((CHUNK, len(layout.land.perimeter)), np.float32),
        np.empty((CHUNK, len(layout.likes.size)), np.float32),
        np.empty((CHUNK, len(layout.likes.length)), np.float32),
        np.empty((CHUNK, N_TYPES, room), np.float64),
        np.empty((CHUNK, N_TYPES, room), np.int64),
        np.zeros((CHUNK, N_TYPES), np.int64),
        np.zeros((CHUNK, N_TYPES), np.int64),
        np.empty((CHUNK, N_TYPES), np.float32),
        np.zeros(CHUNK, np.bool_),
        np.empty((N_BASE, WIDTH), np.float32),
        np.empty((2 * N_TYPES, WIDTH), np.float32),
        np.empty(WIDTH, np.float32),
    )


@compiled
def _start(layout: Layout, here: Array, top: int, state: Rows) -> None:
    """Work out the tables of rows, those of one place once."""
    state.counts[:] = 0
    state.nexts[:] = top + MORE
    state.floors[:] = -np.inf
    overlap = np.empty(len(layout.land.population) + 1, np.float32)
    common = np.empty(len(layout.land.population), np.float64)
    near = np.empty(layout.land.spots.shape[1] + 1, np.float32)
    squares = np.empty(layout.land.spots.shape[1], np.float32)
    values = np.empty(len(layout.likes.length), np.float32)
    last = np.int64(-1)
    for r in range(len(here)):
        facts = layout.rules.facts[here[r]]
        if r and facts[PLACE] == layout.rules.facts[here[r - 1], PLACE]:
            state.territory[r] = state.territory[r - 1]
            state.unsure[r] = state.unsure[r - 1]
        else:
            perimeter = np.int64(layout.land.perimeter[facts[PLACE]])
            if perimeter != last:
                overlap_row(layout.land, perimeter, common, overlap)
                last = perimeter
            state.unsure[r] = not near_row(layout.land, facts[PLACE], squares, near)
            territory_row(layout.land, overlap, near, state.territory[r])
        common_tags(layout.likes, facts[COMPANION], state.common[r])
        likeness_row(
            layout.likes, facts[COMPANION], state.common[r], values, state.likeness[r]
        )
        _partners(layout, here[r], r, state)


@compiled
def _partners(layout: Layout, i: int, r: int, state: Rows) -> None:
    """Begin the lists of a row with those it has a link with, each on its own."""
    rules, facts, n = layout.rules, layout.rules.facts, len(layout.rules.facts)
    key = facts[i, ROW] * n
    for at in range(facts[i, LINK_START], facts[i, LINK_STOP]):
        j = rules.position[rules.linked[at] - key]
        first, last = facts[i, ABSENT_START], facts[i, ABSENT_STOP]
        if is_key(rules.absent, first, last, rules.linked[at]):
            continue
        types = layout.columns.types[facts[i, KIND], facts[j, KIND]]
        shared, known = _shared(layout, i, j, r, state)
        for t in range(N_TYPES):
            if types >> t & 1 and may_list(
                facts, i, j, t, rules.refuses, rules.entries, rules.area_meets
            ):
                _add_partner(layout, i, j, r, t, shared, known, state)


@compiled
def _shared(layout: Layout, i: int, j: int, r: int, state: Rows) -> tuple[float, float]:
    """Weigh what linked rows share, and what is known of it; their link counts 1."""
    features, weights = layout.columns.features, layout.columns.weights
    mine, theirs = layout.rules.facts[i], layout.rules.facts[j]
    common = state.common[r, layout.likes.value_set[theirs[COMPANION]]]
    like = linked_likeness(layout.likes, mine[COMPANION], theirs[COMPANION], common)
    shared, known = weights[4] * like, np.float64(weights[4])
    near = np.float64(state.territory[r, theirs[PLACE]])
    if near >= 0:
        shared += weights[3] * near
        known += weights[3]
    for d in range(N_DOMAINS):
        cosine = np.float64(features[i, DOMAINS + d]) * features[j, DOMAINS + d]
        shared += weights[2] * cosine
    return shared, known


@compiled
def _add_partner(
    layout: Layout,
    i: int,
    j: int,
    r: int,
    t: int,
    shared: float,
    known: float,
    state: Rows,
) -> None:
    columns, rules = layout.columns, layout.rules
    value = product(
        i,
        j,
        t,
        rules.facts,
        columns.features,
        rules.entries,
        rules.area_meets,
        columns.octets,
        columns.weights,
        shared,
        known,
    )
    count = state.counts[r, t]
    if count + MORE >= state.values.shape[2]:
        state.unsure[r] = True
    elif value >= 0:
        state.values[r, t, count], state.columns[r, t, count] = value, j
        state.counts[r, t] = count + 1


@compiled
def _meet(
    layout: Layout, here: Array, tile: int, top: int, margin: float, state: Rows
) -> None:
    """Bring a few rows before the columns of a tile."""
    columns, rules = layout.columns, layout.rules
    facts, features, weights = rules.facts, columns.features, columns.weights
    worth, octets, table = columns.worth, columns.octets, columns.types
    entries, meets, refuses = rules.entries, rules.area_meets, rules.refuses
    absent, linked = rules.absent, rules.linked
    territory, likeness = state.territory, state.likeness
    values, places, counts = state.values, state.columns, state.counts
    nexts, floors, unsure = state.nexts, state.floors, state.unsure
    base, gains, found = state.base, state.gains, state.found
    theirs, refs, of_tile = columns.tiles[tile], columns.refs[tile], columns.facts[tile]
    patronage = OWN + 0 if of_tile[GIVERS] else OWN_AS_RECIPIENT
    first, count = of_tile[START], of_tile[COUNT]
    for r in range(len(here)):
        i = here[r]
        types = _types(facts, i, table, of_tile)
        if types == 0 or unsure[r]:
            continue
        mine = features[i]
        gather(refs, territory[r], likeness[r], base)
        share(mine, theirs, weights, base)
        scale(mine, theirs, base)
        begin(mine, theirs, weights, types, patronage, base, gains)
        exchange(mine, theirs, worth, types, gains)
        for t in range(N_TYPES):
            if types >> t & 1 and reached(t, floors[r, t], base, gains, found):
                for k in range(count):
                    if found[k] >= floors[r, t]:
                        j = first + k
                        value = np.float64(found[k])
                        if facts[i, IS_BOUND] or facts[j, IS_BOUND]:
                            shared, known = base[SHARED, k], base[KNOWN, k]
                            value = product(
                                i, j, t, facts, features, entries, meets, octets,
                                weights, np.float64(shared), np.float64(known),
                            )  # fmt: skip
                        if (
                            value >= floors[r, t]
                            and may_list(facts, i, j, t, refuses, entries, meets)
                            and is_apart(facts, i, j, absent, linked)
                        ):
                            keep(
                                r, t, j, value, top, margin, values, places,
                                counts, nexts, floors, unsure,
                            )  # fmt: skip


@inlined
def _types(facts: Array, i: int, table: Array, tile: Array) -> int:
    """Return the bits of the types possible between a row and the kind of a tile."""
    types = table[facts[i, KIND], tile[TILE_KIND]]
    if facts[i, EXCLUDED_KINDS] >> tile[TILE_KIND] & 1:
        types = np.int64(0)
    if not facts[i, GIVES] and not (tile[GIVERS] and facts[i, RECEIVES]):
        types &= ~np.int64(1)
    return types
