from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.check import check
from rendezvous.scheduling.problem import Candidate, Meeting, Participant, Problem
from rendezvous.scheduling.replanning import Alternative, replan, replanned
from rendezvous.scheduling.solve import Limits, solve
from tests.rendezvous.scheduling.sessions import sessions, square

QUICK = Limits(moves=1_000, tidying=0)


def test_the_past_is_untouched_and_the_missing_are_gone():
    problem = square(6, rounds=6, tables=6, minimum=2)
    published = solve(problem, QUICK).meetings

    changed = replanned(problem, published, next_round=3, missing={"a0", "c1"})
    answer = replan(changed, QUICK)
    after = answer.solution.meetings

    assert check(changed, after) == ()
    assert [m for m in after if m.round < 3] == [m for m in published if m.round < 3]
    assert not [m for m in after if m.round >= 3 and {"a0", "c1"} & set(m.ids)]
    assert answer.solution.short == ()


def test_every_surviving_meeting_is_kept_when_nothing_stands_in_the_way():
    problem = square(6, rounds=6, tables=6)
    published = solve(problem, QUICK).meetings

    answer = replan(replanned(problem, published, next_round=4, missing={"a0"}), QUICK)

    assert answer.kept == answer.surviving == 5 * 3
    assert {one.id for one in answer.affected} >= {"a0"}


@settings(deadline=None, max_examples=30)
@given(problem=sessions(), data=st.data())
def test_no_rule_is_broken_by_replanning(problem, data):
    published = solve(problem, QUICK).meetings
    names = [one.id for one in problem.participants]
    next_round = data.draw(st.integers(1, problem.rounds))
    missing = data.draw(st.sets(st.sampled_from(names))) if names else set()
    lost = data.draw(st.sets(st.integers(1, max(1, problem.tables)), max_size=1))

    changed = replanned(
        problem, published, next_round=next_round, missing=missing, lost_tables=lost
    )
    answer = replan(changed, QUICK)

    assert check(changed, answer.solution.meetings) == ()
    assert answer.kept <= answer.surviving


def test_a_lost_table_is_used_no_more_and_its_host_moves():
    people = tuple(
        Participant(f"{k}{i}", k, table=i + 1 if k == "a" else None)
        for k in "ab"
        for i in range(3)
    )
    problem = Problem(
        rounds=3,
        tables=4,
        participants=people,
        candidates=tuple(
            Candidate((f"a{i}", f"b{j}"), 1.0) for i in range(3) for j in range(3)
        ),
    )
    published = solve(problem, QUICK).meetings

    changed = replanned(problem, published, next_round=2, lost_tables=[1])
    answer = replan(changed, QUICK)

    assert [m for m in answer.solution.meetings if m.round > 1 and m.table == 1] == []
    assert len(answer.solution.meetings) == 9
    assert answer.kept == 6


def test_a_late_arrival_keeps_its_later_meetings():
    problem = square(3, rounds=3, tables=3)
    published = solve(problem, QUICK).meetings

    changed = replanned(problem, published, next_round=1, late={"a0": 3})
    answer = replan(changed, QUICK)

    assert answer.kept == answer.surviving == 7
    assert [m.round for m in answer.solution.meetings if "a0" in m.ids] == [3]


def test_the_left_over_person_is_offered_the_best_that_is_free():
    people = tuple(Participant(name, name) for name in "abcd")
    problem = Problem(
        rounds=1,
        tables=1,
        participants=people,
        candidates=(
            Candidate(("a", "b"), 0.9),
            Candidate(("a", "c"), 0.1),
            Candidate(("a", "d"), 0.5),
        ),
    )
    published = (Meeting(1, 1, ("a", "b")),)

    changed = replanned(
        problem, published, next_round=1, missing={"b"}, lost_tables=[1]
    )
    (left,) = replan(changed, QUICK).left_over

    assert (left.id, left.round, left.lost) == ("a", 1, published[0])
    assert left.alternatives == (Alternative("d", 0.5), Alternative("c", 0.1))


def test_a_no_said_since_ends_a_meeting_to_come():
    problem = square(2, rounds=2, tables=2)
    published = solve(problem, QUICK).meetings
    later = next(m for m in published if m.round == 2)
    refused = replace(problem, forbidden=frozenset({frozenset(later.ids)}))

    answer = replan(replanned(refused, published, next_round=2), QUICK)

    assert later.ids not in [m.ids for m in answer.solution.meetings]


@pytest.mark.parametrize("next_round", [1, 2, 7])
def test_nothing_changes_when_nothing_happens(next_round):
    problem = square(6, rounds=6, tables=6)
    published = solve(problem, QUICK).meetings

    answer = replan(replanned(problem, published, next_round=next_round), QUICK)

    assert answer.affected == ()
    assert answer.left_over == ()


def test_in_a_hurry_only_what_is_told_is_left_out():
    problem = square(6, rounds=6, tables=5, minimum=2)
    published = solve(problem, QUICK).meetings
    changed = replanned(problem, published, next_round=3, missing={"a0", "c1"})

    whole = solve(changed, QUICK)
    quick = solve(changed, replace(QUICK, is_hurried=True))

    assert quick.meetings == whole.meetings
    assert (quick.worst, whole.worst is None) == (None, False)
    assert quick.bound >= whole.bound >= whole.value
