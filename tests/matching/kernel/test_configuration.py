"""The configuration is checked when it is read, and written back unchanged."""

import json

import pytest

from matching.kernel import ORIGINS, Configuration, default_configuration
from tests.matching.kernel.population import configured

DEFAULT = default_configuration()


def changed(name, part, value):
    mapping = DEFAULT.to_mapping()
    mapping["settings"][name][part] = value
    return mapping


def test_it_goes_through_json_unchanged():
    text = json.dumps(DEFAULT.to_mapping())

    assert Configuration.from_mapping(json.loads(text)) == DEFAULT
    assert json.dumps(Configuration.from_mapping(json.loads(text)).to_mapping()) == text


def test_what_is_read_cannot_be_changed_from_outside():
    mapping = DEFAULT.to_mapping()
    read = Configuration.from_mapping(mapping)

    mapping["settings"]["fit.company"]["value"]["hr"]["patronage"] = 0
    read.to_mapping()["settings"]["fit.company"]["value"]["hr"]["patronage"] = 0

    assert read == DEFAULT


def test_every_setting_says_where_it_comes_from():
    origins = {setting.origin for setting in DEFAULT.settings.values()}
    sources = [setting.source for setting in DEFAULT.settings.values()]

    assert origins <= set(ORIGINS)
    assert all(source.strip() for source in sources)


def test_a_value_that_changes_is_used():
    assert configured(weight__needs=0.6).weights.tolist() == [
        0.25,
        0.6,
        0.25,
        0.15,
        0.05,
    ]


def test_a_version_stored_before_the_tables_reads_with_the_published_ones():
    mapping = DEFAULT.to_mapping()
    for name in [n for n in mapping["settings"] if n.startswith("coalition.")]:
        del mapping["settings"][name]

    assert Configuration.from_mapping(mapping) == DEFAULT


TABLE = DEFAULT.settings["means_worth"].value
ROW = DEFAULT.settings["fit.company"].value


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({}, "'version' must be"),
        ({"version": " ", "settings": {}}, "'version' must be"),
        ({"version": "1", "settings": []}, "'settings' must be a table"),
        ({"version": "1", "settings": {}}, "missing settings: admissible"),
        (
            {"version": "1", "settings": {**DEFAULT.to_mapping()["settings"], "x": 1}},
            "unknown settings: x",
        ),
        (changed("weight.needs", "origin", "GUESS"), "origin 'GUESS' is not one of"),
        (changed("weight.needs", "source", ""), "the source must say"),
        (changed("weight.needs", "source", None), "the source must say"),
        (changed("weight.needs", "extra", 1), "needs exactly 'value'"),
        (changed("weight.needs", "value", -1), "must be a non-negative number"),
        (changed("weight.needs", "value", True), "must be a non-negative number"),
        (changed("weight.needs", "value", "1"), "must be a non-negative number"),
        (changed("weight.needs", "value", float("nan")), "must be a non-negative"),
        (changed("weight.needs", "value", 10**400), "must be a non-negative number"),
        (changed("territory.half_distance_km", "value", 0), "must be positive"),
        (changed("territory.distance_factor", "value", 1.5), "must be at most 1"),
        (changed("list.kept", "value", 2.5), "must be a whole number"),
        (changed("warning.tension_sectors", "value", "x"), "must be a list of texts"),
        (changed("warning.tension_sectors", "value", [1]), "must be a list of texts"),
        (changed("means_worth", "value", {}), "needs exactly the rows donation"),
        (changed("means_worth", "value", []), "needs exactly the rows donation"),
        (
            changed("means_worth", "value", {**TABLE, "loan": {"patronage": 1}}),
            "means_worth.loan: needs exactly the types",
        ),
        (
            changed(
                "fit.company", "value", {**ROW, "hr": {**ROW["hr"], "patronage": 4}}
            ),
            "fit.company.hr.patronage: must be from 0 to 3",
        ),
        (changed("admissible", "value", {}), "must be a list of"),
        (changed("admissible", "value", [["company", "association"]]), "is not"),
        (changed("admissible", "value", [["company", {}, []]]), "is not"),
        (changed("admissible", "value", [["company", "x", []]]), "is not"),
        (changed("admissible", "value", [["company", "academic", [{}]]]), "is not"),
        (
            changed(
                "admissible",
                "value",
                [["company", "academic", []], ["academic", "company", []]],
            ),
            "academic and company are given twice",
        ),
        (changed("coalition.smallest", "value", 1), "coalition.smallest: from 2"),
        (changed("coalition.smallest", "value", 7), "to coalition.largest"),
        (changed("coalition.largest", "value", 25), "24 at most"),
        (changed("coalition.nodes", "value", 0), "must be positive"),
        (changed("coalition.group_share", "value", 2), "must be at most 1"),
        (changed("coalition.functions", "value", {}), "must be a list of"),
        (
            changed("coalition.functions", "value", [["evaluator", "x", None]]),
            "must be a list of",
        ),
        (
            changed("coalition.functions", "value", [["evaluator", "academic", "x"]]),
            "must be a list of",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_name(mapping, message):
    with pytest.raises(ValueError, match=message):
        Configuration.from_mapping(mapping)


def test_weights_that_are_all_null_are_refused():
    names = ("objectives", "needs", "domains", "territory", "proximity")

    with pytest.raises(ValueError, match="at least one weight must be positive"):
        configured(**{f"weight__{name}": 0 for name in names})
