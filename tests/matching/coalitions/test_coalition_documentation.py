"""docs/matching.md says what the tables compute."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from matching.coalitions import (
    Subject,
    actors_of,
    build_table,
    every_coalition,
    next_members,
    propose,
    value_of,
)
from matching.kernel import (
    FUNCTIONS,
    Intention,
    Territories,
    build_profiles,
    default_configuration,
    prepare,
)

PAGE = Path(__file__).parents[3].joinpath("docs", "matching.md").read_text()
SECTION = PAGE[PAGE.index("## Who is missing around the table") :]
LAND = Territories(
    np.array([900.0, 100.0]), {"SMALL": np.array([0]), "LARGE": np.array([0, 1])}
)
CONFIGURATION = default_configuration()
WRITTEN = json.loads(re.search(r"```json\n(.*?)```", SECTION, re.DOTALL)[1])
NAMES = list(WRITTEN)


def worked():
    intentions = [
        Intention(
            public_id=name,
            organisation=name,
            kind=said["kind"],
            square=(25, 25, 25, 25),
            needs=tuple((means, None) for means in said["needs"]),
            offers=tuple((means, None) for means in said["offers"]),
            domains={"mobility": 10},
            perimeter=(said["perimeter"],),
            general_interest=said["kind"] != "company",
        )
        for name, said in WRITTEN.items()
    ]
    return prepare(build_profiles(intentions, LAND), CONFIGURATION)


def table(group=()):
    prepared = worked()
    actors = actors_of(prepared.profiles, np.arange(4), "mobility")
    return build_table(prepared, Subject("mobility", np.array([0, 1]), group), actors)


def test_the_worked_coalitions_are_worth_what_is_written():
    laid = table()
    found = {
        " ".join(NAMES[laid.rows[row]] for row in rows): round(
            value_of(laid.problem, rows), 4
        )
        for rows in every_coalition(laid.problem)
    }
    lines = re.findall(
        r"^\| ((?:\w+ ){2,3}\w+) \| ([0-9.]+) \|$", SECTION, re.MULTILINE
    )

    assert {name: float(value) for name, value in lines} == found


def test_the_worked_proposal_is_the_one_written():
    (first,) = propose(table(), CONFIGURATION)
    written = re.findall(r"0\.[0-9]{4}", SECTION[SECTION.index("Their six pairs") :])
    pairs = np.sort(table().problem.agreement[np.triu_indices(4, 1)]).round(4)

    assert [NAMES[seat.row] for seat in first.seats] == NAMES
    assert NAMES[first.motor] == "garage"
    assert first.bound == pytest.approx(first.value)
    assert first.terms == pytest.approx((0.28, 0.30, 0.10, 0.1621, -0.02), abs=5e-5)
    assert sorted(map(float, written[:6])) == pairs.tolist()
    assert float(written[6]) == round(first.agreement, 4)


def test_the_worked_next_members_are_those_written():
    laid = table((0, 1))

    joining = next_members(laid, laid.problem.group)

    assert [
        (NAMES[one.row], one.adds.means, one.adds.functions) for one in joining
    ] == [
        ("mairie", ("premises",), ("public_policy", "competent_authority")),
        ("labo", (), ("evaluator",)),
    ]


def test_the_page_gives_the_settings_in_use():
    value = re.search(r"`V = (.*)`", SECTION)[1]
    numbers = [
        CONFIGURATION.number(f"coalition.{name}")
        for name in (
            "weight.means",
            "weight.functions",
            "weight.territory",
            "weight.agreement",
            "seat_cost",
        )
    ]

    assert [float(n) for n in re.findall(r"0\.[0-9]+", value)] == numbers
    assert (
        f"`lead_weight` = {CONFIGURATION.number('coalition.lead_weight'):.0f} "
        in SECTION
    )
    for function in FUNCTIONS:
        (line,) = re.findall(rf"^\| `{function}` \| (.*) \|$", SECTION, re.MULTILINE)
        rows = CONFIGURATION.settings["coalition.functions"].value
        for _function, kind, means in (row for row in rows if row[0] == function):
            assert (means or kind) in line
