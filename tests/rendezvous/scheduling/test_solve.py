from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.check import check
from rendezvous.scheduling.measures import kinds_met, shortfalls, value_of
from rendezvous.scheduling.problem import (
    Candidate,
    Meeting,
    Participant,
    Problem,
    Quota,
    Shortfall,
    Status,
)
from rendezvous.scheduling.solve import Limits, improve, solve
from tests.rendezvous.scheduling.sessions import pairs_of, sessions, square

QUICK = Limits(seed=1, moves=2_000, tidying=500)


@settings(deadline=None, max_examples=60)
@given(problem=sessions())
def test_no_rule_is_ever_broken(problem):
    for solution in improve(problem, QUICK):
        assert check(problem, solution.meetings) == ()


@settings(deadline=None, max_examples=40)
@given(problem=sessions())
def test_the_bound_is_above_the_value_and_what_is_short_is_explained(problem):
    solution = solve(problem, QUICK)

    assert solution.value == pytest.approx(value_of(problem, solution.meetings))
    assert solution.bound >= solution.value - 1e-6
    assert solution.short == shortfalls(problem, solution.meetings)
    assert bool(solution.reasons) == bool(solution.short)


@settings(deadline=None, max_examples=20)
@given(problem=sessions())
def test_each_schedule_is_no_worse_than_the_one_before(problem):
    found = list(improve(problem, QUICK))
    short = [sum(one.missing for one in solution.short) for solution in found]

    if not problem.floor and not problem.quotas:
        assert [
            (-missing, round(solution.value, 6))
            for missing, solution in zip(short, found, strict=True)
        ] == sorted(
            (-missing, round(solution.value, 6))
            for missing, solution in zip(short, found, strict=True)
        )


@settings(deadline=None, max_examples=15)
@given(problem=sessions())
def test_the_same_seed_gives_the_same_schedule(problem):
    assert solve(problem, QUICK) == solve(problem, QUICK)


@settings(deadline=None, max_examples=30)
@given(problem=sessions(), data=st.data())
def test_what_is_locked_stays_whatever_the_rest_becomes(problem, data):
    found = solve(problem, QUICK).meetings
    locked = data.draw(st.lists(st.sampled_from(found), unique=True)) if found else []
    again = replace(problem, locked=tuple(locked), minimum=3)

    solution = solve(again, QUICK)

    assert set(locked) <= set(solution.meetings)
    assert check(again, solution.meetings) == ()


def test_a_quota_by_kind_is_kept_and_promised():
    people = tuple(Participant(f"{k}{i}", k) for k in "abc" for i in range(3))
    problem = Problem(
        rounds=6,
        tables=4,
        participants=people,
        candidates=pairs_of(people),
        quotas=(Quota("a", "b", 0, 1), Quota("a", "c", 2)),
    )

    solution = solve(problem, QUICK)
    met = kinds_met(problem, solution.meetings)

    assert solution.short == ()
    assert [met.get((f"a{i}", "b"), 0) for i in range(3)] == [1, 1, 1]
    assert min(met[f"a{i}", "c"] for i in range(3)) >= 2


def test_a_floor_raises_the_worst_off():
    people = tuple(Participant(f"{k}{i}", k) for k in "ab" for i in range(6))
    problem = Problem(
        rounds=3,
        tables=3,
        participants=people,
        candidates=tuple(
            Candidate((f"a{i}", f"b{j}"), 0.1 + 0.9 * (i + j) / 10)
            for i in range(6)
            for j in range(6)
        ),
    )

    plain, fair = (solve(replace(problem, floor=floor)).worst for floor in (0.0, 0.9))

    assert plain.value < 0.5 * plain.ceiling
    assert fair.value >= 0.6 * fair.ceiling
    assert fair.ceiling == pytest.approx(plain.ceiling)


def test_tidying_brings_meetings_together_and_changes_none():
    problem = square(8, rounds=8, tables=3)

    before, after = (solve(problem, Limits(moves=500, tidying=n)) for n in (0, 100_000))

    assert {m.ids for m in after.meetings} == {m.ids for m in before.meetings}
    assert after.idle < before.idle


def best_by_trying(problem):
    """Try every set of meetings of two, in every round."""
    places = [None, *range(1, problem.rounds + 1)]
    best = 0.0
    for rounds in product(places, repeat=len(problem.candidates)):
        chosen = [(r, c) for r, c in zip(rounds, problem.candidates, strict=True) if r]
        seats = {(r, name) for r, c in chosen for name in c.ids}
        per_round = [r for r, _ in chosen]
        if len(seats) == 2 * len(chosen) and all(
            per_round.count(r) <= problem.tables for r in per_round
        ):
            best = max(best, sum(c.value for _, c in chosen))
    return best


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_tiny_session_is_solved_as_by_trying_everything(seed):
    people = tuple(Participant(f"{k}{i}", k) for k in "ab" for i in range(3))
    pairs = [(a.id, b.id) for a, b in combinations(people, 2) if a.kind != b.kind]
    values = [((7 * seed + 5 * i) % 11) / 10 for i in range(len(pairs))]
    problem = Problem(
        rounds=2,
        tables=2,
        participants=people,
        candidates=tuple(
            Candidate(ids, value) for ids, value in zip(pairs, values, strict=True)
        ),
    )

    assert solve(problem, QUICK).value == pytest.approx(best_by_trying(problem))


def test_ten_by_ten_in_ten_rounds_is_every_pair_once():
    solution = solve(square(10, rounds=10, tables=10))

    assert (len(solution.meetings), solution.status) == (100, Status.OPTIMAL)


def test_too_few_tables_for_the_minimum_are_explained_with_their_numbers():
    solution = solve(square(20, rounds=8, tables=6, minimum=5), QUICK)

    assert solution.status is Status.INFEASIBLE
    (reason,) = solution.reasons
    assert (reason.code, reason.facts) == (
        "not_enough_tables",
        {
            "tables": 6,
            "rounds": 8,
            "participants": 40,
            "minimum": 5,
            "seats_promised": 200,
            "seats": 96,
        },
    )


def test_everyone_refusing_everyone_gives_nothing_and_says_so():
    problem = square(3, rounds=3, tables=3, minimum=1)
    noes = frozenset(frozenset(one.ids) for one in problem.candidates)

    solution = solve(replace(problem, forbidden=noes), QUICK)

    assert (solution.meetings, solution.status) == ((), Status.INFEASIBLE)
    assert "nobody_may_meet" in [reason.code for reason in solution.reasons]


def test_a_kind_too_small_for_the_other_is_explained():
    people = (
        *(Participant(f"a{i}", "association") for i in range(6)),
        Participant("c0", "company"),
    )
    problem = Problem(
        rounds=4,
        tables=4,
        participants=people,
        candidates=pairs_of(people),
        kinds=frozenset({frozenset(("association", "company"))}),
        minimum=1,
    )

    solution = solve(problem, QUICK)

    assert solution.status is Status.INFEASIBLE
    assert [reason.code for reason in solution.reasons] == ["too_few_partners_of_kinds"]
    assert sum(one.missing for one in solution.short) == 2


def test_who_leaves_too_early_is_named():
    people = (
        Participant("a", "a", last=1),
        Participant("b", "b"),
        Participant("c", "b"),
    )
    problem = Problem(
        rounds=3,
        tables=2,
        participants=people,
        candidates=pairs_of(people),
        minimum=1,
    )

    solution = solve(problem, QUICK)

    assert sum(one.missing for one in solution.short) == 1
    assert solution.short[0] in (Shortfall("b", 1), Shortfall("c", 1))
    assert solution.status is Status.INFEASIBLE


def test_locked_meetings_stay_and_count():
    lock = (Meeting(2, 3, ("a0", "c4")), Meeting(1, 1, ("a1", "c1")))
    problem = square(5, rounds=5, tables=5, locked=lock)

    solution = solve(problem, QUICK)

    assert set(lock) <= set(solution.meetings)
    assert solution.value == pytest.approx(len(solution.meetings))
    assert solution.bound == pytest.approx(25)


def test_hosts_keep_their_table():
    people = tuple(
        Participant(f"{k}{i}", k, table=i + 1 if k == "a" else None)
        for k in "ab"
        for i in range(4)
    )
    problem = Problem(
        rounds=4, tables=4, participants=people, candidates=pairs_of(people)
    )

    solution = solve(problem, QUICK)

    assert len(solution.meetings) == 16
    assert {one.table for one in solution.meetings if "a2" in one.ids} == {3}


def test_tables_of_three_bring_three_people_together_once():
    people = tuple(Participant(f"{k}{i}", k) for k in "abc" for i in range(3))
    triples = tuple(
        Candidate((f"a{i}", f"b{j}", f"c{k}"), 1.0)
        for i, j, k in product(range(3), repeat=3)
    )
    problem = Problem(rounds=3, tables=3, participants=people, candidates=triples)

    solution = solve(problem)

    assert (len(solution.meetings), solution.status) == (9, Status.OPTIMAL)
    assert check(problem, solution.meetings) == ()


def test_time_that_is_over_stops_at_the_first_schedule():
    problem = square(8, rounds=4, tables=5)

    solution = solve(problem, Limits(moves=10**9), lambda: 0.0)

    assert solution.is_stopped
    assert check(problem, solution.meetings) == ()
