"""Candidates that rules leave: all looked at together, as each would be alone."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.encoding import encode
from rendezvous.scheduling.problem import Candidate, Meeting
from rendezvous.scheduling.programs import rules_of
from tests.rendezvous.scheduling.sessions import sessions, square


def left_by_rules(problem):
    """Those that may take place, one by one; who is listed twice counts once."""
    met = {frozenset(p) for one in problem.locked for p in combinations(one.ids, 2)}
    table = {one.id: one.table for one in problem.participants}

    def may_sit(pair):
        hosts = {table[name] for name in pair} - {None}
        is_new = frozenset(pair) not in met
        return is_new and len(hosts) < 2 and problem.may_meet(pair)

    last = {frozenset(one.ids): one for one in problem.candidates}
    return [one for one in last.values() if all(map(may_sit, combinations(one.ids, 2)))]


@st.composite
def listed_twice(draw):
    problem = draw(sessions())
    again = [
        Candidate(one.ids[::-1], 0.3)
        for one in problem.candidates
        if draw(st.integers(0, 3)) == 0
    ]
    pairs = [one.ids for one in problem.candidates if len(one.ids) == 2]
    locked = draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    return replace(
        problem,
        candidates=(*problem.candidates, *again),
        locked=tuple(Meeting(1, 1 + i, ids) for i, ids in enumerate(locked)),
    )


@settings(deadline=None, max_examples=80)
@given(problem=listed_twice(), data=st.data())
def test_what_is_left_is_what_each_rule_leaves(problem, data):
    rounds = st.integers(1, problem.rounds)
    chosen = [one for one in problem.candidates if data.draw(st.booleans())]
    previous = tuple(Meeting(data.draw(rounds), 1, one.ids[::-1]) for one in chosen[:5])

    board = encode(replace(problem, previous=previous))

    expected = left_by_rules(problem)
    row = {name: i for i, name in enumerate(board.names)}
    before = {frozenset(one.ids): one.round - 1 for one in previous}
    assert list(board.candidates) == expected
    assert [
        [i for i in people if i >= 0] for people in board.takes[:, :3].tolist()
    ] == [[row[name] for name in one.ids] for one in expected]
    assert board.value.tolist() == [one.value for one in expected]
    assert board.previous.tolist() == [
        before.get(frozenset(one.ids), -1) for one in expected
    ]


def test_who_left_since_does_not_hide_what_was_planned():
    problem = square(2, rounds=2, tables=2)
    gone = Meeting(1, 2, ("a9", "c9"))
    previous = (Meeting(2, 1, ("c0", "a0")), gone)

    board = encode(replace(problem, previous=previous))

    rounds = dict(
        zip((one.ids for one in board.candidates), board.previous, strict=True)
    )
    assert rounds.pop(("a0", "c0")) == 1
    assert set(rounds.values()) == {-1}


def test_two_people_whom_several_candidates_name_meet_once():
    problem = replace(
        square(2, rounds=2, tables=2),
        candidates=(
            Candidate(("a0", "c0"), 1.0),
            Candidate(("a0", "a1", "c0"), 1.0),
            Candidate(("c1", "a1"), 1.0),
            Candidate(("c1", "a1", "c0"), 1.0),
        ),
    )

    rules = rules_of(encode(problem))

    # After people and seats: a0 with c0, a1 with c0, then a1 with c1.
    assert rules.matrix[5:].toarray().tolist() == [
        [1, 1, 0, 0],
        [0, 1, 0, 1],
        [0, 0, 1, 1],
    ]
    assert rules.limit[5:].tolist() == [1, 1, 1]


def test_values_are_found_whatever_the_order_of_names():
    problem = square(2, rounds=1, tables=1)

    assert problem.values[frozenset(("c1", "a0"))] == 1.0
    assert frozenset(("a0", "a1")) not in problem.values
    assert set(problem.values) == {frozenset(one.ids) for one in problem.candidates}
