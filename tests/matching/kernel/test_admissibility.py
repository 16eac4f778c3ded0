"""Who is never proposed to whom, and what is said of it to the operator."""

import numpy as np
import pytest

from matching.kernel import (
    TYPES,
    obstacles,
    rank_all,
    score_pair,
)
from tests.matching.kernel.population import association, company, prepared


def admissible(one, other):
    ranking = score_pair(prepared(one, other), 0, 1)
    return tuple(
        t for t, score in zip(TYPES, ranking.type_scores[0], strict=True) if score >= 0
    )


def causes(one, other):
    return [
        (obstacle.rule.id, obstacle.types, obstacle.side)
        for obstacle in obstacles(prepared(one, other), 0, 1)
    ]


ALL_BUT_PATRONAGE = TYPES[1:]


@pytest.mark.parametrize(
    ("one", "other", "types", "cause"),
    [
        ({}, {}, TYPES, []),
        (
            {"general_interest": False},
            {},
            ALL_BUT_PATRONAGE,
            [("R01", ("patronage",), "low")],
        ),
        ({"general_interest": None}, {}, TYPES, []),
        (
            {"general_interest": None, "model": "us_model"},
            {},
            ALL_BUT_PATRONAGE,
            [("R01", ("patronage",), "low")],
        ),
        ({"general_interest": True, "model": "us_model"}, {}, TYPES, []),
        (
            {"open_to": frozenset({"patronage"})},
            {},
            ("patronage",),
            [("openness", ALL_BUT_PATRONAGE, "low")],
        ),
        (
            {},
            {"open_to": frozenset()},
            (),
            [("openness", TYPES, "high")],
        ),
        (
            {"excluded_kinds": frozenset({"company"})},
            {},
            (),
            [("R04_kind", TYPES, "low")],
        ),
        (
            {"sectors": frozenset({"arms", "toys"})},
            {"excluded_sectors": frozenset({"arms", "oil"})},
            (),
            [("R04_sector", TYPES, "high")],
        ),
        (
            {"excluded_organisations": frozenset({"company", "nobody"})},
            {},
            (),
            [("R04_organisation", TYPES, "low")],
        ),
        (
            {},
            {"organisation": "association"},
            (),
            [("same_organisation", TYPES, "both")],
        ),
        (
            {"domains": {"health": 3}, "needs": (), "offers": ()},
            {},
            (),
            [("nothing_in_common", TYPES, "both")],
        ),
        ({"domains": {"health": 3}}, {}, TYPES, []),
        ({"needs": (), "offers": ()}, {}, TYPES, []),
    ],
)
def test_a_hard_rule_keeps_types_out_and_says_which(one, other, types, cause):
    one, other = association(**one), company(**other)

    assert (admissible(one, other), causes(one, other)) == (types, cause)


def test_kinds_say_which_types_are_possible():
    first, second = company(), company(public_id="b", organisation="b")

    assert admissible(first, second) == ()
    assert ("kinds", TYPES, "both") in causes(first, second)


def test_a_foundation_gives_to_an_association():
    one = association(general_interest=False)
    other = company(kind="foundation")

    assert admissible(one, other) == ("societal_innovation",)
    assert ("R01", ("patronage",), "low") in causes(one, other)


@pytest.mark.parametrize(
    "change",
    [
        {"excluded_kinds": frozenset({"company"})},
        {"excluded_organisations": frozenset({"company"})},
        {"excluded_sectors": frozenset({"toys"})},
    ],
)
def test_an_excluded_pair_is_absent_from_both_lists(change):
    toys = company(sectors=frozenset({"toys"}))
    ranking = rank_all(prepared(association(**change), toys))

    assert len(ranking) == 0


def test_nobody_is_proposed_to_an_empty_population():
    ranking = rank_all(prepared(association()))

    assert (len(ranking), ranking.type_scores.shape) == (0, (0, 4))
    assert ranking.low.dtype == np.int64
