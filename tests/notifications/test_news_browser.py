"""News, choices, letters and the mailbox in a real browser, on a phone and on a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from jobs.services import drain
from notifications.links import unsubscribe_path
from notifications.models import Delivery
from notifications.registry import Frequency
from notifications.services import notify
from tests.browser import fits, sign_in, violations
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 1440]
BODY = (
    "{% partialdef subject %}{{ organisation }} vous répond{% endpartialdef %}"
    "{% partialdef sentence %}{{ organisation }} a répondu à votre premier message."
    "{% endpartialdef %}{% partialdef body %}Bonjour,\n\n{{ organisation }} a répondu à "
    "votre premier message.\n\nLa suite vous appartient :\n\n- lire la réponse ;\n"
    "- proposer une date.{% endpartialdef %}"
)


@pytest.fixture
def demonstration(live_server, settings, tmp_path):
    """A site that keeps its mails, at the address that its links hold."""
    settings.SITE_URL = live_server.url
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return live_server


@pytest.fixture(params=WIDTHS)
def page(request, browser_page, client, demonstration, new_kind):
    """A person with three pieces of news, and one letter in the local mailbox."""
    new_kind("vital", is_essential=True)
    weekly = new_kind("test.weekly", template=BODY, frequency=Frequency.WEEKLY)
    kind = new_kind(template=BODY)
    person = UserFactory(email="camille@exemple.test", is_staff=True)
    for name, which in (
        ("Les Ateliers du Cycle", kind),
        ("Association pour la sauvegarde du patrimoine fluvial nantais", weekly),
        ("Mairie de Clisson", weekly),
    ):
        notify(
            which,
            [person],
            key=name,
            path="/methode/",
            context={"organisation": name},
        )
    drain()
    client.force_login(person)
    sign_in(browser_page, client, demonstration)
    browser_page.set_viewport_size({"width": request.param, "height": 900})
    return browser_page


def check(page, name):
    """Nothing overflows, axe finds nothing wrong; a picture where one is asked for."""
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert fits(page)
    assert violations(page) == []


def test_news_are_read_one_by_one_and_all_at_once(page, live_server):
    page.goto(f"{live_server.url}/notifications/")
    expect(page.get_by_text("Non lue", exact=True)).to_have_count(3)
    page.locator("summary", has_text="Mon compte").click()
    check(page, "news")

    page.get_by_role("button", name="Marquer comme lue Mairie").click()
    expect(page.get_by_text("Non lue", exact=True)).to_have_count(2)
    page.get_by_role("button", name="Ouvrir Les Ateliers").click()
    expect(page).to_have_url(f"{live_server.url}/methode/")
    page.goto(f"{live_server.url}/notifications/")
    page.get_by_role("button", name="Tout marquer comme lu").click()
    expect(page.get_by_text("Non lue", exact=True)).to_have_count(0)
    check(page, "news-read")


def test_choices_are_made_with_the_keyboard(page, live_server):
    page.goto(f"{live_server.url}/compte/notifications/")
    check(page, "preferences")

    page.get_by_label("Genre test.answer").select_option("weekly")
    page.get_by_role("button", name="Enregistrer mes choix").press("Enter")

    expect(page.get_by_label("Genre test.answer")).to_have_value("weekly")
    check(page, "preferences-kept")


def test_a_letter_is_read_in_the_mailbox_and_followed(page, live_server):
    page.goto(f"{live_server.url}/courriels/")
    check(page, "mailbox")
    page.get_by_role("link", name="Les Ateliers du Cycle vous répond").click()
    check(page, "mail")

    page.get_by_role("link", name="Ouvrir la page").click()

    expect(page).to_have_url(f"{live_server.url}/methode/")


def test_leaving_takes_one_button_without_signing_in(page, live_server):
    page.context.clear_cookies()
    page.goto(live_server.url + unsubscribe_path(Delivery.objects.get()))
    check(page, "unsubscribe")
    page.get_by_role("button", name="Ne plus recevoir ce genre de courriel").click()

    expect(page.get_by_role("heading", name="C’est fait")).to_be_visible()
    check(page, "unsubscribed")


def test_staff_rereads_the_letters(page, live_server):
    page.goto(f"{live_server.url}/administration/courriels/")
    check(page, "previews")
