"""Sliders over the weights in a real browser: the list follows, nothing is left behind."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import fits, sign_in, violations
from tests.matching.test_what_if import sign_in_for, two_companies

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


def opened(page, own, live_server, *, width):
    page.set_viewport_size({"width": width, "height": 900})
    address = reverse("matching:proposal_list", args=[own.public_id])
    page.goto(live_server.url + address)
    page.get_by_text("Et si les critères pesaient autrement").click()
    return page.locator(".al-proposal .al-card-title")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_slider_ranks_the_list_again_while_one_looks(
    live_server, browser_page, client, width
):
    own = two_companies()
    sign_in_for(client, own)
    sign_in(browser_page, client, live_server)
    names = opened(browser_page, own, live_server, width=width)
    first, second = names.all_inner_texts()

    others = ("Objectifs", "Besoins couverts", "Domaines communs", "Proximité")
    heavy = "Territoire" if second == "Voisine" else "Besoins couverts"
    for label in {*others, "Territoire"} - {heavy}:
        browser_page.get_by_role("slider", name=re.compile(label)).fill("0")

    expect(names).to_have_text([second, first])
    expect(browser_page.get_by_text("2ᵉ → 1ʳᵉ")).to_be_visible()
    expect(browser_page.get_by_label(heavy, exact=True)).to_be_visible()
    assert "poids_proximite=0" in browser_page.url
    assert fits(browser_page)
    assert violations(browser_page) == []
    browser_page.get_by_role("link", name="Revenir aux poids de la plateforme").click()
    expect(names).to_have_text([first, second])
    assert "poids" not in browser_page.url


def test_a_number_moves_its_slider_and_a_wrong_one_is_said_beside_it(
    live_server, browser_page
):
    own = two_companies()
    opened(browser_page, own, live_server, width=1440)
    number = browser_page.get_by_label("Territoire", exact=True)

    number.fill("80")
    expect(browser_page.get_by_text("Vous essayez d’autres poids")).to_be_visible()
    expect(browser_page.get_by_role("slider", name="Territoire")).to_have_value("80")
    number.fill("800")

    note = browser_page.locator("#note-poids_territoire")
    expect(note).to_contain_text("Donnez un nombre entier de 0 à 100")
