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
    exchange,
    gather,
    is_reaching,
    product_at,
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
    worth, total = columns.worth, 0
    mine, weights, base = columns.features[i], columns.weights, state.base
    gains, terms, lines = state.gains, state.terms[0], state.lines[0]
    reaches = np.zeros(WIDTH, np.bool_)
    for tile in range(len(columns.facts)):
        facts, theirs = columns.facts[tile], columns.tiles[tile]
        types = types_of(layout.rules.facts, i, columns.types, facts)
        if types == 0:
            continue
        gather(columns.refs[tile], 0, state.territory[0], base)
        gather(columns.refs[tile], 1, state.likeness[0], base)
        share(mine, theirs, weights, base)
        scale(mine, theirs, base)
        if not state.fits[0]:
            gains[:] = 0.0
            exchange(mine, theirs, worth, types, gains)
        patronage = OWN + 0 if facts[GIVERS] else OWN_AS_RECIPIENT
        first, are_some = np.uint64(facts[START]), False
        for t in range(N_TYPES):
            line = floors[t]
            if types >> t & 1 and is_reaching(
                line, first, t, mine, theirs, weights, patronage, terms, lines, base,
                gains,
            ):  # fmt: skip
                are_some = True
                for k in range(np.uint64(facts[COUNT])):
                    found = product_at(
                        k, t, mine, theirs, weights, patronage, terms, lines, base,
                        gains,
                    )  # fmt: skip
                    reaches[k] |= found >= line[first + k]
        if are_some:
            for k in range(facts[COUNT]):
                if reaches[k]:
                    out[total] = facts[START] + k
                    total += 1
                    reaches[k] = False
    return -1 if state.unsure[0] else total
