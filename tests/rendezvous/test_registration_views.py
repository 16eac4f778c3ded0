"""Registering on a phone: who comes, for how long, with which needs; a place or a turn."""

import pytest
from django.urls import reverse

from alliances.enums import ActorKind
from rendezvous.enums import RegistrationState, SessionState
from rendezvous.models import Registration
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.sessions import registration_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), capacities={ActorKind.ASSOCIATION: 1})


@pytest.fixture
def membership():
    made = MembershipFactory(user__name="Ana Lopez", organisation__name="Roue libre")
    IntentionFactory(
        organisation=made.organisation, needs=["loan"], offers=["premises"]
    )
    return made


@pytest.fixture
def browser(client, membership):
    client.force_login(membership.user)
    return client


def url(name, session, organisation=None):
    args = [session.public_id, *([organisation.public_id] if organisation else [])]
    return reverse(f"rendezvous:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def filled(**values):
    return {
        "version": "1",
        "nom_1": "Ana Lopez",
        "arrive_1": "1",
        "part_1": "4",
        "besoins": ["loan"],
        "regles": "on",
        **values,
    }


def test_a_visitor_signs_in_then_comes_back(client, session):
    answer = client.get(url("registration_begin", session))

    assert answer.status_code == 302
    assert f"next={url('registration_begin', session)}" in answer.url


def test_the_only_organisation_is_chosen_already(browser, session, membership):
    answer = browser.get(url("registration_begin", session))

    assert answer.url == url("registration_edit", session, membership.organisation)


def test_who_acts_for_several_chooses(browser, session, membership):
    MembershipFactory(
        user=membership.user,
        organisation__name="Usine",
        organisation__kind=ActorKind.COMPANY,
    )

    page = text(browser.get(url("registration_begin", session)))

    assert "Roue libre" in page
    assert "cette session n’a pas de place pour sa nature" in page


def test_who_acts_for_none_is_led_to_describe_one(client, session):
    client.force_login(UserFactory())

    assert "Décrire mon organisation" in text(
        client.get(url("registration_begin", session))
    )


def test_the_form_is_filled_with_what_is_known(browser, session, membership):
    page = text(browser.get(url("registration_edit", session, membership.organisation)))

    assert 'value="Ana Lopez"' in page
    assert 'value="loan"' in page
    assert "Ni argent, ni vente." in page


def test_one_registers_with_people_hours_and_needs(browser, session, membership):
    path = url("registration_edit", session, membership.organisation)
    people = {
        "nom_2": "Bob  Martin",
        "arrive_2": "2",
        "part_2": "3",
        "seul_2": "on",
        "part_1": "2",
    }

    page = text(browser.post(path, filled(**people), follow=True))

    assert "votre place est réservée" in page
    registration = Registration.objects.get()
    assert (registration.state, registration.needs, registration.offers) == (
        RegistrationState.CONFIRMED,
        ["loan"],
        [],
    )
    lines = registration.attendees.order_by("position")
    assert list(lines.values_list("name", "user", "from_round", "until_round")) == [
        ("Ana Lopez", membership.user_id, 1, 2),
        ("Bob Martin", None, 2, 3),
    ]
    assert lines[1].shares_with is None


def test_the_page_tells_how_many_are_called_before(browser, session, membership):
    registration_of(session, OrganisationFactory())
    waiting = {"state": RegistrationState.WAITING}
    registration_of(session, OrganisationFactory(), **waiting)
    path = url("registration_edit", session, membership.organisation)

    page = text(browser.post(path, filled(), follow=True))

    assert "Vous êtes sur la liste d’attente" in page
    assert "1 organisation est appelée avant vous" in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"regles": ""}, "Acceptez les règles du jeu"),
        ({"nom_1": " "}, "Dites qui vient."),
        ({"nom_2": "ana lopez"}, "Cette personne est déjà inscrite"),
        ({"arrive_1": "4", "part_1": "2"}, "partirait avant d’arriver"),
        ({"version": "2"}, "Les règles du jeu viennent de changer"),
        ({"arrive_1": "9"}, "Sélectionnez un choix valide"),
        ({"besoins": ["equity"]}, "Sélectionnez un choix valide"),
    ],
    ids=str,
)
def test_what_is_refused_says_why_and_writes_nothing(
    browser, session, membership, values, said
):
    path = url("registration_edit", session, membership.organisation)

    answer = browser.post(path, filled(**values))

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Registration.objects.exists()


def test_what_was_said_is_found_again_to_be_corrected(browser, session, membership):
    path = url("registration_edit", session, membership.organisation)
    browser.post(path, filled(nom_2="Bob Martin"))

    page = text(browser.get(path))

    assert 'value="Bob Martin"' in page
    assert "Votre place est réservée" in page


def test_one_withdraws(browser, session, membership):
    browser.post(url("registration_edit", session, membership.organisation), filled())
    path = url("registration_cancel", session, membership.organisation)

    page = text(browser.post(path, follow=True))

    assert "n’est plus inscrite" in page
    assert Registration.objects.get().state == RegistrationState.CANCELLED


def test_closed_registrations_show_no_form(browser, session, membership):
    session.state = SessionState.CLOSED
    session.save()

    page = text(browser.get(url("registration_edit", session, membership.organisation)))

    assert "Les inscriptions ne sont pas ouvertes." in page
    assert 'name="nom_1"' not in page


def test_the_organisation_of_others_is_not_there(browser, session):
    other = OrganisationFactory()

    for name in ("registration_edit", "registration_cancel"):
        assert browser.post(url(name, session, other), filled()).status_code == 404
    assert not Registration.objects.exists()


def test_one_finds_again_where_one_comes(browser, session, membership):
    assert "Vous y venez" not in text(browser.get("/rencontres/"))
    browser.post(url("registration_edit", session, membership.organisation), filled())

    page = text(browser.get("/rencontres/"))

    assert page.index("Vous y venez") < page.index("Roue libre · Inscrite")


def test_what_others_come_to_is_not_among_ones_own(browser, session):
    registration_of(session, OrganisationFactory(name="ZQautre"))

    assert "ZQautre" not in text(browser.get("/rencontres/"))
