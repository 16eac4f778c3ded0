from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.scheduling.breaks import arrange, obstacles
from rendezvous.scheduling.problem import Meeting, Status
from rendezvous.scheduling.requested import (
    Request,
    RequestedMeetings,
    breaks_of,
    broken_rules,
)


def day(pairs, *, slots, tables, away=None):
    every = frozenset(range(1, slots + 1))
    requests = tuple(Request((a, b), every) for a, b in pairs)
    return RequestedMeetings(slots, tables, requests, away or {})


def fewest_by_trying(problem):
    best = None
    for slots in product(*(problem.slots_of(one) for one in problem.requests)):
        tables = [slots[:i].count(slot) + 1 for i, slot in enumerate(slots)]
        meetings = [
            Meeting(slot, table, one.ids)
            for slot, table, one in zip(slots, tables, problem.requests, strict=True)
        ]
        if not broken_rules(problem, meetings):
            breaks = sum(breaks_of(meetings).values())
            best = breaks if best is None else min(best, breaks)
    return best


@st.composite
def days(draw):
    people = "abcde"[: draw(st.integers(2, 5))]
    every = [a + b for a in people for b in people if a < b]
    pairs = draw(st.lists(st.sampled_from(every), max_size=5, unique=True))
    slots = draw(st.integers(1, 5))
    away = draw(
        st.dictionaries(
            st.sampled_from(people),
            st.frozensets(st.integers(1, slots), max_size=2),
            max_size=3,
        )
    )
    return day(pairs, slots=slots, tables=draw(st.integers(1, 2)), away=away)


@settings(deadline=None, max_examples=60)
@given(problem=days())
def test_the_fewest_breaks_are_those_found_by_trying_everything(problem):
    answer = arrange(problem)
    fewest = fewest_by_trying(problem)

    if fewest is None:
        assert (answer.status, answer.breaks) == (Status.INFEASIBLE, None)
        assert answer.reasons
    else:
        assert (answer.status, answer.breaks) == (Status.OPTIMAL, fewest)
        assert broken_rules(problem, answer.meetings) == ()


def test_an_idle_period_counts_once_however_long():
    meetings = [Meeting(1, 1, ("a", "b")), Meeting(5, 1, ("a", "c"))]

    assert breaks_of(meetings) == {"a": 1, "b": 0, "c": 0}


def test_more_meetings_than_slots_are_told_with_their_numbers():
    problem = day(["ab", "ac", "ad"], slots=2, tables=1)

    assert [(one.code, one.facts) for one in obstacles(problem)] == [
        ("too_many_meetings", {"meetings": 3, "tables": 1, "slots": 2, "room": 2}),
        ("too_many_meetings_of_one", {"id": "a", "meetings": 3, "slots": 2}),
    ]


@pytest.mark.parametrize(
    ("rule", "meetings"),
    [
        ("requests", [Meeting(1, 1, ("a", "b"))]),
        ("slots", [Meeting(1, 1, ("a", "b")), Meeting(9, 1, ("a", "c"))]),
        ("tables", [Meeting(1, 3, ("a", "b")), Meeting(2, 1, ("a", "c"))]),
        ("person_twice", [Meeting(1, 1, ("a", "b")), Meeting(1, 2, ("a", "c"))]),
        ("table_twice", [Meeting(1, 1, ("a", "b")), Meeting(1, 1, ("a", "c"))]),
    ],
)
def test_each_broken_rule_of_a_day_is_caught(rule, meetings):
    assert rule in broken_rules(day(["ab", "ac"], slots=3, tables=2), meetings)


def test_breaks_shared_too_unevenly_are_caught():
    pairs = ["ab", "ac", "ad", "ae"]
    meetings = [Meeting(2 * i + 1, 1, tuple(ids)) for i, ids in enumerate(pairs)]

    assert broken_rules(day(pairs, slots=7, tables=1), meetings) == ("uneven",)
