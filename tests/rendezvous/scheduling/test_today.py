"""Whatever happens in the room, what is left is scheduled without breaking a rule."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.check import check
from rendezvous.scheduling.problem import Candidate, Meeting, Participant, Problem
from rendezvous.scheduling.replanning import replan
from rendezvous.scheduling.solve import Limits, solve
from rendezvous.scheduling.stay import Stay
from rendezvous.scheduling.today import Today, rest_of_day
from tests.rendezvous.scheduling.sessions import sessions, square

QUICK = Limits(moves=1_000, tidying=0)


@st.composite
def days(draw, problem, published):
    """Anybody absent, late or gone early, any table lost, at any round."""
    rounds = st.integers(1, problem.rounds)
    presence = {}
    for one in problem.participants:
        stay = Stay(
            one.first,
            one.last or problem.rounds,
            late_from=draw(st.none() | rounds),
            arrived_in=draw(st.none() | st.integers(0, problem.rounds)),
            left_from=draw(st.none() | rounds),
            is_absent=draw(st.booleans()),
        )
        presence[one.id] = stay.rounds - one.away
    tables = st.integers(1, max(1, problem.tables))
    return Today(
        published=published,
        next_round=draw(st.integers(1, problem.rounds + 1)),
        presence=presence,
        lost=draw(st.dictionaries(tables, rounds, max_size=2)),
    )


@settings(deadline=None, max_examples=40)
@given(problem=sessions(), data=st.data())
def test_the_past_stays_nobody_absent_sits_and_no_is_no(problem, data):
    published = solve(problem, QUICK).meetings
    today = data.draw(days(problem, published))

    stated = rest_of_day(problem, today)
    answer = replan(stated, QUICK)
    after = answer.solution.meetings

    assert check(stated, after) == ()
    begun = today.next_round
    assert [m for m in after if m.round < begun] == [
        m for m in sorted(published) if m.round < begun
    ]
    for meeting in after:
        if meeting.round >= begun:
            assert all(meeting.round in today.presence[name] for name in meeting.ids)
            since = today.lost.get(meeting.table)
            assert since is None or meeting.round < since
            assert frozenset(meeting.ids) not in problem.forbidden


@settings(deadline=None, max_examples=15)
@given(problem=sessions(), data=st.data())
def test_who_withdrew_leaves_the_past_as_it_was(problem, data):
    published = solve(problem, QUICK).meetings
    names = [one.id for one in problem.participants]
    gone = data.draw(st.sets(st.sampled_from(names), max_size=2)) if names else set()
    kinds = {one.id: one.kind for one in problem.participants}
    left = replace(
        problem,
        participants=tuple(p for p in problem.participants if p.id not in gone),
        candidates=tuple(c for c in problem.candidates if not gone & set(c.ids)),
    )

    today = Today(published, next_round=data.draw(st.integers(1, 4)), kind=kinds)
    stated = rest_of_day(left, today)
    after = replan(stated, QUICK).solution.meetings

    assert check(stated, after) == ()
    assert not [m for m in after if m.round >= today.next_round and gone & set(m.ids)]
    assert {m for m in published if m.round < today.next_round} <= set(after)


def test_nothing_happened_and_nothing_changes():
    problem = square(5, rounds=4, tables=5)
    published = solve(problem, QUICK).meetings

    answer = replan(rest_of_day(problem, Today(published, next_round=2)), QUICK)

    assert answer.affected == ()
    assert set(answer.solution.meetings) == set(published)


def test_a_colleague_takes_over_the_meetings_of_who_is_absent():
    people = (Participant("a1", "a"), Participant("a2", "a"), Participant("b", "b"))
    problem = Problem(
        rounds=2, tables=2, participants=people, candidates=(Candidate(("a1", "b"), 1),)
    )
    today = Today(
        published=(Meeting(2, 1, ("a1", "b")),),
        next_round=1,
        presence={"a1": frozenset()},
        group={"a1": 1, "a2": 1, "b": 2},
    )

    (meeting,) = replan(rest_of_day(problem, today), QUICK).solution.meetings

    assert meeting.ids == ("a2", "b")


def test_two_organisations_that_met_do_not_meet_again_through_a_colleague():
    people = (Participant("a1", "a"), Participant("a2", "a"), Participant("b", "b"))
    problem = Problem(
        rounds=2, tables=2, participants=people, candidates=(Candidate(("a2", "b"), 1),)
    )
    today = Today(
        published=(Meeting(1, 1, ("a1", "b")),),
        next_round=2,
        group={"a1": 1, "a2": 1, "b": 2},
    )

    after = replan(rest_of_day(problem, today), QUICK).solution.meetings

    assert after == today.published


def test_who_comes_back_has_meetings_again():
    problem = square(3, rounds=4, tables=3)
    published = tuple(
        one for one in solve(problem, QUICK).meetings if "a0" not in one.ids
    )

    stated = rest_of_day(problem, Today(published, next_round=3))
    after = replan(stated, QUICK).solution.meetings

    assert [one.round for one in after if "a0" in one.ids] == [3, 4]


def test_a_room_made_smaller_during_the_day_keeps_its_past():
    problem = square(3, rounds=3, tables=3)
    published = solve(problem, QUICK).meetings
    smaller = replace(problem, tables=2)

    stated = rest_of_day(smaller, Today(published, next_round=2))
    after = replan(stated, QUICK).solution.meetings

    assert check(stated, after) == ()
    assert {one.table for one in after if one.round == 1} == {1, 2, 3}
    assert {one.table for one in after if one.round > 1} == {1, 2}
