"""docs/evaluation.md says what is measured."""

from pathlib import Path

import pytest

from matching.evaluation import (
    engine,
    outcomes,
    plain_sum,
    quality_of,
    same_place_same_cause,
    without,
)
from matching.kernel import COMPONENTS, default_configuration
from tests.matching.evaluation.partnerships import study

PAGE = Path(__file__).parents[3].joinpath("docs", "evaluation.md").read_text()
CONFIGURATION = default_configuration()
PARTS = {
    "Kept aside": lambda one: one.pair.is_told and one.pair.is_kept_aside,
    "Looked at": lambda one: one.pair.is_told and not one.pair.is_kept_aside,
    "All that are told": lambda one: one.pair.is_told,
    "All, told or not": lambda _: True,
}


def written(part):
    """Return the cells of the table of a part, by the first of each row."""
    lines = PAGE.partition(f"### {part}\n")[2].strip().splitlines()[2:]
    rows = [line.strip("| ").split(" | ") for line in lines[: 3 + len(COMPONENTS)]]
    return {name: cells for name, *cells in rows}


def cell(measure):
    return f"{measure.value:.2f} [{measure.low:.2f}–{measure.high:.2f}] {measure.n}"


def cells(found):
    quality = quality_of(found)
    names = any(one.named is not None for one in found)
    return [
        cell(quality.recall),
        cell(quality.reciprocal_rank),
        cell(quality.type_accuracy) if names else "–",
    ]


def ways():
    found = {
        f"without {name}": outcomes(study(), without(CONFIGURATION, name))
        for name in COMPONENTS
    }
    for name, way in (
        ("engine", engine),
        ("plain weighted sum", plain_sum),
        ("same place, same cause", same_place_same_cause),
    ):
        found[name] = outcomes(study(), CONFIGURATION, way=way)
    return found


@pytest.fixture(scope="module")
def measured():
    return ways()


@pytest.mark.parametrize("part", PARTS)
def test_the_latest_figures_are_those_of_the_published_configuration(part, measured):
    figures = {
        name: cells([one for one in found if PARTS[part](one)])
        for name, found in measured.items()
    }

    assert written(part) == figures


def test_the_version_measured_is_the_published_one():
    assert f"Configuration {CONFIGURATION.version}." in PAGE
