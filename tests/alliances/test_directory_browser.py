"""The directory and an organisation's page in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from alliances.models import Organisation
from tests.browser import fits, violations
from tests.factories.alliances import IntentionFactory
from tests.factories.territories import TerritoryFactory

pytestmark = [
    pytest.mark.needs_browser,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = (360, 1440)


@pytest.fixture
def garage():
    TerritoryFactory(country=True)
    clisson = TerritoryFactory(
        name="Clisson", code="44043", latitude_deg=47.09, longitude_deg=-1.28
    )
    TerritoryFactory(department=True, code="44", name="Loire-Atlantique")
    return IntentionFactory(
        organisation__name="Garage solidaire",
        organisation__summary="Des vélos réparés pour tous.",
        organisation__seat=clisson,
        perimeter=[clisson],
    ).organisation


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "query", ["", "?q=velo&territoire=COM-44043&rayon=20", "?q=rien&domaine=faux"]
)
def test_the_directory_is_accessible_and_fits(
    live_server, browser_page, garage, width, query
):
    browser_page.set_viewport_size({"width": width, "height": 900})

    browser_page.goto(f"{live_server.url}/organisations/{query}")

    assert violations(browser_page) == []
    assert fits(browser_page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_an_organisation_is_accessible_and_fits(
    live_server, browser_page, garage, width
):
    browser_page.set_viewport_size({"width": width, "height": 900})

    browser_page.goto(f"{live_server.url}/organisations/{garage.public_id}/")

    assert violations(browser_page) == []
    assert fits(browser_page)


def test_a_box_ticked_changes_the_results_and_the_address(
    live_server, browser_page, garage
):
    Organisation.objects.update(kind="company")
    browser_page.goto(f"{live_server.url}/organisations/")
    expect(browser_page.get_by_text("Garage solidaire")).to_be_visible()

    browser_page.locator("summary", has_text="Nature").click()
    browser_page.get_by_label("Association").check()

    expect(browser_page.get_by_text("Aucune organisation trouvée")).to_be_visible()
    assert browser_page.url == f"{live_server.url}/organisations/?nature=association"


def test_the_map_shows_the_points_of_what_was_found(live_server, browser_page, garage):
    browser_page.goto(f"{live_server.url}/organisations/?territoire=COM-44043")

    expect(browser_page.locator("[data-map-ready=done] canvas")).to_have_count(1)


def test_a_place_is_picked_as_one_types(live_server, browser_page, garage):
    browser_page.goto(f"{live_server.url}/organisations/")
    place = browser_page.get_by_role("combobox", name="Lieu")
    place.press_sequentially("cli", delay=20)
    browser_page.get_by_role("listbox").get_by_role("option").first.click()

    expect(browser_page.get_by_role("link", name="Garage solidaire")).to_be_visible()
    expect(place).to_have_value("Clisson")
    expect(browser_page).to_have_url(re.compile("territoire=COM-44043"))
