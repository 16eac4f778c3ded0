"""The arrays say what the plain loop says."""

import numpy as np
import pytest

from matching.kernel import (
    COMPONENTS,
    DOMAINS,
    TYPES,
    build_profiles,
    default_configuration,
    prepare,
    rank_all,
    rank_one,
    score_pairs,
)
from matching.kernel.naive import NaiveMatcher
from matching.kernel.screening import block_of, products
from matching.kernel.screens import screen_of
from tests.factories import intentions as factory

CONFIGURATION = default_configuration()
TERRITORIES = factory.territories()
PRIORITY = {code: 0.5 + 0.25 * (k % 5) for k, code in enumerate(DOMAINS)}


def population(*, count, seed, local_rate=0.3, priority=None):
    intentions = factory.intentions(count, seed=seed, local_rate=local_rate)
    values = None if priority is None else np.array([priority[d] for d in DOMAINS])
    prepared = prepare(
        build_profiles(intentions, TERRITORIES), CONFIGURATION, domain_priority=values
    )
    return prepared, intentions, NaiveMatcher(TERRITORIES, CONFIGURATION, priority)


def as_float(value):
    return np.nan if value is None else value


@pytest.mark.parametrize("priority", [None, PRIORITY])
@pytest.mark.parametrize("seed", range(4))
def test_every_pair_is_that_of_the_plain_loop(seed, priority):
    prepared, intentions, naive = population(count=30, seed=seed, priority=priority)
    one, other = np.triu_indices(len(intentions), 1)

    pairs = score_pairs(prepared, one, other)

    for p, (i, j) in enumerate(zip(one, other, strict=True)):
        expected = naive.pair(intentions[i], intentions[j])
        scores = [as_float(expected.scores.get(t)) for t in TYPES]
        np.testing.assert_allclose(pairs.scores[p], scores, atol=1e-9)
        for side, found in enumerate((pairs.low_components, pairs.high_components)):
            components = [
                [as_float(expected.components[side, t][name]) for name in COMPONENTS]
                for t in TYPES
            ]
            np.testing.assert_allclose(found[p], components, atol=1e-9)
        assert abs(pairs.confidence[p] - expected.confidence) < 1e-9
        named = pairs.named_type[p]
        assert (None if named < 0 else TYPES[named]) == expected.named_type
        best = pairs.best_type[p]
        assert (None if best < 0 else TYPES[best]) == expected.best_type


def expected_lists(intentions, naive, top):
    """The lists of everybody by type, from the plain loop."""
    found = {}
    for i, one in enumerate(intentions):
        candidates = {t: [] for t in TYPES}
        for j, other in enumerate(intentions):
            if i == j:
                continue
            pair = naive.pair(one, other)
            for t, score in pair.scores.items():
                key = (
                    -round(score, 9),
                    -round(pair.confidence, 9),
                    other.solicitations,
                    other.public_id,
                )
                candidates[t].append((key, j))
        for k, t in enumerate(TYPES):
            for rank, (_, j) in enumerate(sorted(candidates[t])[:top], start=1):
                found[i, j, k] = rank
    return found


def lists_of(ranking):
    columns = zip(
        ranking.low.tolist(),
        ranking.high.tolist(),
        ranking.type.tolist(),
        ranking.low_rank.tolist(),
        ranking.high_rank.tolist(),
        strict=True,
    )
    found = {}
    for low, high, t, low_rank, high_rank in columns:
        if low_rank:
            found[low, high, t] = low_rank
        if high_rank:
            found[high, low, t] = high_rank
    return found


@pytest.mark.parametrize("precision", [np.float64, np.float32])
@pytest.mark.parametrize(("seed", "local_rate"), [(0, 0.3), (1, 0.0), (2, 0.05)])
def test_the_lists_are_those_of_the_plain_loop(seed, local_rate, precision):
    prepared, intentions, naive = population(count=60, seed=seed, local_rate=local_rate)

    ranking = rank_all(prepared, top=4, precision=precision)

    assert lists_of(ranking) == expected_lists(intentions, naive, 4)


def test_one_intention_alone_gets_the_lists_of_the_full_computation():
    prepared, _, _ = population(count=150, seed=5, local_rate=0.1)
    whole = lists_of(rank_all(prepared, top=5, precision=np.float32))

    asked = range(0, len(prepared), 3)
    alone = {}
    for row in asked:
        alone |= lists_of(rank_one(prepared, row, top=5))

    assert alone == {key: rank for key, rank in whole.items() if key[0] in asked}


@pytest.mark.parametrize(
    ("precision", "tolerance"), [(np.float64, 1e-9), (np.float32, 1e-6)]
)
def test_screened_products_are_the_exact_scores(precision, tolerance):
    prepared, _, _ = population(count=60, seed=7, local_rate=0.0)
    screen = screen_of(prepared, precision=precision)
    one, other = (grid.ravel() for grid in np.indices((60, 60)))
    exact = np.full((4, 60, 60), np.nan)
    apart = one != other
    scores = score_pairs(prepared, one[apart], other[apart]).scores
    exact[:, one[apart], other[apart]] = scores.T

    for kind, first, last in screen.segments:
        block = block_of(screen, kind, np.arange(first, last))
        for other_kind, start, stop in screen.segments:
            tiles = products(block, kind=other_kind, start=start, stop=stop)
            for t, tile in tiles.items():
                rows = np.ix_(screen.order[first:last], screen.order[start:stop])
                np.testing.assert_allclose(
                    np.sqrt(tile), exact[t][rows], atol=tolerance
                )


def test_screened_products_are_never_under_the_exact_ones():
    prepared, _, _ = population(count=60, seed=8, local_rate=0.5)
    screen = screen_of(prepared, precision=np.float64)

    for kind, first, last in screen.segments:
        block = block_of(screen, kind, np.arange(first, last))
        for other_kind, start, stop in screen.segments:
            tiles = products(block, kind=other_kind, start=start, stop=stop)
            mine, theirs = screen.order[first:last], screen.order[start:stop]
            one, other = (
                grid.ravel() for grid in np.meshgrid(mine, theirs, indexing="ij")
            )
            scores = score_pairs(prepared, one, other).scores
            for t, tile in tiles.items():
                exact = scores[:, t] ** 2
                known = ~np.isnan(exact)
                assert np.all(tile.ravel()[known] >= exact[known] - 1e-12)


def test_a_few_columns_of_a_kind_are_enough_for_long_lists():
    prepared, intentions, naive = population(count=60, seed=9, local_rate=0.05)

    ranking = rank_all(prepared, top=59)

    assert lists_of(ranking) == expected_lists(intentions, naive, 59)
