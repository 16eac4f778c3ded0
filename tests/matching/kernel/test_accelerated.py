"""The compiled way gives the lists of the reference way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import (
    accelerated,
    build_profiles,
    joined,
    prepare,
    rank_blocks,
)
from tests.factories import intentions as factory
from tests.matching.kernel.population import CONFIGURATION

TERRITORIES = factory.territories()


def drawn(count, seed, **changes):
    intentions = factory.intentions(count, seed=seed, **changes)
    return prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)


def entries(prepared, **options):
    lists = joined(list(rank_blocks(prepared, **options)))
    columns = (lists.row, lists.type, lists.rank, lists.partner)
    return set(zip(*(c.tolist() for c in columns), strict=True)), sorted(lists.rows)


@pytest.fixture(autouse=True)
def _worth_it_for_few(monkeypatch):
    monkeypatch.setattr(accelerated, "FEWEST_ROWS", 1)


@settings(deadline=None, max_examples=30)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 150),
    top=st.integers(1, 30),
    local_rate=st.sampled_from([0.0, 0.05, 0.4]),
)
def test_compiled_lists_are_those_of_the_reference(seed, count, top, local_rate):
    prepared = drawn(count, seed, local_rate=local_rate)

    found = entries(prepared, top=top, compiled=True)

    assert found == entries(prepared, top=top)
