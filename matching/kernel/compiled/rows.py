"""The lists of whole rows, compiled: a few rows at a time meet every tile."""

import numpy as np

from matching.kernel.compiled.hits import MORE, SPARE, Rows, tighten, write
from matching.kernel.compiled.layout import (
    ACTS,
    COMPANION,
    COUNT,
    DOMAINS,
    EXCLUDED_KINDS,
    GIVERS,
    GIVES,
    IS_BOUND,
    KIND,
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
    has_recipient,
    held,
    is_key,
    product,
    refuse,
)
from matching.kernel.compiled.tables import (
    common_tags,
    compiled,
    inlined,
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
    rules, n = layout.rules, len(layout.rules.facts)
    key = rules.facts[i, ROW] * n
    at = np.searchsorted(rules.linked, key)
    while at < len(rules.linked) and rules.linked[at] < key + n:
        j = rules.position[rules.linked[at] - key]
        at += 1
        types = layout.columns.types[rules.facts[i, KIND], rules.facts[j, KIND]]
        if not has_recipient(rules.facts[i], rules.facts[j]):
            types &= ~np.int64(1)
        if _may_meet(layout, i, j):
            shared, known = _shared(layout, i, j, r, state)
            for t in range(N_TYPES):
                if types >> t & 1:
                    _add_partner(layout, i, j, r, t, shared, known, state)


@compiled
def _may_meet(layout: Layout, i: int, j: int) -> bool:
    rules = layout.rules
    mine, theirs = rules.facts[i], rules.facts[j]
    key = mine[ROW] * len(rules.facts) + theirs[ROW]
    if is_key(rules.absent, 0, len(rules.absent), key):
        return False
    if refuse(rules.refuses, mine, theirs):
        return False
    met = held(mine, theirs, rules.entries, rules.area_meets)[2]
    met |= held(theirs, mine, rules.entries, rules.area_meets)[2]
    return met != 0 or mine[ACTS] & theirs[ACTS] != 0


@compiled
def _shared(
    layout: Layout, i: int, j: int, r: int, state: Rows
) -> tuple[float, float]:
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
    facts, entries, meets = rules.facts, rules.entries, rules.area_meets
    absent, linked, refuses = rules.absent, rules.linked, rules.refuses
    all_features, octets, weights = columns.features, columns.octets, columns.weights
    floors, values, places = state.floors, state.values, state.columns
    counts, nexts, unsure = state.counts, state.nexts, state.unsure
    base, gains, found = state.base, state.gains, state.found
    features, refs, of_tile = columns.tiles[tile], columns.refs[tile], columns.facts[tile]
    start, stop, n = of_tile[START], of_tile[COUNT], len(facts)
    n_absent, n_linked = len(absent), len(linked)
    room = values.shape[2]
    patronage = OWN + 0 if of_tile[GIVERS] else OWN_AS_RECIPIENT
    for r in range(len(here)):
        i = here[r]
        mine = facts[i]
        types = _types(mine, columns.types, of_tile)
        if types == 0 or unsure[r]:
            continue
        own = all_features[i]
        gather(refs, state.territory[r], state.likeness[r], base)
        share(own, features, weights, base)
        scale(own, features, base)
        begin(own, features, weights, types, patronage, base, gains)
        exchange(own, features, columns.worth, types, gains)
        for t in range(N_TYPES):
            if types >> t & 1 == 0:
                continue
            if reached(t, floors[r, t], base, gains, found) == 0:
                continue
            for k in range(stop):
                if not found[k] >= floors[r, t]:
                    continue
                j = start + k
                theirs = facts[j]
                value = np.float64(found[k])
                is_bound = mine[IS_BOUND] or theirs[IS_BOUND]
                if not _may_meet_for(mine, theirs, t, refuses, entries, meets):
                    continue
                if is_bound:
                    value = product(
                        i,
                        j,
                        t,
                        facts,
                        all_features,
                        entries,
                        meets,
                        octets,
                        weights,
                        np.float64(base[SHARED, k]),
                        np.float64(base[KNOWN, k]),
                    )
                    if not value >= floors[r, t]:
                        continue
                key = mine[ROW] * n + theirs[ROW]
                if is_key(absent, 0, n_absent, key) or is_key(
                    linked, 0, n_linked, key
                ):
                    continue
                count = counts[r, t]
                values[r, t, count], places[r, t, count] = value, j
                counts[r, t] = count + 1
                if count + 1 >= nexts[r, t]:
                    kept, floor = tighten(
                        values[r, t], places[r, t], count + 1, top, margin
                    )
                    counts[r, t], floors[r, t] = kept, floor
                    nexts[r, t] = kept + MORE
                    if kept + MORE >= room:
                        unsure[r] = True
                        break


@inlined
def _may_meet_for(
    mine: Array, theirs: Array, t: int, refuses: Array, entries: Array, meets: Array
) -> bool:
    if t == 0 and not has_recipient(mine, theirs):
        return False
    if refuse(refuses, mine, theirs):
        return False
    if mine[ACTS] & theirs[ACTS]:
        return True
    if held(mine, theirs, entries, meets)[2]:
        return True
    return held(theirs, mine, entries, meets)[2] != 0


@inlined
def _types(mine: Array, table: Array, tile: Array) -> int:
    """Return the bits of the types possible between a row and the kind of a tile."""
    types = table[mine[KIND], tile[TILE_KIND]]
    if mine[EXCLUDED_KINDS] >> tile[TILE_KIND] & 1:
        types = np.int64(0)
    if not mine[GIVES] and not (tile[GIVERS] and mine[RECEIVES]):
        types &= ~np.int64(1)
    return types
