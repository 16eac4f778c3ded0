from dataclasses import replace

import pytest

from rendezvous.scheduling.check import Rule, Violation, check
from rendezvous.scheduling.problem import (
    Candidate,
    Meeting,
    Participant,
    Problem,
    Quota,
)

PEOPLE = (
    Participant("a", "association"),
    Participant("b", "company", last=2),
    Participant("c", "company", table=2),
    Participant("d", "local_authority", away=frozenset({2})),
)
PROBLEM = Problem(
    rounds=3,
    tables=2,
    participants=PEOPLE,
    candidates=(
        *(Candidate(tuple(pair), 1.0) for pair in ("ab", "ac", "ad", "bd", "cd", "bc")),
        Candidate(("a", "b", "d"), 2.0),
    ),
)
GOOD = (Meeting(1, 1, ("a", "b")), Meeting(1, 2, ("c", "d")), Meeting(2, 2, ("a", "c")))


def pair(round_, table, *ids):
    return Meeting(round_, table, ids)


def test_a_schedule_that_keeps_every_rule_breaks_none():
    assert check(PROBLEM, GOOD) == ()


@pytest.mark.parametrize(
    ("rule", "meetings", "changes"),
    [
        (Rule.UNKNOWN, [pair(1, 1, "a", "z")], {}),
        (Rule.SIZE, [pair(1, 1, "a")], {}),
        (Rule.SIZE, [pair(1, 1, "a", "a")], {}),
        (Rule.ROUND, [pair(4, 1, "a", "d")], {}),
        (Rule.ROUND, [pair(0, 1, "a", "b")], {"open_from": 0}),
        (Rule.TABLE, [pair(1, 3, "a", "b")], {}),
        (Rule.TABLE, [pair(1, 0, "a", "b")], {}),
        (Rule.CLOSED, [pair(1, 1, "a", "b")], {"closed": frozenset({(1, 1)})}),
        (Rule.PERSON_TWICE, [pair(1, 1, "a", "b"), pair(1, 2, "a", "c")], {}),
        (Rule.TABLE_TWICE, [pair(1, 2, "a", "b"), pair(1, 2, "c", "d")], {}),
        (Rule.PAIR_TWICE, [pair(1, 1, "a", "b"), pair(2, 1, "b", "a")], {}),
        (Rule.PAIR_TWICE, [pair(1, 1, "a", "b", "d"), pair(2, 1, "b", "a")], {}),
        (Rule.ABSENT, [pair(3, 1, "a", "b")], {}),
        (Rule.ABSENT, [pair(2, 1, "a", "d")], {}),
        (Rule.REFUSED, [pair(1, 1, "b", "a")], {"forbidden": {frozenset("ab")}}),
        (
            Rule.REFUSED,
            [pair(1, 1, "a", "b", "d")],
            {"forbidden": {frozenset("bd")}},
        ),
        (
            Rule.KINDS,
            [pair(1, 1, "a", "b")],
            {"kinds": {frozenset(("company", "local_authority"))}},
        ),
        (Rule.NOT_A_CANDIDATE, [pair(1, 1, "a", "b")], {"candidates": ()}),
        (Rule.HOST_MOVED, [pair(1, 1, "a", "c")], {}),
        (Rule.MAXIMUM, GOOD, {"maximum": 1}),
        (Rule.QUOTA, GOOD, {"quotas": (Quota("association", "company", 0, 1),)}),
        (Rule.BUFFER, GOOD, {"buffer": 1}),
        (Rule.LOCKED, GOOD, {"locked": (pair(3, 1, "a", "d"),)}),
        (Rule.PAST, GOOD, {"open_from": 2}),
    ],
)
def test_each_broken_rule_is_caught(rule, meetings, changes):
    found = check(replace(PROBLEM, **changes), tuple(meetings))

    assert rule in {one.rule for one in found}


def test_a_broken_rule_says_where_and_who():
    found = check(PROBLEM, (pair(3, 1, "a", "b"),))

    assert found == (Violation(Rule.ABSENT, 3, 1, ("b",)),)


def test_a_host_walks_without_a_buffer():
    meetings = (pair(1, 2, "a", "c"), pair(2, 2, "b", "c"))

    assert check(replace(PROBLEM, buffer=1), meetings) == ()


def test_what_took_place_is_not_held_against_a_no_said_since():
    past = (pair(1, 1, "a", "b"),)
    problem = replace(
        PROBLEM, locked=past, open_from=2, forbidden=frozenset({frozenset("ab")})
    )

    assert check(problem, past) == ()
