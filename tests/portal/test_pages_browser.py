"""Home and a territory's page in a real browser, on a phone and on a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from territories.models import Outline
from tests.browser import fits, violations
from tests.factories.alliances import IntentionFactory
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 1440]
OUTLINE = '{"type":"Polygon","coordinates":[[[-1.5,47.0],[-1.4,47.0],[-1.4,47.1],[-1.5,47.0]]]}'


@pytest.fixture
def vineyard():
    clisson = TerritoryFactory(name="Clisson", code="44043", postal_codes=["44190"])
    TerritoryFactory(name="Clissonnette", code="99998", population=5)
    TerritoryFactory(
        region=True, code="52", name="Pays de la Loire", communes=[clisson]
    )
    TerritoryFactory(department=True, code="44", name="Loire-Atlantique")
    Outline.objects.create(territory=clisson, geometry=OUTLINE)
    IntentionFactory(organisation__seat=clisson, organisation__name="Atelier vélo")
    return TerritoryFactory(epci=True, name="CA du Vignoble", communes=[clisson])


@pytest.fixture(params=WIDTHS)
def page(request, browser_page, vineyard):
    browser_page.set_viewport_size({"width": request.param, "height": 800})
    return browser_page


def check(page):
    """Nothing overflows, and axe finds nothing wrong."""
    assert fits(page)
    assert violations(page) == []


def test_three_letters_and_the_keyboard_lead_to_a_territory(page, live_server):
    page.goto(live_server.url)
    where = page.get_by_role("combobox", name="Où")
    where.press_sequentially("cli", delay=20)
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    expect(where).to_have_attribute("aria-expanded", "true")
    check(page)

    where.press("ArrowDown")
    expect(
        page.get_by_role("listbox").get_by_role("option", selected=True)
    ).to_contain_text("Clisson")
    where.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(where).to_have_value("Clisson")
    where.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Clisson")


def test_escape_closes_the_list_and_keeps_what_was_typed(page, live_server):
    page.goto(live_server.url)
    where = page.get_by_role("combobox", name="Où")
    where.press_sequentially("cli", delay=20)
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    where.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(where).to_have_value("cli")
    check(page)


def test_a_region_of_the_map_is_a_link_that_tab_reaches(page, live_server):
    page.goto(live_server.url)
    region = page.get_by_role("link", name="Pays de la Loire")
    region.focus()
    region.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Pays de la Loire")


def test_a_territory_is_drawn_beside_the_list_that_says_the_same(
    page, live_server, vineyard
):
    address = reverse("portal:territory_detail", args=[vineyard.reference])
    page.goto(live_server.url + address)

    expect(page.locator("[data-map-ready=done]")).to_be_visible()
    drawn = page.locator("[data-map]").get_by_role("link", name="Clisson")
    expect(drawn).to_have_count(1)
    expect(page.get_by_role("link", name="Atelier vélo", exact=True)).to_be_visible()
    check(page)
