"""Properties of the proposals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import (
    COMPONENTS,
    MEANS,
    build_profiles,
    describe,
    explain_pair,
    joined,
    prepare,
    rank_all,
    rank_blocks,
    rank_one,
    score_pair,
    score_pairs,
)
from tests.factories import intentions as factory
from tests.matching.kernel.population import (
    CONFIGURATION,
    association,
    company,
    configured,
    prepared,
)

TERRITORIES = factory.territories()
WEIGHTS = CONFIGURATION.weights
seeds = st.integers(0, 10_000)


def drawn(count, seed, **changes):
    intentions = factory.intentions(count, seed=seed, **changes)
    return prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)


def all_pairs(population):
    return score_pairs(population, *np.triu_indices(len(population), 1))


@settings(deadline=None, max_examples=10)
@given(seed=seeds)
def test_everything_is_a_share_or_unknown(seed):
    pairs = all_pairs(drawn(12, seed))

    for values in (
        pairs.low_components,
        pairs.high_components,
        pairs.scores,
        pairs.confidence,
    ):
        known = values[~np.isnan(values)]
        assert np.all((known >= 0) & (known <= 1))


@settings(deadline=None, max_examples=10)
@given(seed=seeds)
def test_the_stored_components_give_the_score_of_each_side(seed):
    ranking = rank_all(drawn(25, seed), top=3)

    for components, score in (
        (ranking.low_components, ranking.low_score),
        (ranking.high_components, ranking.high_score),
    ):
        known = ~np.isnan(components) * WEIGHTS
        total = (known * np.nan_to_num(components)).sum(axis=1)
        weight = known.sum(axis=1)
        expected = total / np.where(weight > 0, weight, 1.0)
        np.testing.assert_allclose(score, expected, rtol=1e-12, atol=1e-15)
    product = ranking.low_score * ranking.high_score
    np.testing.assert_allclose(ranking.score**2, product, rtol=1e-12, atol=1e-15)


@settings(deadline=None, max_examples=10)
@given(seed=seeds)
def test_a_pair_is_the_same_from_both_sides_and_in_any_order(seed):
    intentions = factory.intentions(10, seed=seed)
    order = np.random.default_rng(seed).permutation(10)
    straight = prepare(build_profiles(intentions, TERRITORIES), CONFIGURATION)
    mixed = prepare(
        build_profiles([intentions[k] for k in order], TERRITORIES), CONFIGURATION
    )
    one, other = np.triu_indices(10, 1)

    expected = score_pairs(straight, order[other], order[one])
    found = score_pairs(mixed, one, other)

    np.testing.assert_array_equal(found.scores, expected.scores)
    np.testing.assert_array_equal(found.named_type, expected.named_type)
    np.testing.assert_array_equal(found.confidence, expected.confidence)


def listed(ranking, identifiers):
    """The lists by identifiers, whatever the order of the rows."""
    rows = zip(
        ranking.low, ranking.high, ranking.type, ranking.low_rank, ranking.high_rank,
        strict=True,
    )  # fmt: skip
    return {
        (identifiers[a], identifiers[b], int(t), int(rank))
        for low, high, t, low_rank, high_rank in rows
        for a, b, rank in ((low, high, low_rank), (high, low, high_rank))
        if rank
    }


@settings(deadline=None, max_examples=10)
@given(seed=seeds)
def test_the_lists_do_not_depend_on_the_order_of_the_rows(seed):
    intentions = factory.intentions(40, seed=seed)
    backwards = intentions[::-1]

    lists = [
        listed(
            rank_all(prepare(build_profiles(rows, TERRITORIES), CONFIGURATION), top=3),
            [row.public_id for row in rows],
        )
        for rows in (intentions, backwards)
    ]

    assert lists[0] == lists[1]


offers = st.sets(st.sampled_from(MEANS), min_size=1, max_size=5)


@settings(deadline=None, max_examples=40)
@given(given_before=offers, more=offers)
def test_one_more_offer_never_lowers_what_the_other_gains(given_before, more):
    def gains(means):
        other = company(offers=tuple((code, None) for code in sorted(means)))
        return score_pair(prepared(association(), other), 0, 1)

    before, after = gains(given_before), gains(given_before | more)

    assert after.confidence.tolist() == before.confidence.tolist()
    assert np.all(after.low_score >= before.low_score)
    assert np.all(after.score >= before.score)


@settings(deadline=None, max_examples=10)
@given(seed=seeds)
def test_one_more_exclusion_never_adds_a_pair(seed):
    intentions = factory.intentions(12, seed=seed)
    kinds = intentions[0].excluded_kinds | {"company"}
    sectors = intentions[1].excluded_sectors | {"a"}
    stricter = [
        replace(intentions[0], excluded_kinds=kinds),
        replace(intentions[1], excluded_sectors=sectors),
        *intentions[2:],
    ]

    before, after = (
        all_pairs(prepare(build_profiles(rows, TERRITORIES), CONFIGURATION)).admissible
        for rows in (intentions, stricter)
    )

    assert not np.any(after & ~before)


def test_the_rows_of_the_best_and_named_types_are_there():
    ranking = rank_all(drawn(80, 3), top=2)
    rows = set(zip(ranking.low, ranking.high, ranking.type, strict=True))

    for name in ("best_type", "named_type"):
        wanted = set(
            zip(ranking.low, ranking.high, getattr(ranking, name), strict=True)
        )
        assert wanted <= rows
    assert len(rows) == len(ranking)
    assert np.all(ranking.low < ranking.high)


def test_blocks_can_be_resumed():
    population = drawn(300, 4, local_rate=0.02)
    seen = []
    whole = rank_all(
        population, top=3, progress=lambda done, total: seen.append((done, total))
    )

    first = next(rank_blocks(population, top=3))
    rest = np.setdiff1d(np.arange(len(population)), first.rows)
    lists = joined([first, *rank_blocks(population, top=3, rows=rest)])
    resumed = describe(population, lists)

    assert seen[-1] == (300, 300)
    assert sorted(lists.rows.tolist()) == list(range(300))
    for name in ("low", "high", "type", "low_rank", "high_rank", "score", "warnings"):
        np.testing.assert_array_equal(getattr(resumed, name), getattr(whole, name))


def test_only_the_asked_rows_are_ranked():
    population = drawn(60, 6)

    some = rank_all(population, top=3, rows=np.array([7, 3]))

    in_lists = {row for row, *_ in listed(some, range(60))}
    assert in_lists <= {3, 7}
    assert len(rank_one(population, 3, top=3)) > 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"top": 0}, "top must be at least 1"),
        ({"rows": np.array([2])}, "rows must be from 0 to 1"),
        ({"rows": np.array([-1])}, "rows must be from 0 to 1"),
        ({"precision": np.float16}, "precision must be"),
    ],
)
def test_a_ranking_that_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        rank_all(prepared(), **call)


@pytest.mark.parametrize("pair", [(0, 0), (0, 2), (-1, 0)])
def test_a_pair_needs_two_rows(pair):
    with pytest.raises(ValueError, match="two distinct rows"):
        score_pair(prepared(), *pair)


def test_ties_go_to_confidence_then_to_the_least_solicited_then_to_the_identifier():
    def partner(name, **changes):
        return company(public_id=name, organisation=name, **changes)

    sure = partner("e", size="sme", solicitations=9)
    population = prepared(
        association(size="sme"),
        partner("d", solicitations=1),
        partner("c", solicitations=2),
        partner("b", solicitations=2),
        sure,
        configuration=configured(weight__proximity=0),
    )
    ranking = rank_one(population, 0)
    patronage = ranking.type == 0
    order = np.argsort(ranking.low_rank[patronage])

    found = [population.profiles.public_ids[k] for k in ranking.high[patronage][order]]

    assert found == ["d", "b", "c", "e"]


def test_the_higher_confidence_wins_a_tie():
    def partner(name, square):
        return company(public_id=name, organisation=name, square=square)

    # A square that fits as well as everything else leaves the score as it is.
    one = association(square=None, needs=(), offers=())
    known = partner("known", (0, 100, 0, 0))
    unknown = partner("a", None)
    ranking = rank_one(prepared(one, unknown, known), 0)
    patronage = ranking.type == 0

    ranks = dict(zip(ranking.high[patronage], ranking.low_rank[patronage], strict=True))
    scores = ranking.score[patronage]
    assert np.ptp(scores) < 1e-9
    assert ranks == {1: 1, 2: 2}


def test_an_explanation_adds_up_to_the_score():
    found = explain_pair(prepared(), 0, 1, type_code="patronage")

    for side in (found.low, found.high):
        assert sum(reason.effect for reason in side.reasons) == pytest.approx(
            side.score
        )
        effects = [reason.effect for reason in side.reasons]
        assert effects == sorted(effects, reverse=True)
        assert {reason.component for reason in side.reasons} == set(COMPONENTS)
    assert (found.low.receives, found.low.brings) == (("donation",), ("networks",))
    assert (found.high.receives, found.high.brings) == (("networks",), ("donation",))


def test_an_explanation_gives_the_facts_of_each_component():
    one = association(size="micro", values=frozenset({"care", "local"}))
    other = company(
        size="large", values=frozenset({"local"}), links=frozenset({"association"})
    )
    found = explain_pair(prepared(one, other), 0, 1, type_code="patronage")
    facts = {reason.component: reason.facts for reason in found.low.reasons}

    assert facts["objectives"]["quadrants"][0] == {
        "code": "eco",
        "weight": 50.0,
        "fit": 1.0,
        "part": 0.5,
    }
    assert facts["needs"] == {
        "covered": [{"means": "donation", "worth": 1.0}],
        "uncovered": ["premises"],
        "other_offers": 2,
    }
    assert facts["domains"] == {"common": ["mobility"], "only_own": []}
    assert facts["proximity"] == {
        "sizes": ("micro", "large"),
        "common_values": ("local",),
        "is_linked": True,
    }


def test_what_is_unknown_has_no_effect():
    found = explain_pair(prepared(association(square=None), company()), 0, 1)
    reason = next(r for r in found.low.reasons if r.component == "objectives")

    assert (reason.value, reason.effect, reason.facts) == (None, 0.0, {"quadrants": []})


def test_there_is_nothing_to_discuss_when_all_is_known_and_covered():
    one = association(needs=(("donation", None),), size="sme")
    other = company(needs=(("networks", None),), size="sme")

    assert explain_pair(prepared(one, other), 0, 1).discuss == ()


def test_a_type_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="type 'gift' is not one of"):
        explain_pair(prepared(), 0, 1, type_code="gift")


def test_a_pair_that_may_not_be_proposed_is_still_explained():
    found = explain_pair(prepared(association(), company(open_to=frozenset())), 0, 1)

    assert (found.named_type, found.best_type, found.type) == (None, None, "patronage")
