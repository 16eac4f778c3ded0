import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from matching.balance import Problem, Unserved, balanced, programs, search, solving
from matching.balance.greedy import first_come
from matching.balance.programs import NoAnswerError, served_by
from tests.matching.balance.trials import (
    by_trying_everything,
    named,
    problem_of,
    problems,
    shuffled,
)

TRIANGLE = [(0, 1), (0, 2), (1, 2)]


def check(problem, balance):
    """What holds of any balanced set."""
    ends = np.concatenate([balance.low, balance.high])
    count = np.bincount(ends, minlength=len(problem))
    assert count.tolist() == balance.count.tolist()
    assert (balance.count <= problem.limits).all()
    assert balance.value <= balance.bound + 1e-6
    assert balance.served <= balance.served_bound
    assert set(balance.unserved) == set(np.flatnonzero(count == 0).tolist())


@given(problems())
def test_the_set_is_the_best_of_all_and_its_bound_says_so(problem):
    balance = balanced(problem)

    check(problem, balance)
    served, value = by_trying_everything(problem)
    assert balance.served == served
    assert balance.value == pytest.approx(value, abs=1e-6)


@given(problems(max_rows=12, max_pairs=30), st.integers(0, 1_000))
def test_neither_the_order_of_rows_nor_that_of_pairs_changes_it(problem, seed):
    moved, _ = shuffled(problem, seed)

    assert named(problem, balanced(problem)) == named(moved, balanced(moved))


@given(problems(max_rows=12, max_pairs=30))
def test_twice_the_same_question_twice_the_same_answer(problem):
    one, two = balanced(problem), balanced(problem)

    assert (one.low.tolist(), one.high.tolist()) == (
        two.low.tolist(),
        two.high.tolist(),
    )


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_givers_and_recipients_are_served_as_a_maximum_flow_can(seed):
    """Between two sides, each giver up to its limit, each recipient at least once."""
    chance = np.random.default_rng(seed)
    givers, others = int(chance.integers(1, 6)), int(chance.integers(1, 30))
    pairs = [
        (giver, givers + other)
        for giver in range(givers)
        for other in range(others)
        if chance.random() < 0.4
    ]
    limits = [*chance.integers(0, 6, givers).tolist(), *[1] * others]
    problem = problem_of(pairs, chance.random(len(pairs)), limits)

    balance = balanced(problem)

    check(problem, balance)
    recipients = (balance.count[givers:] > 0).sum()
    assert recipients == most_by_flow(pairs, limits)


def most_by_flow(pairs, limits):
    n = len(limits)
    capacity = np.zeros((n + 2, n + 2), np.int32)
    sides = {low for low, _ in pairs}, {high for _, high in pairs}
    for giver in sides[0]:
        capacity[n, giver] = limits[giver]
    for recipient in sides[1]:
        capacity[recipient, n + 1] = limits[recipient]
    for giver, recipient in pairs:
        capacity[giver, recipient] = 1
    return maximum_flow(csr_array(capacity), n, n + 1).flow_value


def test_each_one_without_proposal_is_told_why():
    pairs = [(0, 1), (0, 2)]
    problem = problem_of(pairs, [0.9, 0.8], [1, 1, 1, 0, 4])

    balance = balanced(problem)

    assert balance.count.tolist() == [1, 1, 0, 0, 0]
    assert balance.unserved == {
        2: Unserved.PARTNERS_FULL,
        3: Unserved.ACCEPTS_NONE,
        4: Unserved.NO_PARTNER,
    }


def test_somebody_is_served_before_the_total_grows():
    """The best pair alone scores more than the two that serve everybody."""
    problem = problem_of([(0, 1), (0, 2), (1, 3)], [1.0, 0.1, 0.1], [1, 1, 1, 1])

    balance = balanced(problem)

    assert named(problem, balance) == {
        frozenset(("0000", "0002")),
        frozenset(("0001", "0003")),
    }


def test_three_who_accept_one_each_make_one_pair():
    """Halves of the three pairs would total more: whole numbers are searched."""
    balance = balanced(problem_of(TRIANGLE, [0.5, 0.6, 0.7], [1, 1, 1]))

    assert (balance.value, balance.bound) == pytest.approx((0.7, 0.7), abs=1e-6)
    assert (balance.served, balance.served_bound) == (2, 2)


def test_nobody_at_all_is_an_answer():
    balance = balanced(problem_of([], [], []))

    assert (balance.value, balance.bound, balance.gap, balance.served) == (0, 0, 0, 0)
    assert balance.is_optimal


def test_a_missing_pair_that_is_worth_having_is_priced_and_added():
    cut = problem_of(
        [(0, 1), (2, 3)], [0.9, 0.2], [1, 1, 2, 2], missing=[0.9, 0.9, 0.9, 0.9]
    )
    worth = {(1, 2): 0.85}

    def price(low, high):
        pairs = zip(low.tolist(), high.tolist(), strict=True)
        return np.array([worth.get(pair, np.nan) for pair in pairs])

    balance = balanced(cut, price=price)

    assert balance.n_added <= 1
    assert balance.value == pytest.approx(
        by_trying_everything(
            problem_of([(0, 1), (2, 3), (1, 2)], [0.9, 0.2, 0.85], [1, 1, 2, 2])
        )[1],
        abs=1e-6,
    )


@given(problems(max_rows=7, max_pairs=12), st.integers(0, 1_000))
def test_what_is_left_out_is_in_the_bound(problem, seed):
    """Some pairs are not given: without a way to score them, the bound allows for them."""
    given_, missing = cut(problem, seed)

    balance = balanced(given_)

    served, value = by_trying_everything(problem)
    assert balance.served_bound >= served
    if balance.served == served:
        assert balance.bound >= value - 1e-6
    assert (missing <= given_.missing.max(initial=0)).all()


@given(problems(max_rows=7, max_pairs=12), st.integers(0, 1_000))
def test_scoring_what_is_left_out_loses_nothing(problem, seed):
    given_, _ = cut(problem, seed)
    known = {
        (low, high): score
        for low, high, score in zip(
            problem.low.tolist(), problem.high.tolist(), problem.scores, strict=True
        )
    }

    def price(low, high):
        pairs = zip(low.tolist(), high.tolist(), strict=True)
        return np.array([known.get(pair, np.nan) for pair in pairs])

    balance = balanced(given_, price=price)

    served, value = by_trying_everything(problem)
    assert balance.served == served
    assert balance.value == pytest.approx(value, abs=1e-6)


def cut(problem, seed):
    """Leave out the pairs that are beyond both of two short lists."""
    length = 1 + seed % 2
    listed = np.zeros(len(problem.low), bool)
    missing = np.full(len(problem), -np.inf)
    for row in range(len(problem)):
        mine = np.flatnonzero((problem.low == row) | (problem.high == row))
        best = mine[np.argsort(-problem.scores[mine], kind="stable")]
        listed[best[:length]] = True
        if len(best) >= length:
            missing[row] = problem.scores[best[length - 1]]
    shorter = Problem(
        keys=problem.keys,
        limits=problem.limits,
        low=problem.low[listed],
        high=problem.high[listed],
        scores=problem.scores[listed],
        missing=missing,
    )
    return shorter, problem.scores[~listed]


def test_without_an_answer_in_time_the_set_is_still_within_limits(monkeypatch):
    monkeypatch.setattr(search, "whole_best", too_slow)
    monkeypatch.setattr(search, "whole_served", too_slow)
    problem = problem_of(TRIANGLE, [0.5, 0.6, 0.7], [1, 1, 1])

    balance = balanced(problem)

    check(problem, balance)
    assert (balance.served, balance.is_optimal) == (2, False)


@given(problems(max_rows=12, max_pairs=30))
def test_first_come_first_served_keeps_to_the_limits_and_leaves_nothing_free(problem):
    usable = solving._usable(problem)

    taken = first_come(usable)

    left = usable.limits - served_by(usable, taken)
    assert (left >= 0).all()
    free = ~taken & (left[usable.low] > 0) & (left[usable.high] > 0)
    assert not free.any()


@pytest.mark.parametrize(
    "change",
    [
        {"keys": ["a", "a", "b"]},
        {"low": np.array([1]), "high": np.array([0])},
        {"low": np.array([0, 0]), "high": np.array([1, 1]), "scores": np.ones(2)},
        {"high": np.array([3])},
        {"scores": np.array([1.5])},
        {"scores": np.array([np.nan])},
        {"limits": np.array([1, -1, 1])},
        {"missing": np.zeros(2)},
        {"low": np.array([0, 1])},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(change):
    sound = problem_of([(0, 1)], [0.5], [1, 1, 1], keys=["a", "b", "c"])

    with pytest.raises(ValueError, match=r"\w"):
        Problem(**{**vars(sound), **change})


def test_the_solver_says_when_it_found_nothing():
    program = programs.program_of(problem_of([(0, 1)], [0.5], [1, 1]))

    with pytest.raises(NoAnswerError):
        programs.best_served(program, at_least=3, seconds=5)
    with pytest.raises(NoAnswerError):
        programs.whole_best(program, at_least=3, seconds=5)


@given(problems(), st.integers(0, 1_000))
def test_when_even_the_reals_take_too_long_the_bound_still_holds(problem, seed):
    given_, _ = cut(problem, seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "program_of", too_slow)
        balance = balanced(given_)

    check(given_, balance)
    served, value = by_trying_everything(problem)
    assert balance.bound >= value - 1e-6
    assert balance.served_bound >= served


def too_slow(*args, **kwargs):
    raise NoAnswerError
