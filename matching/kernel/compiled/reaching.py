"""Whose lists one row may enter, compiled: it meets every tile alone."""

import numpy as np

from matching.kernel.compiled.beginning import room_for, start
from matching.kernel.compiled.jit import compiled
from matching.kernel.compiled.layout import (
    COUNT,
    GIVERS,
    N_TYPES,
    OWN,
    OWN_AS_RECIPIENT,
    START,
    WIDTH,
    Array,
    Layout,
)
from matching.kernel.compiled.pairs import types_of
from matching.kernel.compiled.tiles import (
    begin,
    exchange,
    gather,
    reached,
    scale,
    share,
)


@compiled
def reached_by(layout: Layout, i: int, floors: Array, out: Array) -> int:
    """Write the positions whose floor a row reaches for some type; return how many.

    ``floors`` are by type and position. Nothing but kinds is looked at of what forbids
    a pair, links are not counted, and bounds stand for what entries change. Returns −1
    when the row is unsure.
    """
    state, columns = room_for(layout, 1, 1), layout.columns
    start(layout, np.full(1, i), 0.0, state)
    reaches = np.empty(WIDTH, np.bool_)
    total = 0
    for tile in range(len(columns.facts)):
        facts, theirs = columns.facts[tile], columns.tiles[tile]
        types = types_of(layout.rules.facts, i, columns.types, facts)
        if types == 0:
            continue
        mine, weights, base = columns.features[i], columns.weights, state.base
        gather(columns.refs[tile], 0, state.territory[0], base)
        gather(columns.refs[tile], 1, state.likeness[0], base)
        share(mine, theirs, weights, base)
        scale(mine, theirs, base)
        patronage = OWN + 0 if facts[GIVERS] else OWN_AS_RECIPIENT
        begin(mine, theirs, weights, types, patronage, base, state.gains)
        exchange(mine, theirs, columns.worth, types, state.gains)
        first = facts[START]
        reaches[:] = False
        for t in range(N_TYPES):
            if types >> t & 1:
                reached(t, 0.0, base, state.gains, state.found)
                for k in range(facts[COUNT]):
                    reaches[k] |= state.found[k] >= floors[t, first + k]
        for k in range(facts[COUNT]):
            if reaches[k]:
                out[total] = first + k
                total += 1
    return -1 if state.unsure[0] else total
