import csv
import io

import pytest
from django.core.management import call_command

from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


def exported(*arguments):
    out = io.StringIO(newline="")
    call_command("export_proposals", *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_the_worked_pair_is_exported_with_its_figures():
    worked_pair()
    compute()

    asso, ent = exported()

    assert {
        name: asso[name] for name in ("organisation", "partner", "type", "rank")
    } == {
        "organisation": "asso",
        "partner": "ent",
        "type": "patronage",
        "rank": "1",
    }
    assert [round(float(asso[f"own_{c}"]), 4) for c in ("objectives", "needs")] == [
        0.8667,
        0.5,
    ]
    assert (asso["own_territory"], asso["own_proximity"]) == ("1.0", "")
    assert [asso["own_score"], asso["partner_score"]] == [
        ent["partner_score"],
        ent["own_score"],
    ]
    assert round(float(asso["own_score"]), 4) == 0.8070
    assert round(float(asso["partner_score"]), 4) == 0.7333
    assert round(float(asso["score"]), 4) == 0.7693
    assert asso["score"] == ent["score"]


def test_the_scores_of_both_sides_give_the_score_of_every_line():
    worked_pair()
    compute()

    for line in exported("--all-types"):
        product = float(line["own_score"]) * float(line["partner_score"])
        assert float(line["score"]) == pytest.approx(product**0.5, abs=1e-12)
    assert {line["type"] for line in exported("--all-types")} == {
        "patronage",
        "responsible_practices",
        "economic_cooperation",
        "societal_innovation",
    }
