"""docs/matching.md says what the engine computes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from matching.kernel import (
    HARD_RULES,
    KINDS,
    MEANS,
    QUADRANTS,
    TYPES,
    WARNINGS,
    Intention,
    Territories,
    build_profiles,
    default_configuration,
    prepare,
    score_pair,
    with_weights,
)

PAGE = Path(__file__).parents[3].joinpath("docs", "matching.md").read_text()
TERRITORIES = Territories(
    np.array([900.0, 100.0]), {"SMALL": np.array([0]), "LARGE": np.array([0, 1])}
)
SHORT = dict(zip(("PA", "RP", "EC", "SI"), TYPES, strict=True))


def rows(first_cell):
    """Return the cells of the rows of the page that start with one of the names."""
    lines = [line.strip("| ") for line in PAGE.splitlines() if line.startswith("| ")]
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [cells for cells in table if cells[0] in first_cell]


def worked_pair(weights=None):
    block = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
    intentions = [
        Intention(
            public_id=kind,
            organisation=kind,
            kind=kind,
            square=tuple(block[kind]["square"]),
            needs=tuple((means, None) for means in block[kind]["needs"]),
            offers=tuple((means, None) for means in block[kind]["offers"]),
            domains=block[kind]["domains"],
            perimeter=(block[kind]["perimeter"],),
        )
        for kind in ("association", "company")
    ]
    configuration = default_configuration()
    if weights is not None:
        configuration = with_weights(configuration, weights)
    prepared = prepare(build_profiles(intentions, TERRITORIES), configuration)
    return score_pair(prepared, 0, 1), TYPES.index(block["type"])


def test_the_worked_pair_scores_as_written():
    ranking, t = worked_pair()
    found = {
        "association": [*ranking.low_components[t], ranking.low_score[t]],
        "company": [*ranking.high_components[t], ranking.high_score[t]],
    }

    written = {
        cells[0]: cells[1:] for cells in rows(("association", "company"))
        if cells[5:6] == ["–"]
    }  # fmt: skip

    assert written == {
        side: ["–" if np.isnan(value) else f"{value:.4f}" for value in values]
        for side, values in found.items()
    }


def test_the_worked_pair_ends_with_its_score_and_confidence():
    ranking, t = worked_pair()

    written = re.search(r"= \*\*(0\.\d+)\*\*, confidence \*\*(0\.\d+)\*\*", PAGE)

    assert written.groups() == (
        f"{ranking.score[t]:.4f}",
        f"{ranking.confidence[t]:.2f}",
    )


def test_the_pair_under_other_weights_scores_as_written():
    part = PAGE.partition("### The same pair under other weights")[2]
    part = part.partition("\n## ")[0]
    weights = [0.25, 0.30, 0.25, 0.60, 0.05]

    ranking, t = worked_pair(weights)

    for kind, score in (
        ("association", ranking.low_score[t]),
        ("company", ranking.high_score[t]),
    ):
        (line,) = (line for line in part.splitlines() if line.startswith(f"| {kind}"))
        total, known, written = re.findall(r"[0-9.]+(?= \|)", line)
        assert f"{score:.4f}" == written
        assert f"{float(total) / float(known):.3f}" == f"{score:.3f}"
    score, confidence = re.findall(r"\*\*([0-9.]+)\*\*", part)
    assert f"{ranking.score[t]:.4f}" == score
    assert f"{ranking.confidence[t]:.4f}" == confidence
    assert f"{sum(weights):.2f}" in part


def test_every_number_and_its_origin_are_in_the_page():
    part = PAGE.partition("## Where every number comes from")[2].partition("\n## ")[0]
    table = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in part.splitlines()
        if line.startswith("| ")
    ][1:]

    written = {name: (value, origin) for name, value, origin, why in table if why}

    assert written == {
        name: (shown(setting.value), setting.origin)
        for name, setting in default_configuration().settings.items()
        if not name.startswith("coalition.")
    }


def shown(value):
    if isinstance(value, int | float):
        return f"{value:g}"
    is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return ", ".join(value) if is_texts else "table"


def test_every_hard_rule_is_in_the_page_with_its_source():
    part = PAGE.partition("Hard rules, kept as data")[2].partition("\n\nCompetitors")[0]
    found = {}
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        found |= dict.fromkeys(cells[0].split(", "), cells[-1])

    for rule in HARD_RULES:
        if rule.source.startswith("docs/matching.md"):
            assert found[rule.id] == "DESIGN", rule.id
        else:
            assert found[rule.id].rpartition("l.")[2] in rule.source, rule.id


def test_every_warning_is_in_the_page_with_its_severity_and_source():
    part = PAGE.partition("## Rules: points to discuss")[2].partition("\n## ")[0]
    lines = [line.strip("| ") for line in part.splitlines() if line.startswith("| R")]
    found = {cells[0].strip(): cells for cells in (line.split("|") for line in lines)}

    for warning in WARNINGS:
        _, severity, _, source = (cell.strip() for cell in found[warning.id])
        assert severity == warning.severity
        assert source == warning.source


def test_the_worth_of_means_is_that_of_the_configuration():
    written = [[float(cell) for cell in cells[1:]] for cells in rows(MEANS)]

    assert written == default_configuration().worth.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_fit_of_quadrants_is_that_of_the_configuration(kind):
    fit = default_configuration().settings[f"fit.{kind}"].value
    order = [SHORT[code] for code in ("RP", "EC", "SI", "PA")]

    written = [cells[1:] for cells in rows((kind,)) if "/" in cells[1]]

    assert written == [
        [" / ".join(str(fit[quadrant][t]) for t in order) for quadrant in QUADRANTS]
    ]


def test_who_may_be_proposed_to_whom_is_that_of_the_configuration():
    allowed = default_configuration().admissible
    table = [cells for cells in rows(KINDS) if len(cells) == len(KINDS) + 1]

    for cells in table:
        row = KINDS.index(cells[0])
        for column, cell in enumerate(cells[1:]):
            if cell:
                types = {SHORT[code] for code in cell.split() if code != "–"}
                found = {TYPES[t] for t in np.flatnonzero(allowed[row, column])}
                assert found == types
    assert len(table) == 4
    assert not allowed[4:, 4:].any()


def test_every_rule_raised_is_in_the_page():
    ids = [warning.id for warning in WARNINGS]
    table = PAGE.partition("## Rules: points to discuss")[2].partition("\n## ")[0]

    assert re.findall(r"^\| (R[0-9]+) \|", table, re.MULTILINE) == ids


def test_the_weights_are_those_of_the_configuration():
    names = ("objectives", "needs", "domains", "territory", "proximity")

    written = [float(cells[2]) for cells in rows(names)]

    assert written == default_configuration().weights.tolist()
