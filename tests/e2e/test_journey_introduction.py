"""On a phone: an account, one's organisation, a yes that was awaited, a first message."""

import os

import pytest
from playwright.sync_api import expect

from alliances.models import Introduction, Message, Organisation
from tests.accounts.letters import last_code
from tests.e2e.test_journey_joining import accepts, become, catalyst_of
from tests.e2e.test_journey_partners import PHONE, check
from tests.e2e.world import vineyard
from tests.factories.introductions import InterestFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "dina@exemple.test"
PICTURES = os.environ.get("JOURNEY_PICTURES", "")


def look(page, name):
    """Nothing overflows, axe finds nothing wrong; a picture where one is wanted."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    check(page)


def test_from_signing_up_to_a_first_message(browser_page, live_server):
    page = browser_page
    page.set_viewport_size(PHONE)
    association = vineyard()
    foundry = Organisation.objects.get(name="Fonderie du Val")
    # The foundry said yes long ago: nobody at the association can know it.
    InterestFactory(organisation=foundry, other=association)

    dina = signs_up_to_claim(page, live_server, association)
    become(page, live_server, catalyst_of(association))
    accepts(page, live_server, association)
    become(page, live_server, dina)
    says_yes(page, live_server, association, foundry)
    writes(page)

    introduction = Introduction.objects.get()
    assert set(introduction.sides) == {association.pk, foundry.pk}
    assert Message.objects.get().author == dina


def signs_up_to_claim(page, live_server, organisation):
    page.goto(f"{live_server.url}/organisations/{organisation.public_id}/")
    page.get_by_role("link", name="Rejoignez-la").click()
    look(page, "1-entrance")
    page.get_by_role("link", name="Créer un compte").first.click()
    look(page, "2-sign-up")
    page.get_by_label("Votre nom").fill("Dina Perrot")
    page.get_by_label("Adresse de courriel").fill(ADDRESS)
    page.get_by_role("button", name="Créer le compte").click()
    page.get_by_role("heading", name="Recopiez le code").wait_for()
    look(page, "3-code")
    page.get_by_label("Code reçu par courriel").fill(last_code(ADDRESS))
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Votre fonction").fill("coordinatrice")
    look(page, "4-claim")
    page.get_by_label("Ce qui permet de le vérifier").fill("page « Équipe » du site")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_text("En attente d’une réponse")).to_be_visible()
    look(page, "5-waiting")
    return organisation.claims.get().user


def says_yes(page, live_server, own, other):
    page.goto(f"{live_server.url}/propositions/{own.public_id}/{other.public_id}/")
    look(page, "6-pair")
    page.get_by_role("button", name="Cela nous intéresse").first.click()
    page.get_by_role("heading", name="Votre conversation").wait_for()
    look(page, "7-both-said-yes")


def writes(page):
    page.get_by_role("list").locator("a[href*='modele=']").first.click()
    expect(page.get_by_label("Votre message")).not_to_have_value("")
    look(page, "8-model")
    page.get_by_role("button", name="Envoyer").first.click()
    expect(page.locator("#conversation")).to_contain_text("Dina Perrot")
    look(page, "9-sent")
