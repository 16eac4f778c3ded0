"""The coordinator's journey on a phone: from nothing to an organisation to propose."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alliances.description.steps import Step
from alliances.models import Intention, Organisation
from tests.browser import fits, sign_in, violations
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
DAY = dt.date(2026, 11, 21)


@pytest.fixture
def phone(client, live_server, browser_page):
    """A phone on which somebody is signed in, near Saint-Nazaire."""
    commune = TerritoryFactory(name="Saint-Nazaire", code="44184")
    TerritoryFactory(epci=True, name="La Carène", communes=[commune])
    TerritoryFactory(department=True, name="Loire-Atlantique", communes=[commune])
    TerritoryFactory(region=True, name="Pays de la Loire", communes=[commune])
    TerritoryFactory(country=True)
    browser_page.set_viewport_size(PHONE)
    client.force_login(UserFactory(email="camille@exemple.test"))
    sign_in(browser_page, client, live_server)
    return browser_page


def check(page):
    """Nothing overflows the phone, and axe finds nothing wrong."""
    assert fits(page)
    assert violations(page) == []


def go_on(page, title):
    page.get_by_role("button", name=re.compile("continuer|terminer", re.I)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state("load")  # what is typed before the scripts is not saved


def saved(page):
    expect(page.locator("#save-status")).to_contain_text("Enregistré à")


def test_an_association_is_described_on_a_phone_until_it_can_be_matched(
    phone, live_server
):
    phone.goto(live_server.url + reverse("alliances:organisation_create"))
    say_who_and_where(phone)
    say_what_for(phone)
    say_what_is_sought_and_brought(phone)
    say_the_rest(phone)

    organisation = Organisation.objects.get(name="Roue libre")
    assert list(Intention.objects.matchable_on(DAY)) == [organisation.intentions.get()]
    assert organisation.intentions.get().needs.get().note == "un atelier de 60 m²"
    assert organisation.exclusions_answered_at is not None


def say_who_and_where(page):
    check(page)
    page.get_by_label("Le nom de votre organisation").fill("Roue libre")
    page.get_by_label(re.compile("^Association")).check()
    go_on(page, "Où vous agissez")
    check(page)
    page.get_by_label("Dans quelle commune").press_sequentially("saint-na")
    page.get_by_role("option", name=re.compile("Saint-Nazaire")).click()
    go_on(page, "Où vous agissez")
    page.get_by_label(re.compile("La Carène")).check()
    saved(page)
    check(page)
    go_on(page, "Vos sujets")


def say_what_for(page):
    page.get_by_label("Mobilité").select_option("10")
    saved(page)
    check(page)
    go_on(page, "Votre carré des objectifs")
    for corner, weight in {"hr": 20, "stk": 20, "eco": 50, "inn": 10}.items():
        page.locator(f"[name=square_{corner}]").fill(str(weight))
    page.locator("[name=square_inn]").press("Tab")
    saved(page)  # the notice it brings moves the button that is clicked next
    check(page)
    go_on(page, "Ce que vous cherchez, ce que vous apportez")


def say_what_is_sought_and_brought(page):
    page.get_by_text(re.compile("^Matériels")).first.click()
    page.locator("[name=need-premises-0-on]").check()
    page.locator("[name=need-premises-0-note]").fill("un atelier de 60 m²")
    page.get_by_text(re.compile("^Humains")).last.click()
    page.locator("[name=offer-publics_knowledge-0-on]").check()
    saved(page)
    expect(page.locator("#edition-progress")).to_contain_text("suffit")
    check(page)
    go_on(page, "À quoi vous êtes ouverts")


def say_the_rest(page):
    check(page)
    go_on(page, "Ce que vous refusez")
    page.get_by_label("Nous n’excluons personne").check()
    saved(page)
    check(page)
    go_on(page, "Ce qui se voit")
    check(page)
    go_on(page, "Ce qui se passe ensuite")
    check(page)


def test_what_is_typed_is_saved_told_and_taken_back_without_leaving_the_page(
    phone, live_server, client
):
    membership = MembershipFactory(organisation__name="Vélos pour tous")
    IntentionFactory(organisation=membership.organisation)
    client.force_login(membership.user)
    sign_in(phone, client, live_server)
    step = [membership.organisation.public_id, Step.IDENTITY]
    phone.goto(live_server.url + reverse("alliances:organisation_step", args=step))

    phone.locator("[name=name]").fill("Vélos pour toutes et tous")
    phone.locator("[name=name]").press("Tab")
    saved(phone)
    phone.get_by_text("Vos numéros officiels").click()
    phone.locator("[name=siren]").fill("123 456 789")
    phone.locator("[name=siren]").press("Tab")
    expect(phone.locator("#slot-siren")).to_contain_text("clé de contrôle")
    expect(phone.locator("[name=siren]")).to_have_attribute("aria-invalid", "true")

    membership.organisation.refresh_from_db()
    assert membership.organisation.name == "Vélos pour toutes et tous"
    phone.get_by_role("button", name="Annuler ce changement").click()
    expect(phone.locator("[name=name]")).to_have_value("Vélos pour tous")


def test_a_lost_connection_is_told_and_what_is_typed_stays(
    chromium, live_server, client
):
    organisation = IntentionFactory().organisation
    client.force_login(MembershipFactory(organisation=organisation).user)
    page = chromium.new_page(viewport=PHONE)  # its console may say what failed
    sign_in(page, client, live_server)
    step = [organisation.public_id, Step.IDENTITY]
    page.goto(live_server.url + reverse("alliances:organisation_step", args=step))

    page.context.set_offline(True)
    page.locator("[name=summary]").fill("Nous réparons des vélos.")
    page.locator("[name=summary]").press("Tab")

    expect(page.locator("#save-status")).to_contain_text("Pas enregistré")
    expect(page.locator("[name=summary]")).to_have_value("Nous réparons des vélos.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Où vous agissez")
    organisation.refresh_from_db()
    assert organisation.summary == "Nous réparons des vélos."
    page.close()
