"""Pairs taken here and there have the values of the rows of the tables, to the bit."""

import numpy as np
import pytest

from matching.kernel import build_profiles, default_configuration, prepare, scattered
from matching.kernel.companions import likeness_rows
from matching.kernel.geography import territory_rows
from tests.factories import intentions as factory


@pytest.fixture(scope="module")
def population():
    intentions = factory.intentions(200, seed=7, local_rate=0.3)
    profiles = build_profiles(intentions, factory.territories())
    return prepare(profiles, default_configuration())


def some_pairs(size):
    """Pairs of which one side comes back often, in both orders."""
    generator = np.random.default_rng(3)
    one, other = generator.integers(size, size=(2, 3_000))
    one[:500], other[500:1_000] = 0, 0
    return one, other


@pytest.mark.parametrize("at_once", [scattered.POINTS_AT_ONCE, 7])
def test_the_territory_of_a_pair_is_that_of_its_row(population, monkeypatch, at_once):
    monkeypatch.setattr(scattered, "POINTS_AT_ONCE", at_once)
    places = population.places
    one, other = some_pairs(len(places))

    found = scattered.territory_of_pairs(places, one, other)

    expected = territory_rows(places, np.arange(len(places)))[one, other]
    np.testing.assert_array_equal(found, expected)
    assert set(np.unique(np.isnan(found))) == {False, True}
    assert np.any((found > 0) & (found < 1))


def test_the_likeness_of_a_pair_is_that_of_its_row(population):
    companions = population.companions
    one, other = some_pairs(len(companions))

    found = scattered.likeness_of_pairs(companions, one, other)

    expected = likeness_rows(companions, np.arange(len(companions)))
    for values, rows in zip(found, expected, strict=True):
        np.testing.assert_array_equal(values, rows[one, other])


def test_one_row_is_worked_out_for_one_side_that_meets_everyone():
    asked = []

    def rows_of(rows):
        asked.append(rows.tolist())
        return np.arange(25.0).reshape(5, 5)[rows]

    values = scattered.looked_up(rows_of, np.array([0, 1, 3]), np.array([3, 3, 4]))

    assert asked == [[3]]
    assert values.tolist() == [15.0, 16.0, 19.0]
