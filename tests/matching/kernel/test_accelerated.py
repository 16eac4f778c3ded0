"""The compiled way gives the lists of the reference way."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import (
    MEANS,
    accelerated,
    build_profiles,
    joined,
    prepare,
    rank_blocks,
)
from matching.kernel.screens import screen_of
from tests.factories import intentions as factory
from tests.matching.kernel.population import (
    CONFIGURATION,
    association,
    company,
    prepared,
)

TERRITORIES = factory.territories()


def drawn(count, seed, **changes):
    intentions = factory.intentions(count, seed=seed, **changes)
    return prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)


def entries(population, **options):
    lists = joined(list(rank_blocks(population, **options)))
    columns = (lists.row, lists.type, lists.rank, lists.partner)
    return set(zip(*(c.tolist() for c in columns), strict=True)), sorted(lists.rows)


@pytest.fixture(autouse=True)
def _worth_it_for_few(monkeypatch):
    monkeypatch.setattr(accelerated, "FEWEST_ROWS", 1)
    monkeypatch.setattr(accelerated, "FEWEST_PAIRS", 1)


@settings(deadline=None, max_examples=30)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 150),
    top=st.integers(1, 30),
    local_rate=st.sampled_from([0.0, 0.05, 0.4]),
)
def test_compiled_lists_are_those_of_the_reference(seed, count, top, local_rate):
    population = drawn(count, seed, local_rate=local_rate)

    found = entries(population, top=top, compiled=True)

    assert found == entries(population, top=top)


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000), fewest=st.integers(5, 24))
def test_whoever_needs_and_offers_many_means_is_ranked_like_others(seed, fewest):
    generator = np.random.default_rng(seed)

    def many():
        codes = generator.permutation(len(MEANS))[: generator.integers(fewest, 25)]
        return tuple((MEANS[code], None) for code in codes)

    rows = [
        replace(row, needs=many(), offers=many()) if number % 2 else row
        for number, row in enumerate(factory.intentions(60, seed=seed))
    ]
    population = prepare(build_profiles(rows, TERRITORIES), CONFIGURATION)

    assert entries(population, top=6, compiled=True) == entries(population, top=6)


def unsure_rows(population, top):
    screen = screen_of(population, precision=np.float32)
    return accelerated.Ranker(screen).rank(np.arange(len(population)), top)[1]


def test_the_compiled_way_does_the_work():
    assert len(unsure_rows(drawn(150, 3), 5)) == 0


def test_more_ties_than_there_is_room_for_are_left_to_the_reference():
    twins = [
        company(public_id=f"{k:04d}", organisation=f"c{k}", solicitations=k % 3)
        for k in range(700)
    ]
    prepared_twins = prepared(association(), *twins)

    assert len(unsure_rows(prepared_twins, 3)) > 0
    expected = entries(prepared_twins, top=3)
    assert entries(prepared_twins, top=3, compiled=True) == expected


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_twins_are_in_the_order_of_the_rule_of_ties(seed):
    rows = factory.intentions(25, seed=seed)
    twins = [
        replace(row, public_id=f"{row.public_id}-twin{k}", solicitations=k)
        for row in rows
        for k in (2, 0, 1)
    ]
    found = prepare(build_profiles(twins, TERRITORIES), CONFIGURATION)

    lists = entries(found, top=8, compiled=True)

    assert lists == entries(found, top=8)
    assert lists == entries(found, top=8, precision=np.float32)


@pytest.mark.parametrize("compiled", [False, True])
def test_threads_give_the_same_blocks_in_the_same_order(compiled):
    population = drawn(300, 6)
    options = {"top": 4, "compiled": compiled}

    alone = list(rank_blocks(population, **options))
    together = list(rank_blocks(population, threads=3, **options))

    assert len(alone) > 2
    for one, other in zip(alone, together, strict=True):
        for name in ("row", "partner", "type", "rank", "rows"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("compiled", [False, True])
@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_whoever_is_excluded_is_in_no_list_of_either_side(compiled, seed):
    rows = factory.intentions(40, seed=seed)
    lists, _ = entries(
        prepare(build_profiles(rows, TERRITORIES), CONFIGURATION),
        top=40,
        compiled=compiled,
    )
    one, _, _, other = next(iter(sorted(lists)))
    refused = frozenset({rows[other].organisation})
    stricter = [*rows]
    former = rows[one].excluded_organisations
    stricter[one] = replace(rows[one], excluded_organisations=former | refused)

    after, _ = entries(
        prepare(build_profiles(stricter, TERRITORIES), CONFIGURATION),
        top=40,
        compiled=compiled,
    )

    theirs = {k for k, row in enumerate(rows) if row.organisation in refused}
    pairs = {(row, partner) for row, _, _, partner in after}
    assert not any({(one, k), (k, one)} & pairs for k in theirs)
    assert {(a, t, b) for a, t, _, b in after} == {
        (a, t, b)
        for a, t, _, b in lists
        if not ((a == one and b in theirs) or (b == one and a in theirs))
    }


def test_numba_is_not_imported_by_a_ranking_that_does_not_ask_for_it():
    code = (
        "import sys; from tests.matching.kernel.population import prepared;"
        "from matching.kernel import rank_all; rank_all(prepared());"
        "assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_numba_the_reference_answers(monkeypatch):
    monkeypatch.setattr(accelerated, "is_installed", lambda: False)
    monkeypatch.setattr(accelerated, "rank", None)
    population = drawn(40, 2)

    assert entries(population, top=3, compiled=True) == entries(population, top=3)
