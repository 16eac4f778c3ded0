"""What only a real browser tells: refusals of the content policy, and the page of keys."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from playwright.sync_api import Error as PlaywrightError

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build
from tests.browser import fits, sign_in, violations
from tests.factories.accounts import UserFactory
from tests.factories.tokens import key_of

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]

REPORT = "Content Security Policy"
LEAVES = ("account_logout", "mfa_download_recovery_codes")
WIDTHS = (1440, 360)


@pytest.mark.slow
@pytest.mark.parametrize("persona", ["visitor", "referent_a", "signatory_b"])
def test_no_page_breaks_its_own_content_policy(
    chromium, live_server, settings, persona
):
    settings.RATE_LIMITED = False
    world = build()
    context = chromium.new_context()
    page, reports = context.new_page(), []
    page.on("console", lambda message: reports.append((page.url, message.text)))
    if not isinstance(world.people[persona], AnonymousUser):
        client = Client()
        client.force_login(world.people[persona])
        sign_in(page, client, live_server)
    opened = 0
    for address in addresses():
        if address.name in LEAVES or address.name.startswith("api:"):
            continue
        relation = "B" if persona == "signatory_b" else "A"
        path = path_of(Attempt(persona, address, relation, "GET", 0), world)
        with suppress(PlaywrightError):  # a file is downloaded, it is no page
            response = page.goto(live_server.url + path, wait_until="load")
            opened += response is not None and response.status == 200
    context.close()

    assert [report for report in reports if REPORT in report[1]] == []
    assert opened > 15


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_makes_a_key_and_copies_it(client, live_server, browser_page, width):
    person = UserFactory()
    key_of(person, label="tableau de bord du réseau")
    client.force_login(person)
    sign_in(browser_page, client, live_server)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(f"{live_server.url}/compte/cles/")
    browser_page.get_by_label("Nom de la clé").fill("site du réseau")
    browser_page.get_by_label("lire l’annuaire").check()
    browser_page.get_by_role("button", name="Créer la clé").click()
    browser_page.get_by_label("Mot de passe").fill("motdepasse-de-test")
    browser_page.get_by_role("button", name="Confirmer").click()

    assert browser_page.get_by_label("Votre clé").input_value().startswith("al_")
    assert violations(browser_page) == []
    assert fits(browser_page)
