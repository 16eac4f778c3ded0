"""Several projects: proposals between them, shown between organisations."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Establishment, Intention, Need
from alliances.services import projects
from matching.models import Proposal
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
HEALTH = [FragilityDomain.HEALTH]


@pytest.fixture
def place():
    return TerritoryFactory(name="Clisson", latitude_deg=47.09, longitude_deg=-1.28)


@pytest.fixture
def own(place):
    """An association with two projects: bicycles, gardens."""
    organisation = OrganisationFactory(
        name="Roue libre", key="asso", seat=place, general_interest=True
    )
    IntentionFactory(organisation=organisation, title="Vélos")
    IntentionFactory(
        organisation=organisation, is_default=False, title="Jardins", domains=HEALTH
    )
    return organisation


@pytest.fixture
def other(place):
    """A company that suits the gardens, with a second project for bicycles."""
    organisation = OrganisationFactory(
        name="Société", key="ent", kind=ActorKind.COMPANY, seat=place
    )
    sides = {"needs": [Means.NETWORKS], "offers": [Means.DONATION]}
    IntentionFactory(organisation=organisation, domains=HEALTH, **sides)
    IntentionFactory(
        organisation=organisation, is_default=False, title="Mobilité", **sides
    )
    return organisation


@pytest.fixture
def member(client, own):
    client.force_login(MembershipFactory(organisation=own).user)
    return client


def project(organisation, title):
    return Intention.objects.get(organisation=organisation, title=title)


def address(name, *organisations):
    return reverse(f"matching:{name}", args=[one.public_id for one in organisations])


def shown(client, own, **query):
    """The cards of a list, by what each is between."""
    found = client.get(address("proposal_list", own), query).context["found"]
    return [
        (card.organisation.name, card.own_project, card.project) for card in found.cards
    ]


def test_a_partner_has_one_line_whatever_the_projects(member, own, other):
    compute()

    assert Proposal.objects.count() == 4
    (line,) = shown(member, own)
    assert line in [
        ("Société", "Vélos", "Mobilité"),
        ("Société", "Jardins", "projet principal"),
    ]


def test_the_list_is_narrowed_to_one_project(member, own, other):
    compute()

    for title, facing in (("Vélos", "Mobilité"), ("Jardins", "projet principal")):
        chosen = project(own, title).public_id
        assert shown(member, own, projet=chosen) == [("Société", title, facing)]
    response = member.get(address("proposal_list", own), {"projet": chosen})
    text = response.content.decode().replace("\u202f", " ")
    assert "pour « Jardins »" in text
    assert "Pour votre projet « Jardins »." in text
    assert "De leur côté : « projet principal »." in text
    assert f"projet={chosen}" in text


@pytest.mark.parametrize("is_public", [True, False])
def test_a_project_that_is_not_ones_own_is_ignored_and_said(
    client, own, other, is_public
):
    if not is_public:
        client.force_login(MembershipFactory(organisation=own).user)
    draft = projects.create_project(own.pk, "Brouillon")
    compute()
    for wrong in (
        draft.public_id,
        project(other, "Mobilité").public_id,
        "inconnu",
        "%00",
        "\u0663" * 12,
        "x" * 5000,
    ):
        response = client.get(address("proposal_list", own), {"projet": wrong})
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            assert list(response.context["form"].errors) == ["projet"]
            assert len(response.context["found"].cards) == 1


def test_a_paused_or_closed_project_is_shown_no_more_at_once(member, own, other):
    compute()
    gardens = project(own, "Jardins")
    projects.pause_project(gardens.pk, timezone.localdate() + dt.timedelta(days=9))

    assert shown(member, own) == [("Société", "", "Mobilité")]
    assert (
        "projet"
        in member.get(address("proposal_list", own), {"projet": gardens.public_id})
        .context["form"]
        .errors
    )
    projects.close_project(project(own, "Vélos").pk)
    assert shown(member, own) == []


def test_who_has_one_project_reads_the_word_nowhere(client, own, place):
    alone = IntentionFactory(
        organisation__kind=ActorKind.COMPANY,
        organisation__seat=place,
        offers=[Means.DONATION],
        needs=[Means.NETWORKS],
    ).organisation
    projects.close_project(project(own, "Jardins").pk)
    compute()
    client.force_login(MembershipFactory(organisation=alone).user)
    page = client.get(address("proposal_list", alone))

    assert len(page.context["found"].cards) == 1
    text = page.content.decode()
    for word in ("Pour votre projet", "De leur côté", 'name="projet"', "un projet, un"):
        assert word not in text


def test_a_pair_leads_to_each_project_that_it_is_proposed_for(member, own, other):
    compute()
    page = member.get(address("proposal_detail", own, other))
    links = page.context["projects"]

    assert [link.name for link in links] == ["Vélos", "Jardins"]
    for link in links:
        card = member.get(link.url).context["card"]
        assert card.own_project == link.name


def test_a_comparison_says_which_projects_it_is_between(member, own, other, place):
    IntentionFactory(
        organisation=OrganisationFactory(
            name="Autre société", kind=ActorKind.COMPANY, seat=place
        ),
        needs=[Means.NETWORKS],
        offers=[Means.DONATION],
    )
    compute()
    kept = [
        one.organisation.public_id
        for one in Intention.objects.exclude(organisation=own)
        .filter(is_default=True)
        .select_related("organisation")
    ]
    chosen = project(own, "Jardins").public_id
    query = {"avec": kept, "projet": chosen}
    rows = member.get(address("proposal_compare", own), query).context["rows"]
    (row,) = [row for row in rows if row.label == "Projets"]

    assert {cell.text.replace("\u202f", " ") for cell in row.cells} == {
        "Roue libre : « Jardins » ; Société : « projet principal »",
        "Roue libre : « Jardins »",
    }


def test_programs_read_both_sides_and_choose(member, own, other):
    compute()
    url = reverse("api:proposal-list", args=[own.public_id])
    gardens = project(own, "Jardins")
    (found,) = member.get(url, {"intention": gardens.public_id}).json()["results"]

    assert found["own_intention"] == {
        "public_id": gardens.public_id,
        "title": "Jardins",
    }
    assert found["partner_intention"]["title"] == ""
    for wrong in ("inconnu", project(other, "Mobilité").public_id):
        assert member.get(url, {"intention": wrong}).status_code == 400


def test_a_draft_cannot_be_told_from_what_does_not_exist(client, own, other):
    draft = projects.create_project(own.pk, "Brouillon").public_id
    compute()
    api = reverse("api:proposal-list", args=[own.public_id])
    for url, name in ((api, "intention"), (address("proposal_list", own), "projet")):
        answers = {
            client.get(url, {name: asked}).content.decode().replace(asked, "…")
            for asked in (draft, "abcdefghjkmn")
        }
        assert len(answers) == 1


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_pages_cost_the_same_whatever_the_projects(member, own, other):
    urls = (address("proposal_list", own), address("proposal_detail", own, other))
    compute()
    before = [queries_of(member, url) for url in urls]
    for number in range(5):
        made = projects.create_project(own.pk, f"Projet {number}")
        projects.open_project(made.pk)
    compute()

    assert [queries_of(member, url) for url in urls] == before
    assert max(before) < 60


def exported(*arguments):
    out = io.StringIO(newline="")
    call_command("export_proposals", *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_a_file_has_one_line_per_partner_for_the_best_pair(own, other):
    compute()

    lines = exported("--organisation", "asso")
    assert [(one["partner"], one["rank"]) for one in lines] == [("ent", "1")]
    best = max(Proposal.objects.values_list("best_score", flat=True))
    (line,) = [
        one
        for one in exported("--organisation", "asso", "--all-types")
        if float(one["score"]) == best
    ]
    assert line["partner"] == "ent"


def test_an_explanation_is_that_of_the_best_pair(own, other):
    compute()
    out = io.StringIO()
    call_command("explain", "asso", "ent", stdout=out)
    facts = json.loads(out.getvalue())

    best = Proposal.objects.order_by("-best_score").first()
    assert facts["proposed"]
    assert set(facts["a"]) == {"key", "source", "name", "kind"}
    assert max(filter(None, facts["types"].values())) == pytest.approx(best.best_score)


def needs_of(own, other):
    """What the needs of one side count for, facing another."""
    compute()
    out = io.StringIO()
    keys = (own.organisation.key, other.organisation.key)
    call_command("explain", *keys, "--type", "patronage", stdout=out)
    components = json.loads(out.getvalue())["sides"]["a"]["components"]
    return next(one["value"] for one in components if one["component"] == "needs")


def test_a_need_limited_to_a_place_counts_there_alone(place):
    far = TerritoryFactory(name="Nice", latitude_deg=43.7, longitude_deg=7.3)
    company = {
        "organisation__kind": ActorKind.COMPANY,
        "needs": [Means.NETWORKS],
        "offers": [Means.DONATION],
    }
    asking = IntentionFactory(
        organisation__seat=place,
        organisation__general_interest=True,
        perimeter=[place, far],
    )
    here = IntentionFactory(organisation__seat=place, **company)
    there = IntentionFactory(organisation__seat=far, **company)
    Need.objects.filter(intention=asking).update(territory=far)

    assert (needs_of(asking, here) or 0) < needs_of(asking, there)


def test_an_establishment_brings_nearer(place):
    far = TerritoryFactory(name="Nice", latitude_deg=43.7, longitude_deg=7.3)
    asking = IntentionFactory(organisation__seat=place)
    giving = IntentionFactory(
        organisation__seat=far, organisation__kind=ActorKind.COMPANY
    )

    def nearness():
        out = io.StringIO()
        keys = (asking.organisation.key, giving.organisation.key)
        call_command("explain", *keys, stdout=out)
        components = json.loads(out.getvalue())["sides"]["a"]["components"]
        return next(
            one["value"] for one in components if one["component"] == "territory"
        )

    before = nearness()
    Establishment.objects.create(organisation=giving.organisation, commune=place)
    assert nearness() > before
