"""Records are checked when they become columns."""

from dataclasses import replace

import numpy as np
import pytest

from matching.kernel import Territories, build_profiles, prepare
from matching.kernel.profiles import Profiles
from tests.matching.kernel.population import (
    CONFIGURATION,
    TERRITORIES,
    association,
    company,
    prepared,
)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "club"}, "kind 'club' is not one of association"),
        ({"kind": None}, "kind None is not one of"),
        ({"size": "huge"}, "size 'huge'"),
        ({"model": "x"}, "model 'x'"),
        ({"phase": "x"}, "phase 'x'"),
        ({"needs": (("gold", None),)}, "needs 'gold'"),
        ({"offers": (("gold", "HERE"),)}, "offers 'gold'"),
        ({"offers": (("loan", "MARS"),)}, "unknown area 'MARS'"),
        ({"perimeter": ("HERE", "MARS")}, "unknown area 'MARS'"),
        ({"domains": {"gold": 1}}, "domains 'gold'"),
        ({"domains": {"health": 11}}, "domains: weights must be from 0 to 10"),
        ({"domains": {"health": np.nan}}, "domains: weights must be from 0 to 10"),
        ({"square": (50, 50)}, "square needs 4 weights"),
        ({"square": (50, 50, 50, 50)}, "square: known rows need 4 weights"),
        ({"square": (120, -20, 0, 0)}, "square: known rows need 4 weights"),
        ({"square": (100, 0, 0, np.nan)}, "square: known rows need 4 weights"),
        ({"open_to": frozenset({"x"})}, "'x' is not one of patronage"),
        ({"excluded_kinds": frozenset({"x"})}, "'x' is not one of association"),
        ({"maturity": 4}, "maturity: values must be from -1 to below 4"),
        ({"solicitations": -1}, "solicitations: values must be from 0"),
        ({"staff": -3.0}, "staff: must be non-negative"),
        ({"points": ((91.0, 0.0),)}, "points_deg: latitude within ±90"),
        ({"points": ((np.nan, 0.0),)}, "points_deg: latitude within ±90"),
    ],
)
def test_a_record_with_a_mistake_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        build_profiles([association(**changes)], TERRITORIES)


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ({"HERE": np.array([], int)}, "area 'HERE' has no commune"),
        ({"HERE": np.array([4])}, "area 'HERE' names unknown communes"),
        ({"HERE": np.array([-1])}, "area 'HERE' names unknown communes"),
    ],
)
def test_an_area_with_a_mistake_is_refused(areas, message):
    with pytest.raises(ValueError, match=message):
        build_profiles([association()], Territories(np.ones(4), areas))


def test_two_intentions_of_the_same_identifier_are_refused():
    with pytest.raises(ValueError, match="public_ids: must be unique"):
        build_profiles([association(), association()], TERRITORIES)


def columns(**changes) -> Profiles:
    return replace(build_profiles([association(), company()], TERRITORIES), **changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": np.array([0])}, r"kind: shape \(1,\), expected \(2,\)"),
        ({"needs": np.zeros((2, 3), bool)}, r"needs: shape \(2, 3\)"),
        ({"links": np.zeros((1, 3), int)}, r"links: shape \(1, 3\)"),
        ({"point_offsets": np.array([0, 1])}, r"point_offsets: shape \(2,\)"),
        ({"point_offsets": np.array([0, 1, 5])}, "from 0 to the number of points"),
        ({"point_offsets": np.array([0, 3, 2])}, "point_offsets: must not decrease"),
        ({"population": np.array([0.0])}, "population: must be at least 1"),
        ({"perimeter": np.array([0, 9])}, "perimeter: values must be from -1"),
        ({"need_entries": np.array([[0, 24, 0]])}, "need_entries: values must be"),
    ],
)
def test_columns_that_disagree_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        columns(**changes)


def test_columns_cannot_be_written():
    with pytest.raises(ValueError, match="read-only"):
        columns().kind[0] = 1


def test_a_null_population_counts_as_one():
    profiles = build_profiles([association()], TERRITORIES)

    assert profiles.population.tolist() == [900.0, 100.0, 1.0, 1.0]


def test_perimeters_of_the_same_communes_are_one():
    three = [
        association(perimeter=("HERE", "BESIDE")),
        company(),
        company(public_id="c", perimeter=("BESIDE", "HERE")),
    ]

    assert len(build_profiles(three, TERRITORIES).perimeters) == 1


@pytest.mark.parametrize(
    "priority", [np.zeros(16), np.ones(3), np.full(16, np.nan), np.full(16, np.inf)]
)
def test_priorities_are_sixteen_positive_numbers(priority):
    with pytest.raises(ValueError, match="needs 16 positive numbers"):
        prepare(prepared().profiles, CONFIGURATION, domain_priority=priority)
