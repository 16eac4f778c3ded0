"""The first message, its file and its answer, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alliances.models import Attachment, Message
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import IntentionFactory
from tests.factories.conversations import PDF, Pair

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)


@pytest.fixture
def pair(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = Pair()
    IntentionFactory(organisation=made.own, needs=["skills_patronage"])
    IntentionFactory(organisation=made.other, offers=["skills_patronage"])
    return made


def check(page):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert violations(page) == []


def act_as(page, client, live_server, person):
    client.force_login(person)
    sign_in(page, client, live_server)


def test_a_first_message_leaves_with_a_file_and_is_answered(
    browser_page, client, live_server, pair
):
    page = browser_page
    act_as(page, client, live_server, pair.camille)
    page.goto(
        live_server.url + reverse("alliances:introduction_detail", args=pair.keys())
    )
    check(page)
    page.get_by_role("link", name=re.compile("^Demander un soutien")).click()
    body = page.get_by_label("Votre message")
    expect(body).to_have_value(re.compile("au nom de Roue libre"))
    body.fill("Bonjour,\nvoici notre projet : https://exemple.fr/projet.")
    page.get_by_label(re.compile("Pièces jointes")).set_input_files(
        {"name": "Projet été.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("status").first).to_contain_text("Votre message est parti.")
    expect(page.get_by_label("Votre message")).to_have_value("")
    check(page)

    act_as(page, client, live_server, pair.sam)
    page.goto(
        live_server.url
        + reverse("alliances:introduction_detail", args=pair.keys(pair.other))
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Projet été.pdf").click()
    assert download.value.suggested_filename == "Projet été.pdf"
    assert download.value.path().read_bytes() == PDF
    check(page)
    assert Attachment.objects.get().message.body.startswith("Bonjour,\nvoici")


def test_a_refused_file_keeps_the_text(browser_page, client, live_server, pair):
    page = browser_page
    act_as(page, client, live_server, pair.camille)
    page.goto(
        live_server.url + reverse("alliances:introduction_detail", args=pair.keys())
    )
    page.get_by_label("Votre message").fill("À garder")
    page.get_by_label(re.compile("Pièces jointes")).set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"<script>"}
    )
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_text("ne contient pas ce que son nom annonce")).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value("À garder")
    assert Message.objects.count() == 0
    check(page)


def test_taking_leave_reporting_and_blocking_can_be_read_by_all(
    browser_page, client, live_server, pair
):
    page = browser_page
    act_as(page, client, live_server, pair.camille)
    home = live_server.url + reverse("alliances:introduction_detail", args=pair.keys())
    for link in ("Signaler cette organisation", "Bloquer cette organisation"):
        page.goto(home)
        page.get_by_role("link", name=link).click()
        check(page)
    page.goto(home)
    page.get_by_role("link", name="Clore poliment").click()
    check(page)
    page.get_by_label("Quelques mots").fill("À bientôt peut-être.")
    page.get_by_role("button", name="Clore la mise en relation").click()
    expect(page.get_by_text("Votre organisation a clos")).to_be_visible()
    check(page)
