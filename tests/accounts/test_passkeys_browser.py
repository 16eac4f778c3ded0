"""The ceremonies of passkeys, in a real browser with an authenticator made of code."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from alliances.enums import MembershipRole
from tests.factories.alliances import IntentionFactory, MembershipFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_browser]

PASSWORD = "motdepasse-de-test"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def signatory():
    return MembershipFactory(
        organisation=IntentionFactory().organisation,
        role=MembershipRole.SIGNATORY,
        second_factor=False,
    ).user


@pytest.fixture
def page(browser_page):
    devices = browser_page.context.new_cdp_session(browser_page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return browser_page


def sign_in(page, live_server, person):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Adresse de courriel").fill(person.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def sign_out(page, live_server):
    page.goto(live_server.url + reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()


def add_key(page):
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.get_by_role("link", name="C’est noté, continuer").click()


def test_a_signatory_adds_a_passkey_reaches_what_was_asked_then_signs_in_by_it(
    page, live_server, signatory
):
    asked = live_server.url + reverse("alliances:my_organisations")
    sign_in(page, live_server, signatory)
    page.goto(asked)
    page.get_by_role("heading", name="Protéger votre compte deux fois").wait_for()

    add_key(page)

    assert page.url == asked
    assert Authenticator.objects.filter(
        user=signatory, type=Authenticator.Type.WEBAUTHN
    ).exists()
    sign_out(page, live_server)
    page.goto(asked)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(asked)
    page.get_by_role("heading", name="Mes organisations").wait_for()


def test_a_passkey_completes_a_password(page, live_server, signatory):
    sign_in(page, live_server, signatory)
    page.get_by_role("heading", name="Protéger votre compte deux fois").wait_for()
    add_key(page)
    sign_out(page, live_server)

    sign_in(page, live_server, signatory)
    page.get_by_role("heading", name="Double vérification").wait_for()
    page.get_by_role("button", name="Utiliser une clé d’accès").click()

    page.wait_for_url(live_server.url + "/")


def test_a_ceremony_that_fails_says_what_to_do(browser_page, live_server, signatory):
    devices = browser_page.context.new_cdp_session(browser_page)
    devices.send("WebAuthn.enable")  # and no device: nothing can answer
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    devices.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": device["authenticatorId"], "isUserVerified": False},
    )
    browser_page.goto(live_server.url + reverse("account_login"))

    browser_page.get_by_role("button", name="Utiliser une clé d’accès").click()

    browser_page.get_by_role("alert").filter(
        has_text="La clé d’accès n’a pas été utilisée"
    ).wait_for()
