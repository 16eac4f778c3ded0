"""What is kept of a schedule, what a hand does to it, what is offered besides."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling import gestures
from rendezvous.scheduling.check import check
from rendezvous.scheduling.gestures import NoSuchMeetingError
from rendezvous.scheduling.keeping import Kept, allowed, around
from rendezvous.scheduling.problem import Meeting
from rendezvous.scheduling.reserve import OFFERED, pairs_of, reserve
from rendezvous.scheduling.solve import Limits, solve
from tests.rendezvous.scheduling.sessions import sessions, square

QUICK = Limits(moves=1_000, tidying=200)


@st.composite
def kept(draw, problem):
    rounds = st.integers(1, problem.rounds)
    tables = st.integers(1, max(1, problem.tables))
    names = [one.id for one in problem.participants]
    return Kept(
        places=draw(st.frozensets(st.tuples(rounds, tables), max_size=3)),
        rounds=draw(st.frozensets(rounds, max_size=1)),
        tables=draw(st.frozensets(tables, max_size=1)),
        ids=draw(st.frozensets(st.sampled_from(names), max_size=2))
        if names
        else frozenset(),
    )


@settings(deadline=None, max_examples=40)
@given(problem=sessions(), data=st.data())
def test_what_is_kept_stays_and_nothing_is_added_there(problem, data):
    before = solve(problem, QUICK).meetings
    what = data.draw(kept(problem))

    left, n_dropped = around(problem, before, what)
    after = solve(left, QUICK).meetings

    held = [one for one in before if what.holds(one)]
    assert n_dropped == 0
    assert [one for one in after if what.rounds and one.round in what.rounds] == [
        one for one in held if one.round in what.rounds
    ]
    assert set(held) <= set(after)
    for name in what.ids:
        assert [m for m in after if name in m.ids] == [m for m in held if name in m.ids]
    assert check(problem, after) == ()


@settings(deadline=None, max_examples=40)
@given(problem=sessions(), data=st.data())
def test_what_breaks_a_rule_is_left_out_and_the_rest_is_allowed(problem, data):
    names = [one.id for one in problem.participants]
    if len(names) < 2:
        return
    ids = st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True)
    wild = st.builds(
        Meeting,
        st.integers(0, problem.rounds + 1),
        st.integers(0, problem.tables + 1),
        ids.map(lambda found: tuple(sorted(found))),
    )
    meetings = data.draw(st.lists(wild, max_size=8, unique=True))

    left = allowed(problem, meetings)

    assert check(replace(problem, locked=()), left) == ()
    assert set(left) <= set(meetings)
    assert all(one in left for one in meetings if not check(problem, meetings))


def test_of_two_that_exclude_each_other_one_stays():
    problem = square(2, rounds=2, tables=2)
    twice = [Meeting(1, 1, ("a0", "c0")), Meeting(2, 1, ("a0", "c0"))]

    assert allowed(problem, twice) == (twice[0],)


@settings(deadline=None, max_examples=40)
@given(problem=sessions())
def test_what_is_offered_may_take_place_and_is_never_all_that_is_left(problem):
    met = solve(problem, QUICK).meetings
    possible = {frozenset(one.ids) for one in problem.candidates}

    offered = reserve(problem, met)

    assert list(offered) == sorted(offered)
    assert not {frozenset(pair) for pair in offered} & pairs_of(met)
    for pair in offered:
        assert frozenset(pair) in possible
        assert problem.may_pair(*pair)


def test_somebody_is_offered_half_of_those_left_and_a_few_at_most():
    few, many = (square(n, rounds=1, tables=1) for n in (3, 90))

    for problem, expected in ((few, 1), (many, OFFERED)):
        own = [pair for pair in reserve(problem, ()) if pair[0] == "a0"]
        assert len(own) >= expected
        assert len({other for _one, other in own}) <= len(problem.participants) // 2
    alone = square(1, rounds=1, tables=1)
    assert reserve(alone, ()) == ()


def test_gestures_are_what_they_say():
    one, other = Meeting(1, 1, ("a", "b")), Meeting(1, 2, ("c", "d"))
    both = (one, other)

    assert gestures.moved(both, (1, 1), (1, 2)) == (
        Meeting(1, 1, ("c", "d")),
        Meeting(1, 2, ("a", "b")),
    )
    assert gestures.exchanged(both, ((1, 1), "b"), ((1, 2), "d")) == (
        Meeting(1, 1, ("a", "d")),
        Meeting(1, 2, ("b", "c")),
    )
    assert gestures.removed(both, (1, 2)) == (one,)
    assert gestures.added((one,), Meeting(2, 3, ("z", "a"))) == (
        one,
        Meeting(2, 3, ("a", "z")),
    )
    assert gestures.difference(both, (one,)) == ((other,), ())
    assert gestures.free_table(both, 1, 3) == 3
    assert gestures.free_table(both, 1, 2, wanted=2) == 2
    assert gestures.free_table(both, 2, 2, wanted=2) == 2


@pytest.mark.parametrize(
    "gesture",
    [
        lambda found: gestures.moved(found, (9, 9), (1, 1)),
        lambda found: gestures.removed(found, (9, 9)),
        lambda found: gestures.exchanged(found, ((1, 1), "b"), ((1, 1), "a")),
        lambda found: gestures.exchanged(found, ((1, 1), "z"), ((1, 1), "a")),
    ],
)
def test_nobody_moves_what_is_not_there(gesture):
    with pytest.raises(NoSuchMeetingError):
        gesture((Meeting(1, 1, ("a", "b")),))
