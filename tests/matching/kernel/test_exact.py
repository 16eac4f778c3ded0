"""What is compiled in double precision has the bits of the reference."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import accelerated, build_profiles, prepare
from matching.kernel.screens import screen_of
from matching.kernel.settling import exact_scores
from tests.factories import intentions as factory
from tests.matching.kernel.population import CONFIGURATION

TERRITORIES = factory.territories()


def population_of(count, seed, **changes):
    intentions = factory.intentions(count, seed=seed, **changes)
    return prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)


def ranker_of(population):
    return accelerated.Ranker(screen_of(population, precision=np.float32))


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(2, 60),
    local_rate=st.sampled_from([0.0, 0.1, 0.6]),
)
def test_scores_of_pairs_are_those_of_the_reference_to_the_bit(seed, count, local_rate):
    population = population_of(count, seed, local_rate=local_rate)
    one, other = (side.ravel() for side in np.indices((count, count)))

    found = ranker_of(population).exact(one, other)

    for values, expected in zip(
        found, exact_scores(population, one, other), strict=True
    ):
        np.testing.assert_array_equal(values, expected)


def test_some_of_these_pairs_may_be_proposed_and_some_not():
    population = population_of(60, 1)
    one, other = np.triu_indices(60, 1)

    scores, confidences = ranker_of(population).exact(one, other)

    assert 0.02 < np.isnan(scores).mean() < 0.98
    assert np.ptp(confidences) > 0.5


def test_nobody_is_compared_when_nobody_is_asked_for():
    nobody = np.empty(0, np.int64)

    scores, confidences = ranker_of(population_of(5, 1)).exact(nobody, nobody)

    assert scores.shape == (0, 4)
    assert confidences.shape == (0,)
