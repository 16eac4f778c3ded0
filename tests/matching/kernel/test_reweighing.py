"""Other weights, tried: the same pairs and components, the same arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.kernel import (
    TYPES,
    best_candidates,
    build_profiles,
    candidates_of,
    default_configuration,
    prepare,
    rank_one,
    reweighed,
    score_candidates,
    score_pairs,
    with_weights,
)
from matching.kernel.naive import NaiveMatcher
from tests.factories import intentions as factory

CONFIGURATION = default_configuration()
TERRITORIES = factory.territories()
COUNT = 24

seeds = st.integers(0, 10_000)
weights = st.lists(st.integers(0, 100), min_size=5, max_size=5).filter(any)


def drawn(seed):
    intentions = factory.intentions(COUNT, seed=seed)
    return intentions, prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)


def everyone_but(row):
    return np.delete(np.arange(COUNT), row)


@given(seed=seeds, row=st.integers(0, COUNT - 1))
def test_under_the_weights_in_use_the_figures_are_those_of_the_lists(seed, row):
    _, prepared = drawn(seed)
    found = candidates_of(prepared, row, np.arange(COUNT))

    pairs = score_candidates(prepared, found)
    expected = score_pairs(prepared, np.full(len(found), row), found.others)

    for name, values in vars(expected).items():
        np.testing.assert_array_equal(getattr(pairs, name), values, err_msg=name)


@given(seed=seeds, row=st.integers(0, COUNT - 1))
def test_the_candidates_are_exactly_those_that_the_rules_let_through(seed, row):
    _, prepared = drawn(seed)
    others = everyone_but(row)

    pairs = score_pairs(prepared, np.full(len(others), row), others)

    found = candidates_of(prepared, row, np.arange(COUNT))
    assert found.others.tolist() == others[pairs.admissible.any(axis=1)].tolist()


@given(seed=seeds, row=st.integers(0, COUNT - 1), tried=weights)
def test_under_other_weights_they_are_those_of_the_plain_loop(seed, row, tried):
    intentions, prepared = drawn(seed)
    configuration = with_weights(CONFIGURATION, tried)
    naive = NaiveMatcher(TERRITORIES, configuration, None)
    found = candidates_of(prepared, row, np.arange(COUNT))

    pairs = score_candidates(reweighed(prepared, tried), found)

    for p, (low, high) in enumerate(zip(pairs.low, pairs.high, strict=True)):
        expected = naive.pair(intentions[low], intentions[high])
        scores = [expected.scores.get(t, np.nan) for t in TYPES]
        np.testing.assert_allclose(pairs.scores[p], scores, atol=1e-9)
        assert abs(pairs.confidence[p] - expected.confidence) < 1e-9


@given(seed=seeds, row=st.integers(0, COUNT - 1), tried=weights)
def test_the_components_of_each_side_still_sum_to_its_score(seed, row, tried):
    _, prepared = drawn(seed)
    found = candidates_of(prepared, row, np.arange(COUNT))

    pairs = score_candidates(reweighed(prepared, tried), found)

    weighed = np.array(tried, float)
    for components, scores in (
        (pairs.low_components, pairs.low_scores),
        (pairs.high_components, pairs.high_scores),
    ):
        known = (weighed * ~np.isnan(components)).sum(axis=2)
        total = (weighed * np.nan_to_num(components)).sum(axis=2)
        mean = np.divide(total, known, out=np.zeros_like(total), where=known > 0)
        np.testing.assert_allclose(scores, mean, atol=1e-12)
    both = np.sqrt(pairs.low_scores * pairs.high_scores)
    allowed = pairs.admissible
    np.testing.assert_array_equal(pairs.scores[allowed], both[allowed])


@given(seed=seeds, row=st.integers(0, COUNT - 1), tried=weights)
def test_only_the_shares_of_the_weights_count(seed, row, tried):
    _, prepared = drawn(seed)
    found = candidates_of(prepared, row, np.arange(COUNT))

    once = score_candidates(reweighed(prepared, tried), found)
    thrice = score_candidates(reweighed(prepared, [3 * w for w in tried]), found)

    np.testing.assert_allclose(once.scores, thrice.scores, atol=1e-12)


@given(seed=seeds, row=st.integers(0, COUNT - 1), tried=weights)
def test_the_best_are_those_that_a_whole_ranking_lists(seed, row, tried):
    _, prepared = drawn(seed)
    other = reweighed(prepared, tried)
    found = candidates_of(prepared, row, np.arange(COUNT))

    best = found.others[best_candidates(other, found, top=3)]

    ranking = rank_one(other, row, top=3)
    ranks = np.where(ranking.low == row, ranking.low_rank, ranking.high_rank)
    partners = np.where(ranking.low == row, ranking.high, ranking.low)
    assert set(best.tolist()) == set(partners[ranks > 0].tolist())


@pytest.mark.parametrize(
    "tried",
    [(1, 1, 1, 1), (0, 0, 0, 0, 0), (1, 1, 1, 1, -1), (1, 1, 1, 1, float("nan"))],
)
def test_weights_that_make_no_sense_are_refused(tried):
    with pytest.raises(ValueError, match="weight"):
        with_weights(CONFIGURATION, tried)


def test_a_trial_touches_nothing_of_what_was_prepared():
    _, prepared = drawn(3)
    before = prepared.configuration.to_mapping()

    tried = reweighed(prepared, (5, 0, 0, 0, 1))

    assert prepared.configuration.to_mapping() == before
    assert tried.profiles is prepared.profiles
    assert tried.configuration.weights.tolist() == [5, 0, 0, 0, 1]
