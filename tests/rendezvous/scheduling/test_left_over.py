"""Nobody is forgotten in a round, and what is proposed may take place."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.left_over import Offer, Way, offers, without_table
from rendezvous.scheduling.problem import Candidate, Meeting, Participant, Problem
from rendezvous.scheduling.solve import Limits, solve
from tests.rendezvous.scheduling.sessions import sessions

QUICK = Limits(moves=500, tidying=0)


def room(values, *, tables=1):
    names = sorted({name for pair in values for name in pair})
    people = tuple(Participant(name, name) for name in names)
    candidates = tuple(Candidate(pair, value) for pair, value in values.items())
    return Problem(2, tables, people, candidates)


def test_two_who_are_free_are_brought_together():
    problem = room({("a", "b"): 0.9, ("a", "c"): 0.5})

    assert offers(problem, [], {1: None}) == (
        Offer("a", 1, Way.TOGETHER, ("b",)),
        Offer("b", 1, Way.TOGETHER, ("a",)),
        Offer("c", 1, Way.COFFEE, ("a",)),
    )


def test_a_third_joins_a_table_of_two_that_both_welcome():
    problem = room({("a", "b"): 0.9, ("a", "c"): 0.8, ("b", "c"): 0.2})

    (offer,) = offers(problem, [Meeting(1, 4, ("a", "b"))], {1: None})

    assert offer == Offer("c", 1, Way.JOIN, ("a", "b"), 4)


def test_who_has_met_everybody_is_welcomed_by_the_team():
    problem = room({("a", "b"): 0.9})

    assert offers(problem, [Meeting(2, 1, ("a", "b"))], {1: None}) == (
        Offer("a", 1),
        Offer("b", 1),
    )


def test_who_is_asked_about_comes_first_and_their_partner_is_told():
    problem = room({("a", "b"): 0.9, ("a", "c"): 0.5})

    assert offers(problem, [], {1: ["c"]}) == (
        Offer("a", 1, Way.TOGETHER, ("c",)),
        Offer("c", 1, Way.TOGETHER, ("a",)),
    )


@settings(deadline=None, max_examples=40)
@given(problem=sessions(), data=st.data())
def test_each_has_one_proposal_that_breaks_no_rule(problem, data):
    meetings = solve(problem, QUICK).meetings
    round_ = data.draw(st.integers(1, problem.rounds))
    met = {frozenset(pair) for one in meetings for pair in combinations(one.ids, 2)}

    found = offers(problem, meetings, {round_: None})

    free = without_table(problem, meetings, round_)
    assert [one.id for one in found] == sorted(free)
    for one in found:
        for other in one.others:
            pair = frozenset((one.id, other))
            assert pair in problem.values
            assert pair not in met
            assert problem.may_pair(one.id, other)
        if one.way is Way.TOGETHER:
            assert set(one.others) <= set(free)
        if one.way is Way.JOIN:
            assert Meeting(round_, one.table, one.others) in meetings
