import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.scheduling.files import read_session
from rendezvous.scheduling.problem import (
    Candidate,
    Meeting,
    Participant,
    Problem,
    Quota,
)
from rendezvous.scheduling.refusals import Fault, RefusedError

SESSION = {
    "rounds": 12,
    "tables": 80,
    "seed": 7,
    "participants": [
        {"id": "p1", "kind": "association", "from": 1, "until": 12, "table": None},
        {"id": "p2", "kind": "company", "table": 3, "min": 1, "max": 2, "away": [4]},
        {"id": "p3"},
    ],
    "pairs": [{"a": "p1", "b": "p2", "value": 0.73}],
    "triples": [{"ids": ["p1", "p2", "p3"], "value": 1}],
    "forbidden": [["p1", "p3"]],
    "kinds": [["association", "company"]],
    "min": 4,
    "max": 10,
    "quotas": [{"kind": "association", "other": "company", "min": 1, "max": 3}],
    "locked": [{"round": 1, "table": 3, "ids": ["p1", "p2"]}],
    "previous": [{"round": 2, "table": 1, "ids": ["p1", "gone"]}],
    "open_from": 1,
    "closed": [[2, 5]],
    "buffer": 0,
    "spread": 2,
    "floor": 0.9,
}


def test_a_session_is_read_whole():
    problem, seed = read_session(json.dumps(SESSION))

    assert (problem, seed) == (
        Problem(
            rounds=12,
            tables=80,
            participants=(
                Participant("p1", "association", last=12),
                Participant(
                    "p2",
                    "company",
                    table=3,
                    minimum=1,
                    maximum=2,
                    away=frozenset({4}),
                ),
                Participant("p3"),
            ),
            candidates=(
                Candidate(("p1", "p2"), 0.73),
                Candidate(("p1", "p2", "p3"), 1.0),
            ),
            forbidden=frozenset({frozenset({"p1", "p3"})}),
            kinds=frozenset({frozenset({"association", "company"})}),
            minimum=4,
            maximum=10,
            quotas=(Quota("association", "company", 1, 3),),
            locked=(Meeting(1, 3, ("p1", "p2")),),
            previous=(Meeting(2, 1, ("p1", "gone")),),
            closed=frozenset({(2, 5)}),
            spread=2,
            floor=0.9,
        ),
        7,
    )


def test_rounds_and_tables_are_enough():
    assert read_session('{"rounds": 1, "tables": 0}') == (Problem(1, 0, ()), None)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"rounds": None}, [("rounds", Fault.MISSING)]),
        ({"rounds": True}, [("rounds", Fault.NOT_WHOLE)]),
        ({"rounds": 10**9}, [("rounds", Fault.OUT_OF_RANGE)]),
        ({"seats": 3}, [("seats", Fault.UNKNOWN_KEY)]),
        ({"pairs": {}}, [("pairs", Fault.NOT_LIST)]),
        ({"kinds": [["a"]]}, [("kinds[0]", Fault.NOT_TWO)]),
        (
            {"pairs": [{"a": "p1", "b": "p9", "value": 1}]},
            [("pairs[0]", Fault.UNKNOWN_PARTICIPANT)],
        ),
        (
            {"pairs": [{"a": "p1", "b": "p1", "value": 1}]},
            [("pairs[0]", Fault.NOT_TWO)],
        ),
        (
            {"pairs": [{"a": "p1", "b": "p2", "value": -1}]},
            [("pairs[0].value", Fault.OUT_OF_RANGE)],
        ),
        (
            {"pairs": [{"a": "p1", "b": "p2"}]},
            [("pairs[0].value", Fault.MISSING)],
        ),
        (
            {"participants": [{"id": "p1"}, {"id": "p1"}], "pairs": [], "triples": [],
             "forbidden": [], "locked": []},
            [("participants[1].id", Fault.TWICE)],
        ),
        (
            {"locked": [{"round": 1, "table": 4, "ids": ["p1", "p2"]}]},
            [("locked", Fault.BROKEN)],
        ),
        ({"floor": 1.5}, [("floor", Fault.OUT_OF_RANGE)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(changes, refused):
    with pytest.raises(RefusedError) as caught:
        read_session(json.dumps(SESSION | changes))

    assert [(one.column, one.fault) for one in caught.value.refusals] == refused


@pytest.mark.parametrize("text", ["", "{", "[1,", "\0", '{"a": 1e999', "[" * 100_000])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(RefusedError) as caught:
        read_session(text)

    assert [one.fault for one in caught.value.refusals] == [Fault.SYNTAX]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400"])
def test_a_value_that_is_no_number_is_refused(value):
    text = json.dumps(SESSION).replace("0.73", value)

    with pytest.raises(RefusedError) as caught:
        read_session(text)

    assert [one.column for one in caught.value.refusals] == ["pairs[0].value"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "a", "round", "ids"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(SESSION)), value=anything)
def test_any_value_is_read_or_refused(key, value):
    try:
        problem, _ = read_session(json.dumps({**SESSION, key: value}))
    except RefusedError as error:
        assert error.refusals  # noqa: PT017
    else:
        assert problem.rounds >= 1
