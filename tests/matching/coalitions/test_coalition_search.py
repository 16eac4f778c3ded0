"""The search finds what trying everything finds, and never more than its bound."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.coalitions import (
    Problem,
    best_by_trying,
    best_coalition,
    every_coalition,
    may_sit,
    value_of,
)

ENOUGH = 100_000
N_ITEMS = 7


@st.composite
def problems(draw, largest_n=9):
    n = draw(st.integers(0, largest_n))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n_group = draw(st.integers(0, min(n, 3)))
    agreement = generator.random((n, n)).round(draw(st.sampled_from([1, 6])))
    agreement[generator.random((n, n)) < draw(st.sampled_from([0, 0.2, 0.5]))] = np.nan
    agreement = np.triu(agreement, 1) + np.triu(agreement, 1).T
    np.fill_diagonal(agreement, np.nan)
    smallest = draw(st.integers(2, 3))
    return Problem(
        public_ids=tuple(f"{number:06}" for number in generator.permutation(n)),
        organisation=generator.integers(0, max(n, 1), n),
        covers=generator.random((n, N_ITEMS)) < draw(st.sampled_from([0.15, 0.5])),
        weights=generator.random(N_ITEMS) * draw(st.sampled_from([0.0, 0.2, 1.0])),
        agreement=agreement,
        agreement_weight=draw(st.sampled_from([0.0, 0.25, 3.0])),
        seat_cost=draw(st.sampled_from([0.0, 0.02, 0.3])),
        may_lead=generator.random(n) < 0.5,
        group=tuple(range(n_group)),
        smallest=smallest,
        largest=draw(st.integers(smallest, 6)),
    )


@given(problems(), st.integers(0, 2), st.integers(0, 2))
@settings(max_examples=150, deadline=None)
def test_it_finds_the_best_that_trying_everything_finds(problem, n_earlier, shared):
    earlier = list(every_coalition(problem))[:n_earlier]

    found = best_coalition(problem, nodes=ENOUGH, earlier=earlier, shared=shared)

    best = best_by_trying(problem, earlier=earlier, shared=shared)
    assert (found and found.value) == (best and pytest.approx(best, abs=1e-8))
    assert found is None or found.is_exact


@given(problems(), st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_however_short_the_search_its_answer_may_sit_and_keeps_its_bound(
    problem, nodes
):
    found = best_coalition(problem, nodes=nodes)
    best = best_by_trying(problem)

    if found is None:
        return  # nobody may sit together, or it was not found in so few nodes
    assert may_sit(problem, found.rows)
    assert found.value == pytest.approx(value_of(problem, found.rows), abs=1e-12)
    assert found.value <= best + 1e-8
    assert best <= found.bound + 1e-8


@given(problems(), st.randoms(use_true_random=False), st.integers(5, 60))
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_candidates_changes_nothing(problem, chance, nodes):
    order = list(range(len(problem)))
    chance.shuffle(order)
    shuffled = replace(
        problem,
        public_ids=tuple(problem.public_ids[row] for row in order),
        organisation=problem.organisation[order],
        covers=problem.covers[order],
        agreement=problem.agreement[np.ix_(order, order)],
        may_lead=problem.may_lead[order],
        group=tuple(order.index(row) for row in problem.group),
    )

    one, other = (best_coalition(each, nodes=nodes) for each in (problem, shuffled))

    def named(found, of):
        return found and (
            {of.public_ids[row] for row in found.rows},
            found.value,
            found.bound,
        )

    assert named(one, problem) == named(other, shuffled)


def names(problem):
    return {
        frozenset(problem.public_ids[row] for row in rows)
        for rows in every_coalition(problem)
    }


@given(problems(largest_n=7), st.data())
@settings(max_examples=80, deadline=None)
def test_a_refusal_only_takes_coalitions_away(problem, data):
    n = len(problem)
    if n < 2:
        return
    one = data.draw(st.integers(0, n - 2))
    other = data.draw(st.integers(one + 1, n - 1))
    agreement = problem.agreement.copy()
    agreement[one, other] = agreement[other, one] = np.nan
    refusing = replace(problem, agreement=agreement)

    before, after = names(problem), names(refusing)
    pair = {problem.public_ids[one], problem.public_ids[other]}
    given_pair = {one, other} <= set(problem.group)

    assert after <= before
    assert given_pair or not any(pair <= rows for rows in after)
    assert {rows for rows in before if not pair <= rows} <= after


def test_what_was_left_out_stays_in_the_bound():
    problem = Problem(
        public_ids=("a", "b", "c"),
        organisation=np.arange(3),
        covers=np.eye(3, dtype=bool),
        weights=np.full(3, 0.1),
        agreement=np.where(np.eye(3, dtype=bool), np.nan, 0.5),
        agreement_weight=1.0,
        seat_cost=0.0,
        may_lead=np.ones(3, bool),
        ceiling=1.25,
    )

    found = best_coalition(problem, nodes=ENOUGH)

    assert found.rows == (0, 1, 2)
    assert found.value == pytest.approx(0.8)
    assert (found.bound, found.is_exact) == (1.25, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": np.array([-1.0])},
        {"public_ids": ("a", "a")},
        {"agreement": np.array([[np.nan, 0.1], [0.2, np.nan]])},
        {"agreement": np.zeros((1, 1))},
        {"smallest": 1},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong):
    right = {
        "public_ids": ("a", "b"),
        "organisation": np.arange(2),
        "covers": np.zeros((2, 1), bool),
        "weights": np.ones(1),
        "agreement": np.full((2, 2), np.nan),
        "agreement_weight": 1.0,
        "seat_cost": 0.0,
        "may_lead": np.ones(2, bool),
    }
    Problem(**right)

    with pytest.raises(ValueError, match=r"must|need|at least"):
        Problem(**right | wrong)
