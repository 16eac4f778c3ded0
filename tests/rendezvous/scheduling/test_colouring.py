"""Where everybody is there all along: the best schedule, and its proof."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sessions import session
from rendezvous.scheduling.bounds import bounds_of
from rendezvous.scheduling.check import check
from rendezvous.scheduling.colouring import coloured
from rendezvous.scheduling.encoding import encode
from rendezvous.scheduling.greedy import greedy
from rendezvous.scheduling.measures import idle_rounds
from rendezvous.scheduling.problem import Candidate, Participant, Problem, Status
from rendezvous.scheduling.seating import seat
from rendezvous.scheduling.solve import Limits, improve, solve
from tests.rendezvous.scheduling.sessions import square

NO_MOVE = Limits(moves=1, tidying=1)


def chosen_by_program(problem):
    board = encode(problem)
    return board, bounds_of(board, greedy(board))


@pytest.mark.parametrize("size", [((20, 20), 8, 16), ((60, 60), 10, 50)])
def test_the_best_is_proven_without_a_move(size):
    problem = session(*size, windows=False)
    board, bounds = chosen_by_program(problem)

    rounds = coloured(board, bounds.chosen)

    assert check(problem, seat(board, rounds)) == ()
    assert board.value[rounds >= 0].sum() == pytest.approx(bounds.kept_value)
    assert solve(problem, NO_MOVE).status == Status.OPTIMAL


@settings(deadline=None, max_examples=40)
@given(
    sides=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    rounds=st.integers(1, 8),
    tables=st.integers(1, 9),
    seed=st.integers(0, 99),
)
def test_no_meeting_of_two_sides_is_lost(sides, rounds, tables, seed):
    draws = np.random.default_rng(seed)
    people = tuple(
        Participant(f"{side}{i}", str(side))
        for side in (0, 1)
        for i in range(sides[side])
    )
    candidates = tuple(
        Candidate((f"0{i}", f"1{j}"), float(draws.random()))
        for i in range(sides[0])
        for j in range(sides[1])
    )
    problem = Problem(rounds, tables, people, candidates)
    board, bounds = chosen_by_program(problem)

    found = coloured(board, bounds.chosen)

    assert found is not None
    assert check(problem, seat(board, found)) == ()
    assert board.value[found >= 0].sum() == pytest.approx(bounds.value)


def test_three_who_all_meet_need_more_rounds_than_they_have_meetings():
    people = tuple(Participant(name) for name in "abc")
    pairs = tuple(Candidate(ids, 1.0) for ids in (("a", "b"), ("a", "c"), ("b", "c")))
    board = encode(Problem(2, 3, people, pairs))

    assert coloured(board, np.ones(3)) is None


@pytest.mark.parametrize(
    "change", [{"buffer": 1}, {"closed": frozenset({(1, 1)})}, {"first": 2}]
)
def test_rounds_that_are_not_alike_are_left_to_the_search(change):
    problem = square(3, rounds=3, tables=3)
    late, *others = problem.participants
    if "first" in change:
        change = {"participants": (replace(late, **change), *others)}
    nothing = np.zeros(len(problem.candidates))

    assert coloured(encode(problem), nothing) is not None
    assert coloured(encode(replace(problem, **change)), nothing) is None


def test_value_given_up_for_waiting_shortens_it():
    problem = session((20, 20), 8, 16)
    few = Limits(moves=60_000, tidying=20_000)

    usual, joint = solve(problem, few), solve(replace(problem, waiting=0.2), few)

    assert idle_rounds(problem, joint.meetings) < idle_rounds(problem, usual.meetings)
    assert check(problem, joint.meetings) == ()


def test_a_search_that_goes_on_ends_with_time_and_never_with_less():
    problem = session((20, 20), 8, 16)
    limits = Limits(moves=2_000, tidying=100)
    left = iter([1.0] * 40)

    *_, short = improve(problem, limits)
    found = list(
        improve(problem, replace(limits, goes_on=True), lambda: next(left, 0.0))
    )

    assert found[-1].is_stopped
    assert found[-1].value >= short.value
    assert len(found) > 1


@pytest.mark.parametrize(
    "problem",
    [
        square(4, rounds=4, tables=4),
        square(5, rounds=3, tables=2),
        square(3, rounds=7, tables=1, minimum=1),
        replace(square(4, rounds=4, tables=4), candidates=()),
        replace(square(2, rounds=2, tables=0), minimum=2),
    ],
    ids=["a multiple", "odd", "one table", "all refuse", "no table"],
)
def test_whatever_the_numbers_no_rule_is_broken_and_what_lacks_is_explained(problem):
    solution = solve(problem, Limits(moves=500, tidying=100))

    assert check(problem, solution.meetings) == ()
    assert bool(solution.short) == bool(solution.reasons)
