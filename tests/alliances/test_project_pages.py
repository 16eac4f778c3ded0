"""The pages of projects: who has one never sees the word, who has several edits each."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from alliances.description.steps import PROJECT_ORDER, ProjectStep
from alliances.models import Intention, Organisation
from alliances.services import projects as services
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.form_reader import form_data

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
ACTIONS = ("proposer", "clore", "principal", "supprimer")


@pytest.fixture
def own(client):
    """A member's organisation, whose description is complete."""
    seat = TerritoryFactory(name="Clisson", code="44043")
    main = IntentionFactory(
        organisation=OrganisationFactory(name="Vélos pour tous", seat=seat)
    )
    client.force_login(MembershipFactory(organisation=main.organisation).user)
    return main.organisation


def url(name, organisation, *more):
    return reverse(f"alliances:{name}", args=[organisation.public_id, *more])


def add(organisation, title="Jardins", *, proposed=False):
    made = services.create_project(organisation.pk, title)
    if proposed:
        services.open_project(made.pk)
    return Intention.objects.get(pk=made.pk)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_who_has_one_is_offered_another_and_no_more(client, own):
    page = client.get(reverse("alliances:my_organisations")).content.decode()

    assert f'href="{url("project_create", own)}"' in page
    assert f'href="{url("project_list", own)}"' not in page


def test_who_has_several_is_led_to_their_list(client, own):
    add(own)
    page = client.get(reverse("alliances:my_organisations")).content.decode()

    assert url("project_list", own) in page
    assert "2 projets" in page


def test_a_project_is_added_named_described_and_proposed(client, own):
    page = client.get(url("project_create", own))
    response = client.post(
        url("project_create", own), form_data(page) | {"title": "  Jardins  partagés "}
    )
    made = own.intentions.get(is_default=False)
    assert made.title == "Jardins partagés"
    assert response.url == url("project_step", own, made.public_id, ProjectStep.PLACES)

    for step in PROJECT_ORDER[1:]:
        address = url("project_step", own, made.public_id, step)
        response = client.post(address, form_data(client.get(address)))
        assert response.status_code == 302, step
    assert response.url == url("project_list", own)

    client.post(url("project_act", own, made.public_id, "proposer"))
    assert list(
        Intention.objects.matchable_on(timezone.localdate()).filter(pk=made.pk)
    ) == [made]


def test_adding_twice_by_a_double_click_makes_one(client, own):
    first = client.post(url("project_create", own), {"title": "Jardins"})
    second = client.post(url("project_create", own), {"title": "Jardins"})

    assert own.intentions.count() == 2
    assert first.url == second.url


@pytest.mark.parametrize(
    "title", ["", "+++", "a" * 161, "a%00b", "%D9%A3" * 200, "%0A"]
)
def test_a_name_that_cannot_be_is_said(client, own, title):
    form = "application/x-www-form-urlencoded"
    address = url("project_create", own)
    response = client.post(address, f"title={title}", content_type=form)

    assert response.status_code in (200, 400)
    assert own.intentions.count() == 1


def test_a_name_already_borne_is_said_beside_the_field(client, own):
    add(own, proposed=True)
    response = client.post(url("project_create", own), {"title": "jardins"})

    assert response.context["form"].errors == {
        "title": ["Un autre de vos projets porte déjà ce nom."]
    }


def test_one_project_too_many_is_said(client, own):
    for number in range(9):
        add(own, f"Projet {number}")
    response = client.post(url("project_create", own), {"title": "De trop"})

    assert "Vous avez déjà 10 projets" in response.content.decode()


@pytest.mark.parametrize("step", ProjectStep)
def test_sending_a_step_untouched_changes_nothing(client, own, step):
    made = add(own)
    before = Intention.objects.values().get(pk=made.pk)
    address = url("project_step", own, made.public_id, step)
    client.post(address, form_data(client.get(address)))

    assert Intention.objects.values().get(pk=made.pk) == before


def test_what_is_typed_in_a_project_leaves_the_main_one_alone(client, own):
    made = add(own)
    address = url("project_step", own, made.public_id, ProjectStep.DOMAINS)
    sent = form_data(client.get(address)) | {"mobility": "", "poor_housing": "6"}
    client.post(address, sent, **HTMX)

    main = own.intentions.get(is_default=True)
    assert [line.domain for line in made.domains.all()] == ["poor_housing"]
    assert [line.domain for line in main.domains.all()] == ["mobility"]


def test_the_last_save_of_a_project_is_taken_back_there_alone(client, own):
    made = add(own)
    address = url("project_step", own, made.public_id, ProjectStep.DOMAINS)
    client.post(address, form_data(client.get(address)) | {"mobility": "3"})

    elsewhere = reverse(
        "alliances:organisation_undo", args=[own.public_id, ProjectStep.DOMAINS]
    )
    assert said(client.post(elsewhere)) == ["Il n’y a plus rien à annuler."]
    here = url("project_undo", own, made.public_id, ProjectStep.DOMAINS)
    assert said(client.post(here))[-1] == (
        "Annulé\u202f: «\u202fLes sujets de ce projet\u202f» est comme avant."
    )
    assert made.domains.get().weight == 10


def test_two_who_write_at_once_are_shown_both_versions(client, own):
    made = add(own)
    address = url("project_step", own, made.public_id, ProjectStep.NAME)
    stale = form_data(client.get(address)) | {"title": "Le mien"}
    client.post(address, form_data(client.get(address)) | {"title": "Le sien"})
    response = client.post(address, stale)

    assert response.status_code == 409
    (difference,) = response.context["differences"]
    assert (difference.typed, difference.stored) == ("Le mien", "Le sien")


def test_a_name_borne_elsewhere_is_not_saved(client, own):
    add(own, "Jardins")
    made = add(own, "Ateliers")
    address = url("project_step", own, made.public_id, ProjectStep.NAME)
    data = form_data(client.get(address)) | {"title": "Jardins"}
    page, fragment = client.post(address, data), client.post(address, data, **HTMX)

    for response in (page, fragment):
        assert "Un autre de vos projets porte déjà ce nom." in response.content.decode()
    made.refresh_from_db()
    assert made.title == "Ateliers"


def test_a_pause_has_a_day_to_come(client, own):
    made = add(own, proposed=True)
    address = url("project_pause", own, made.public_id)
    today = timezone.localdate()
    for wrong in ("", "hier", "2001-01-01", "9999-12-31", "٢٠٢٦-١٢-٠١", "\x00"):
        response = client.post(address, {"until": wrong})
        assert response.status_code in (200, 400), wrong
        assert Intention.objects.get(pk=made.pk).state == "open"

    until = today + dt.timedelta(days=30)
    client.post(address, {"until": until.isoformat()})
    made.refresh_from_db()
    assert (made.state, made.paused_until) == ("paused", until)


def test_what_is_no_longer_possible_is_said_and_nothing_breaks(client, own):
    made, main = add(own, proposed=True), own.intentions.get(is_default=True)
    told = [
        said(client.post(url("project_act", own, one.public_id, action)))
        for one, action in (
            (made, "supprimer"),
            (main, "supprimer"),
            (made, "proposer"),
            (made, "clore"),
            (made, "principal"),
            (made, "proposer"),
        )
    ]
    changed = "Ce n’est plus possible\u202f: le projet a changé."
    assert [texts[-1] for texts in told] == [
        changed,
        changed,
        "«\u202fJardins\u202f» va être proposé à des partenaires.",
        "«\u202fJardins\u202f» est clos\u202f; vous pourrez le reprendre.",
        changed,
        "«\u202fJardins\u202f» va être proposé à des partenaires.",
    ]


def test_an_incomplete_project_is_led_to_what_it_lacks(client, own):
    made = add(own)
    made.domains.all().delete()
    response = client.post(url("project_act", own, made.public_id, "proposer"))

    assert response.url == url("project_step", own, made.public_id, ProjectStep.DOMAINS)


def test_another_organisations_project_is_not_found_under_ones_own_address(client, own):
    other = IntentionFactory(title="À eux").public_id
    unknown = ("", "x", "inconnu", "%00", "é" * 300)
    gets = [url("project_edit", own, other)]
    gets += [url("project_step", own, other, step) for step in ProjectStep]
    posts = [url("project_act", own, other, action) for action in ACTIONS]
    posts += [url("project_pause", own, other), *gets[1:]]
    posts += [url("project_undo", own, other, ProjectStep.NAME)]

    assert {client.get(one).status_code for one in gets} == {404}
    assert {client.post(one).status_code for one in posts} == {404}
    mine = own.intentions.get().public_id
    wrong = [
        f"{url('project_list', own)}{word}/modifier/nom/" for word in unknown if word
    ]
    wrong += [f"{url('project_list', own)}{mine}/modifier/etape/"]
    assert {client.get(one).status_code for one in wrong} <= {400, 404}
    act = f"{url('project_list', own)}{mine}/faire/autre/"
    assert client.post(act).status_code == 404


def test_a_draft_is_deleted(client, own):
    made = add(own)
    response = client.post(url("project_act", own, made.public_id, "supprimer"))

    assert own.intentions.count() == 1
    assert client.get(response.url).status_code == 200
    address = url("project_step", own, made.public_id, ProjectStep.NAME)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_costs_the_same_number_of_queries(
    client, own, count, django_assert_num_queries
):
    for number in range(count):
        add(own, f"Projet {number}", proposed=number % 2 == 0)
    client.get(url("project_list", own))
    with django_assert_num_queries(7):
        client.get(url("project_list", own))


def test_the_page_of_an_organisation_shows_its_public_projects_alone(client, own):
    for title in ("Ouvert", "Clos", "En pause", "Brouillon"):
        add(own, title, proposed=title != "Brouillon")
    by_title = {one.title: one.pk for one in own.intentions.all()}
    services.close_project(by_title["Clos"])
    services.pause_project(by_title["En pause"], dt.date(2999, 1, 1))
    client.logout()
    address = reverse("alliances:organisation_detail", args=[own.public_id])
    shown = client.get(address).context["profile"].projects

    assert [one.intention.title for one in shown] == ["", "Ouvert", "En pause"]
    api = client.get(f"/api/v1/organisations/{own.public_id}/").json()
    assert [
        (one["title"], one["is_default"], one["state"], one["paused_until"])
        for one in api["intentions"]
    ] == [
        ("", True, "open", None),
        ("Ouvert", False, "open", None),
        ("En pause", False, "paused", "2999-01-01"),
    ]


def test_a_project_is_journalled(client, own):
    made = add(own, proposed=True)
    client.post(url("project_act", own, made.public_id, "principal"))
    address = reverse("alliances:organisation_journal", args=[own.public_id])
    page = client.get(address).content.decode()

    assert "a ouvert le projet «\u202fJardins\u202f»" in page
    assert "a modifié le projet «\u202fprojet principal\u202f»" in page


def test_nobody_else_opens_these_pages(client, own):
    made = add(own)
    client.force_login(MembershipFactory().user)
    for address in (
        url("project_list", own),
        url("project_create", own),
        url("project_step", own, made.public_id, ProjectStep.NAME),
    ):
        assert client.get(address).status_code == 404
    assert Organisation.objects.filter(pk=own.pk).exists()


def test_a_pause_that_is_over_is_no_longer_told(client, own):
    told = []
    for day in (timezone.localdate(), timezone.localdate() - dt.timedelta(days=1)):
        own.intentions.update(state="paused", paused_until=day)
        address = reverse("alliances:organisation_detail", args=[own.public_id])
        told.append("En pause jusqu’au" in client.get(address).content.decode())

    assert told == [True, False]
