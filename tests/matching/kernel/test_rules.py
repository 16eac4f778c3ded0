"""Warnings, and the rules that adjust the named type."""

import numpy as np
import pytest

from matching.kernel import (
    TYPES,
    WARNINGS,
    explain_pair,
    naming_reasons,
    score_pair,
    warning_ids,
)
from tests.matching.kernel.population import association, company, configured, prepared


def warnings(one, other):
    ranking = score_pair(prepared(one, other), 0, 1)
    return {
        t: warning_ids(bits)
        for t, bits in zip(TYPES, ranking.warnings, strict=True)
        if bits
    }


def everywhere(rule):
    return dict.fromkeys(TYPES, (rule,))


CARE = {"sectors": frozenset({"care", "home"})}
TOYS = {"sectors": frozenset({"toys"})}


def peer(**changes):
    return association(public_id="peer", organisation="peer", **changes)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, {}),
        ({"general_interest": None}, {}, {"patronage": ("R01",)}),
        ({"staff": 2}, {"staff": 99}, {}),
        ({"staff": 2}, {"staff": 100}, everywhere("R06")),
        ({"staff": 0}, {"staff": 50}, everywhere("R06")),
        ({"staff": None}, {"staff": 5000}, {}),
        ({"square": (20, 0, 80, 0)}, {}, everywhere("R07")),
        ({}, {"square": (0, 20, 80, 0)}, {}),
        ({}, {"square": (20, 80, 0, 0)}, everywhere("R10")),
        ({"square": (20, 80, 0, 0)}, {}, {}),
        ({"maturity": 1}, {"maturity": 3}, {"societal_innovation": ("R13",)}),
        ({"maturity": 2}, {"maturity": 3}, {}),
        ({"kind": "local_authority"}, {}, {"economic_cooperation": ("R17",)}),
        ({"sectors": frozenset({"services_a_la_personne"})}, {}, everywhere("R22")),
    ],
)
def test_a_point_to_discuss_is_raised_when_the_data_is_there(one, other, expected):
    assert warnings(association(**one), company(**other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "competes"),
    [
        (association(**CARE), peer(**CARE), True),
        (association(**CARE), peer(**TOYS), False),
        (association(**CARE), peer(), False),
        (association(), peer(), False),
        (association(**CARE), peer(**CARE, perimeter=("AWAY",)), False),
        (association(**CARE), peer(**CARE, perimeter=()), False),
        (association(**CARE), company(**CARE), False),
        (association(**CARE, model="us_model"), company(**CARE), True),
    ],
)
def test_competitors_are_peers_of_one_sector_whose_territories_meet(
    one, other, competes
):
    ranking = score_pair(prepared(one, other), 0, 1)

    raised = ["R09" in warning_ids(bits) for bits in ranking.warnings]
    assert raised == [competes] * len(TYPES)


def test_every_warning_has_its_bit():
    every = 2 ** len(WARNINGS) - 1

    assert warning_ids(every) == tuple(warning.id for warning in WARNINGS)


def named(one, other, **settings):
    ranking = score_pair(
        prepared(one, other, configuration=configured(**settings)), 0, 1
    )
    name = TYPES[ranking.named_type[0]]
    formula = TYPES[ranking.formula_type[0]]
    return formula, name, naming_reasons(ranking.naming_reason[0])


INNOVATES = {"square": (0, 0, 0, 100), "offers": (("equity", None),)}
COOPERATES = {"square": (0, 0, 100, 0), "offers": (("service_payment", None),)}
SI, EC, RP, PA = (
    "societal_innovation",
    "economic_cooperation",
    "responsible_practices",
    "patronage",
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, (SI, SI, ())),
        ({"phase": "deployment"}, {}, (SI, EC, ("phase_deployment",))),
        ({"phase": "deployment"}, {"phase": "r_and_d"}, (SI, SI, ())),
        ({}, {"phase": "r_and_d"}, (SI, SI, ())),
        ({"maturity": 2}, {"maturity": 2}, (SI, SI, ())),
        ({"maturity": 1}, {}, (SI, RP, ("entry_door",))),
        ({}, {"maturity": 0}, (SI, RP, ("entry_door",))),
        (
            {"maturity": 1, "phase": "deployment"},
            {},
            (SI, EC, ("phase_deployment",)),
        ),
        ({"maturity": 1, "open_to": frozenset({SI})}, {}, (SI, SI, ())),
        (
            {"phase": "deployment", "open_to": frozenset({SI, RP})},
            {},
            (SI, SI, ()),
        ),
    ],
)
def test_phase_and_maturity_adjust_an_innovation(one, other, expected):
    assert named(association(**INNOVATES, **one), company(**INNOVATES, **other)) == (
        expected
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        ({}, (EC, EC, ())),
        ({"phase": "r_and_d"}, (EC, SI, ("phase_r_and_d",))),
        (
            {"phase": "r_and_d", "maturity": 1},
            (EC, RP, ("phase_r_and_d", "entry_door")),
        ),
    ],
)
def test_phase_and_maturity_adjust_a_cooperation(one, expected):
    assert named(association(**COOPERATES, **one), company(**COOPERATES)) == expected


def test_the_economic_actor_weighs_more_in_the_name():
    one = association(square=(0, 0, 100, 0))
    other = company(square=(0, 0, 0, 100))

    formula, _, _ = named(one, other)
    even, _, _ = named(
        one, other, naming__economic_exponent=0.5, naming__other_exponent=0.5
    )

    ranking = score_pair(prepared(one, other), 0, 1)
    weighed = ranking.high_score**0.7 * ranking.low_score**0.3
    assert TYPES.index(formula) == int(np.argmax(weighed))
    assert TYPES.index(even) == int(np.argmax(ranking.score))


def test_an_explanation_tells_the_rules_and_what_to_discuss():
    one = association(**INNOVATES, maturity=1, general_interest=None)

    found = explain_pair(prepared(one, company(**INNOVATES)), 0, 1)

    assert (found.named_type, found.naming_reasons) == (RP, ("entry_door",))
    assert found.discuss == ("uncovered_needs", "unknown:proximity")
    assert explain_pair(prepared(one, company()), 0, 1, type_code=PA).warnings == (
        "R01",
    )
