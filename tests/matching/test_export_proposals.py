import csv
import io
import json

import pytest
from django.core.management import CommandError, ManagementUtility, call_command

from alliances.enums import Means
from alliances.interchange.neutralise import restored
from alliances.models import Intention
from matching.models import Proposal
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.matching import compute, population, worked_pair
from tests.factories.territories import TerritoryFactory

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


def test_the_columns_are_those_of_the_public_format():
    out = io.StringIO(newline="")
    call_command("export_proposals", stdout=out)

    assert out.getvalue() == (
        "organisation,partner,type,rank,score,confidence,own_objectives,own_needs,"
        "own_domains,own_territory,own_proximity,own_score,partner_objectives,"
        "partner_needs,partner_domains,partner_territory,partner_proximity,"
        "partner_score\r\n"
    )


def test_each_organisation_has_its_best_partners_first_and_no_more_than_asked():
    population(30)
    compute()

    lines = exported("--top", "3")

    by_owner = {}
    for line in lines:
        by_owner.setdefault(line["organisation"], []).append(line)
    assert list(by_owner) == sorted(by_owner)
    for found in by_owner.values():
        assert [line["rank"] for line in found] == ["1", "2", "3"][: len(found)]
        best = [best_score(line) for line in found]
        assert best == sorted(best, reverse=True)


def best_score(line):
    one, other = line["organisation"], line["partner"]
    rows = Proposal.objects.filter(low__organisation__key__in=(one, other))
    return rows.get(high__organisation__key__in=(one, other)).best_score


def test_a_type_ranks_by_its_own_score():
    population(30)
    compute()

    lines = exported("--type", "patronage", "--organisation", "org-1")

    scores = [float(line["score"]) for line in lines]
    assert {line["type"] for line in lines} <= {"patronage"}
    assert scores == sorted(scores, reverse=True)


def test_every_type_has_its_line_under_the_rank_of_the_pair():
    population(30)
    compute()

    lines = exported("--all-types", "--organisation", "org-1")

    pairs = {(line["partner"], line["rank"]) for line in lines}
    assert len({partner for partner, _ in pairs}) == len(pairs)
    assert len({(line["partner"], line["type"]) for line in lines}) == len(lines)


def test_the_lines_are_the_same_in_json():
    population(12)
    compute()
    out = io.StringIO()
    call_command("export_proposals", "--format", "jsonl", stdout=out)

    lines = [json.loads(line) for line in out.getvalue().splitlines()]

    assert [
        {name: "" if value is None else str(value) for name, value in line.items()}
        for line in lines
    ] == exported()


def test_an_organisation_with_several_intentions_keeps_its_best_pair():
    _association, company = worked_pair()
    IntentionFactory(
        organisation=company.organisation, is_default=False, offers=[Means.LOAN]
    )
    compute()

    (line,) = exported("--organisation", "asso")

    assert Proposal.objects.count() == 2
    assert round(float(line["score"]), 4) == 0.7693


def test_a_territory_keeps_the_organisations_that_act_there():
    worked_pair()
    place = TerritoryFactory(code="44109", latitude_deg=47.2)
    IntentionFactory(organisation=OrganisationFactory(key="nantes", seat=place))
    compute()

    lines = exported("--territory", "COM-44109")

    assert {line["organisation"] for line in lines} == {"nantes"}


def test_keys_of_two_sources_are_told_apart():
    association, _company = worked_pair()
    OrganisationFactory(key="asso", source="autre")
    association.organisation.source = "une"
    association.organisation.save()
    compute()

    lines = exported("--organisation", "une:asso")

    assert [line["organisation"] for line in lines] == ["une:asso"]
    with pytest.raises(CommandError, match="Plusieurs"):
        exported("--organisation", "asso")


def test_a_text_that_a_spreadsheet_would_compute_is_neutralised():
    association, _company = worked_pair()
    association.organisation.key = "=1+1"
    association.organisation.save()
    compute()

    assert {line["organisation"] for line in exported()} == {"'=1+1", "ent"}


@pytest.mark.parametrize("key", ["=1+1", "-cle", "＝1", "'=1", "\n=1", "'tis"])
def test_a_key_comes_back_from_a_file_as_it_was(key):
    association, _company = worked_pair()
    association.organisation.key = key
    association.organisation.save()
    compute()

    shown = {line["organisation"] for line in exported()}
    out = io.StringIO()
    call_command("export_proposals", "--format", "jsonl", stdout=out)

    assert {restored(text) for text in shown} == {key, "ent"}
    assert not any(text.startswith(("=", "-", "＝", "\n")) for text in shown)
    assert {
        json.loads(line)["organisation"] for line in out.getvalue().splitlines()
    } == {
        key,
        "ent",
    }


def test_who_no_longer_looks_for_partners_is_left_out():
    _association, company = worked_pair()
    compute()
    Intention.objects.filter(pk=company.pk).update(state="closed")

    assert exported() == []


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--top", "0"], 2),
        (["--top", "٣"], 2),
        (["--type", "don"], 2),
        (["--type", "patronage", "--all-types"], 2),
        (["--format", "xlsx"], 2),
        (["--territory", "COM-99999"], 1),
        (["--territory", "\0"], 1),
        (["--organisation", "inconnue"], 1),
    ],
)
def test_what_cannot_be_done_is_said_by_the_exit_status(arguments, status, capsys):
    """From the command line: 2 for a wrong use, 1 for a refused value, no output."""
    command = ManagementUtility(["manage.py", "export_proposals", *arguments])

    with pytest.raises(SystemExit) as stopped:
        command.execute()

    assert stopped.value.code == status
    shown = capsys.readouterr()
    assert (shown.out, bool(shown.err)) == ("", True)
