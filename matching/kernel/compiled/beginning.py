"""What is known of a few rows before they meet anybody, compiled."""

import numpy as np

from matching.kernel.compiled.hits import SPARE, Rows, keep
from matching.kernel.compiled.jit import compiled
from matching.kernel.compiled.layout import (
    ABSENT_START,
    ABSENT_STOP,
    COMPANION,
    DOMAINS,
    KIND,
    LINK_START,
    LINK_STOP,
    N_DOMAINS,
    N_TYPES,
    PLACE,
    ROW,
    WIDTH,
    Array,
    Layout,
)
from matching.kernel.compiled.pairs import is_key, may_list, product
from matching.kernel.compiled.tables import (
    common_tags,
    likeness_row,
    linked_likeness,
    near_row,
    overlap_row,
    territory_row,
)
from matching.kernel.compiled.tiles import N_BASE, N_TERMS, lay_terms


@compiled
def room_for(layout: Layout, chunk: int, top: int) -> Rows:
    """Make room for a few rows and the longest of their lists."""
    room = top + SPARE
    return Rows(
        np.empty((chunk, len(layout.land.perimeter)), np.float32),
        np.empty((chunk, len(layout.likes.size)), np.float32),
        np.empty((chunk, len(layout.likes.length)), np.float32),
        np.empty((chunk, N_TYPES, room), np.float64),
        np.empty((chunk, N_TYPES, room), np.int64),
        np.zeros((chunk, N_TYPES), np.int64),
        np.empty((chunk, N_TYPES, top), np.float64),
        np.empty((chunk, N_TYPES), np.float32),
        np.zeros(chunk, np.bool_),
        np.empty((chunk, 2, N_TYPES, N_TERMS), np.float32),
        np.empty((chunk, 2, N_TERMS), np.uint64),
        np.empty(chunk, np.bool_),
        np.empty((N_BASE, WIDTH), np.float32),
        np.zeros((2 * N_TYPES, WIDTH), np.float32),
    )


@compiled
def start(layout: Layout, here: Array, margin: float, state: Rows) -> None:
    """Work out the tables of rows, those of one place once."""
    state.counts[:] = 0
    state.tops[:] = -np.inf
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
        state.fits[r] = lay_terms(
            layout.columns.features[here[r]],
            layout.columns.worth,
            state.terms[r],
            state.lines[r],
        )
        _partners(layout, here[r], r, margin, state)


@compiled
def _partners(layout: Layout, i: int, r: int, margin: float, state: Rows) -> None:
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
                _add_partner(layout, i, j, r, t, shared, known, margin, state)


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
    margin: float,
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
    if value >= 0 and not state.unsure[r]:
        keep(
            r, t, j, value, margin, state.values, state.columns, state.counts,
            state.tops, state.floors, state.unsure,
        )  # fmt: skip
