"""Somebody finds their organisation, imported without members, and brings a colleague."""

import datetime as dt
import json

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts.sealing import unseal
from alliances.enums import MandateRole
from alliances.models import Mandate, Membership
from notifications.models import Delivery
from tests.browser import sign_in
from tests.e2e.test_journey_partners import DESK, PHONE, check
from tests.e2e.world import vineyard
from tests.factories.accounts import UserFactory, add_second_factor

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request, browser_page):
    browser_page.set_viewport_size(request.param)
    return browser_page


def become(page, live_server, person):
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    sign_in(page, client, live_server)


@pytest.fixture
def organisation():
    """Imported, described, and nobody's."""
    return vineyard()


def test_from_a_page_without_members_to_a_team_of_two(page, live_server, organisation):
    dina, leo = UserFactory(name="Dina Perrot"), UserFactory(name="Léo Martin")
    become(page, live_server, dina)
    asks(page, live_server, organisation)
    become(page, live_server, catalyst_of(organisation))
    accepts(page, live_server, organisation)
    become(page, live_server, dina)
    invites(page, live_server, "leo@exemple.test")
    become(page, live_server, leo)
    joins(page, live_server)
    become(page, live_server, dina)
    hands_over(page, live_server, organisation, leo)

    [left] = Membership.objects.filter(organisation=organisation)
    assert (left.user, left.role, left.is_lead) == (leo, "referent", True)


def catalyst_of(organisation):
    catalyst = UserFactory(name="Cathy Lafont")
    add_second_factor(catalyst)
    Mandate.objects.create(
        user=catalyst,
        territory=organisation.seat,
        role=MandateRole.CATALYST,
        starts_on=dt.date(2026, 1, 1),
    )
    return catalyst


def asks(page, live_server, organisation):
    page.goto(f"{live_server.url}/organisations/{organisation.public_id}/")
    page.get_by_role("link", name="Rejoignez-la").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    check(page)
    page.get_by_label("Votre fonction").fill("coordinatrice")
    page.get_by_label("Ce qui permet de le vérifier").fill("page « Équipe » du site")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_text("En attente d’une réponse")).to_be_visible()
    check(page)


def accepts(page, live_server, organisation):
    page.goto(f"{live_server.url}/demandes/")
    check(page)
    page.get_by_role("link", name=organisation.name).click()
    expect(page.get_by_text("page « Équipe » du site")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Dina Perrot rejoint l’organisation.")).to_be_visible()


def invites(page, live_server, address):
    page.goto(f"{live_server.url}/organisations/miennes/")
    check(page)
    page.get_by_role("link", name="L’équipe").click()
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text(f"L’invitation part vers {address}.")).to_be_visible()
    check(page)


def joins(page, live_server):
    letter = Delivery.objects.get(kind="invitation")
    page.goto(live_server.url + json.loads(unseal(letter.sealed))["path"])
    check(page)
    page.get_by_role("button", name="Rejoindre l’équipe").click()
    expect(page.get_by_text("Bienvenue chez")).to_be_visible()
    check(page)


def hands_over(page, live_server, organisation, successor):
    page.goto(f"{live_server.url}/organisations/{organisation.public_id}/equipe/")
    page.locator("summary", has_text=successor.name).click()
    check(page)
    page.get_by_label("Nouveau rôle").last.select_option("referent")
    page.get_by_role("button", name="Changer le rôle").last.click()
    page.get_by_role("link", name="Quitter cette organisation").click()
    check(page)
    page.get_by_label("Qui prend votre suite").select_option(successor.public_id)
    page.get_by_role("button", name="Quitter l’organisation").click()
    expect(page.get_by_text("Vous avez quitté")).to_be_visible()
