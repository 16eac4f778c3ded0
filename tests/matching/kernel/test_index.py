"""Lists that follow changes are those of a whole computation."""

from dataclasses import replace

import numpy as np
import pytest

from matching.kernel import build_profiles, joined, prepare, rank_blocks
from matching.kernel.editing import Aims
from matching.kernel.index import Index
from tests.factories import intentions as factory
from tests.matching.kernel.population import CONFIGURATION

TERRITORIES = factory.territories()
COUNT, KEPT, SHOWN = 90, 5, 4


def entries(lists):
    columns = (lists.row, lists.type, lists.rank, lists.partner)
    return set(zip(*(c.tolist() for c in columns), strict=True))


def whole(intentions, top):
    prepared = prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)
    return prepared, joined(list(rank_blocks(prepared, top=top)))


def aims_of(prepared, row):
    profiles = prepared.profiles
    return Aims(
        profiles.square[row],
        profiles.needs[row],
        profiles.offers[row],
        profiles.domains[row],
        profiles.open_to[row],
    )


def with_aims_of(intention, other):
    names = ("square", "needs", "offers", "domains", "open_to")
    return replace(intention, **{name: getattr(other, name) for name in names})


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_lists_stay_exact_on_both_sides(seed, compiled):
    intentions = factory.intentions(COUNT, seed=seed, local_rate=0.05)
    models = factory.intentions(COUNT, seed=seed + 100, local_rate=0.0)
    prepared, lists = whole(intentions, KEPT)
    index = Index(prepared, lists, kept=KEPT, shown=SHOWN, compiled=compiled)
    free = np.flatnonzero(~prepared.is_territorial).tolist()

    moved = 0
    for row in np.random.default_rng(seed).choice(free, 15).tolist():
        intentions[row] = with_aims_of(intentions[row], models[row])
        anew, expected = whole(intentions, SHOWN)
        before = entries(index.lists())
        touched = index.change(row, aims_of(anew, row))
        found = entries(index.lists())
        assert found == entries(expected)
        assert {entry[0] for entry in found ^ before} <= set(touched.tolist())
        moved += found != before

    assert moved > 6
    assert index.n_rebuilt > 0


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_keep_the_same_lists_to_the_last_of_the_reserve(seed):
    intentions = factory.intentions(COUNT, seed=seed, local_rate=0.05)
    models = factory.intentions(COUNT, seed=seed + 200, local_rate=0.0)
    prepared, lists = whole(intentions, KEPT)
    one, other = (
        Index(prepared, lists, kept=KEPT, shown=SHOWN, compiled=compiled)
        for compiled in (False, True)
    )
    free = np.flatnonzero(~prepared.is_territorial).tolist()

    for row in np.random.default_rng(seed).choice(free, 25).tolist():
        intentions[row] = with_aims_of(intentions[row], models[row])
        aims = aims_of(whole(intentions, SHOWN)[0], row)
        touched = one.change(row, aims).tolist()
        assert other.change(row, aims).tolist() == touched
        np.testing.assert_array_equal(one.partners, other.partners)

    assert one.n_rebuilt == other.n_rebuilt > 0


def test_an_intention_with_territorial_means_must_be_prepared_anew():
    intentions = factory.intentions(COUNT, seed=1, local_rate=0.4)
    prepared, lists = whole(intentions, KEPT)
    index = Index(prepared, lists, kept=KEPT, shown=SHOWN)
    row = int(np.flatnonzero(prepared.is_territorial)[0])

    with pytest.raises(ValueError, match="prepared anew"):
        index.change(row, aims_of(prepared, row))

    assert entries(index.lists()) == entries(whole(intentions, SHOWN)[1])
