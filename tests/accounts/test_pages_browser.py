"""Every page of an account in a real browser, on a phone and on a desk."""

import os

import pytest
from django.urls import reverse

from tests.accounts.codes import code_of
from tests.accounts.letters import last_code
from tests.browser import fits, violations
from tests.factories.accounts import UserFactory, add_second_factor

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [360, 1440]
PASSWORD = "motdepasse-de-test"
PICTURES = os.environ.get("ACCOUNT_PICTURES", "")
ENTRANCE = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_password_reset_completed",
    "account_inactive",
)
OWN = (
    "accounts:account_home",
    "accounts:session_list",
    "accounts:second_factor_setup",
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
)
PROTECTED = (
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
)


@pytest.fixture(params=WIDTHS)
def page(request, browser_page):
    browser_page.set_viewport_size({"width": request.param, "height": 800})
    return browser_page


def check(page, name):
    """Nothing overflows, axe finds nothing wrong, and there is one title."""
    width = page.viewport_size["width"]
    if PICTURES:
        page.screenshot(
            path=f"{PICTURES}/{name.replace(':', '_')}-{width}.png", full_page=True
        )
    assert fits(page), name
    assert violations(page) == [], name
    assert page.get_by_role("heading", level=1).count() == 1, name


def log_in(page, live_server, person):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Adresse de courriel").fill(person.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: not address.endswith("/connexion/"))


def test_the_entrance(page, live_server):
    for name in ENTRANCE:
        page.goto(live_server.url + reverse(name))
        check(page, name)


def test_the_pages_of_an_account(page, live_server):
    log_in(page, live_server, UserFactory(name="Camille Aubin"))
    for name in OWN:
        page.goto(live_server.url + reverse(name))
        check(page, name)


def test_the_pages_of_a_protected_account(page, live_server):
    person = UserFactory(name="Camille Aubin")
    secret = add_second_factor(person)
    log_in(page, live_server, person)
    check(page, "mfa_authenticate")
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(live_server.url + "/")
    for name in PROTECTED:
        page.goto(live_server.url + reverse(name))
        check(page, f"{name}-protected")

    page.goto(live_server.url + reverse("mfa_generate_recovery_codes"))
    page.get_by_role("button", name="Créer les codes").click()
    page.get_by_role("link", name="C’est noté, continuer").wait_for()
    check(page, "mfa_view_recovery_codes")


def test_one_joins_by_a_code_read_in_a_letter(page, live_server):
    page.goto(live_server.url + reverse("account_signup") + "?next=/methode/")
    page.get_by_label("Votre nom").fill("Camille Aubin")
    page.get_by_label("Adresse de courriel").fill("camille@exemple.test")
    page.get_by_role("button", name="Créer le compte").click()
    page.get_by_role("heading", name="Recopiez le code").wait_for()
    check(page, "verification")

    page.get_by_label("Code reçu par courriel").fill("AAAAAA")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("Ce code n’est pas le bon").wait_for()
    check(page, "verification-wrong")
    page.get_by_label("Code reçu par courriel").fill(last_code("camille@exemple.test"))
    with page.expect_navigation() as arrival:
        page.get_by_role("button", name="Continuer").click()

    assert "/methode/" in arrival.value.request.url
    page.goto(live_server.url + reverse("accounts:account_home"))
    assert page.get_by_label("Votre nom").input_value() == "Camille Aubin"
    page.goto(live_server.url + reverse("account_set_password"))
    check(page, "account_set_password")


def test_a_browser_without_scripts_offers_what_it_can_do(chromium, live_server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("account_login"))

    assert not page.get_by_role("button", name="Utiliser une clé d’accès").is_visible()
    assert page.get_by_role("link", name="Recevoir un code par courriel").is_visible()
    context.close()
