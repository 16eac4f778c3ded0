"""A meeting suggested by a catalyst, answered by both, in a real browser."""

import pytest
from playwright.sync_api import expect

from jobs.services import drain
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.matching import compute
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)
WORDS = "Les Vélos cherchent un local à 300 mètres de vos ateliers, qui sont vides le jeudi."


def check(page):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert violations(page) == []


def side(name, seat, **values):
    membership = MembershipFactory(
        organisation__name=name, organisation__seat=seat, is_lead=True
    )
    IntentionFactory(organisation=membership.organisation, **values)
    return membership.organisation, membership.user


def act_as(page, client, live_server, person):
    client.force_login(person)
    sign_in(page, client, live_server)


def suggest(page, live_server):
    page.goto(f"{live_server.url}/organisations/miennes/")
    page.locator("summary", has_text="Mon compte").click()
    page.get_by_role("link", name="Rencontres que vous suggérez").click()
    check(page)
    page.get_by_role("link", name="Suggérer une rencontre").click()
    check(page)
    page.get_by_label("Nom, ou mot").fill("vélos")
    page.get_by_role("button", name="Chercher", exact=True).last.click()
    page.get_by_role("link", name="Les Vélos de la Loire", exact=True).click()
    check(page)
    page.get_by_role("link", name="Ateliers du Sillon").click()
    check(page)
    page.get_by_label("Pourquoi les faire se rencontrer").fill(WORDS)
    page.get_by_label("Signer de mon nom").check()
    page.get_by_role("button", name="Suggérer cette rencontre").click()
    expect(page.get_by_text("votre suggestion sera transmise")).to_be_visible()
    expect(page.get_by_text("En attente jusqu’au")).to_be_visible()
    check(page)


def read_from_the_proposals(page, live_server, own):
    page.goto(f"{live_server.url}/propositions/{own.public_id}/")
    expect(page.get_by_text("Suggérée par le catalyseur")).to_be_visible()
    check(page)
    page.get_by_role("link", name="lire pourquoi").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    check(page)


def say_yes_among_the_relations(page, live_server, own):
    received = f"/organisations/{own.public_id}/relations/?liste=suggestions"
    page.goto(live_server.url + received)
    expect(page.get_by_text("Maëlle Rivière, catalyseur du territoire")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Cela nous intéresse").click()


def test_from_a_suggestion_to_an_introduction(browser_page, client, live_server):
    page = browser_page
    commune = TerritoryFactory(name="Clisson")
    around = TerritoryFactory(
        epci=True, name="Clisson Sèvre et Maine Agglo", communes=[commune]
    )
    one, first = side("Les Vélos de la Loire", commune, needs=["premises"])
    other, second = side("Ateliers du Sillon", commune, offers=["premises"])
    compute()
    catalyst = catalyst_of(around, name="Maëlle Rivière")

    act_as(page, client, live_server, catalyst)
    suggest(page, live_server)
    drain()

    act_as(page, client, live_server, first)
    read_from_the_proposals(page, live_server, one)
    say_yes_among_the_relations(page, live_server, one)
    expect(page.get_by_text("Vous avez répondu à la suggestion")).to_be_visible()
    check(page)

    act_as(page, client, live_server, second)
    say_yes_among_the_relations(page, live_server, other)
    expect(page.get_by_text("avait dit oui aussi")).to_be_visible()

    act_as(page, client, live_server, catalyst)
    page.goto(f"{live_server.url}/suggestions/?liste=opened")
    expect(page.get_by_text("Toutes les deux ont dit oui")).to_be_visible()
    check(page)
