"""What every page shares: its weight, its errors, its sign-in, its map."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.middleware.csrf import _unmask_cipher_token
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.browser import fits, sign_in, violations
from tests.factories.accounts import UserFactory

MAX_FIRST_PAGE_BYTES = 150_000
ROOM_FOR_THE_MAP_OF_FRANCE_BYTES = 45_000
SQUARE = [[[-2.5, 46.3], [0.9, 46.3], [0.9, 48.5], [-2.5, 48.5], [-2.5, 46.3]]]
REGIONS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Pays de la Loire", "url": "#52", "level": 4},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
    ],
}
POINTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": f"Organisation {rank}", "url": "#o"},
            "geometry": {"type": "Point", "coordinates": [-1.2 + rank / 1000, 47.1]},
        }
        for rank in range(5)
    ],
}


def compressed(path):
    found = finders.find(path)
    content = Path(found).read_bytes()
    return len(content if path.endswith(".woff2") else gzip.compress(content))


def test_the_frame_leaves_room_for_a_first_page_under_150_kb():
    html = render_to_string("404.html", request=RequestFactory().get("/"))
    loaded = set(re.findall(r'/static/([^"]+\.(?:css|js|woff2|svg))"', html))

    frame = sum(map(compressed, loaded)) + len(gzip.compress(html.encode()))
    assert frame < MAX_FIRST_PAGE_BYTES - ROOM_FOR_THE_MAP_OF_FRANCE_BYTES


def test_a_server_error_is_told_without_the_database_or_a_context():
    html = render_to_string("500.html")

    assert "Ce que vous aviez déjà enregistré est conservé" in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404"])
def test_an_error_page_says_what_to_do(code):
    html = render_to_string(f"{code}.html", request=RequestFactory().get("/"))

    assert "Revenir à l’accueil" in html


def test_an_error_page_has_one_main_heading():
    html = render_to_string("404.html", request=RequestFactory().get("/"))

    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_fictitious_data_is_announced_on_every_page(client, settings):
    settings.DEMONSTRATION = True
    shown = client.get("/compte/connexion/").content.decode()
    settings.DEMONSTRATION = False
    hidden = client.get("/compte/connexion/").content.decode()

    assert ["al-demo" in html for html in (shown, hidden)] == [True, False]


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["compte/connexion/", "compte/inscription/"])
def test_axe_finds_nothing_where_people_sign_in(live_server, browser_page, path, width):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(f"{live_server.url}/{path}")

    assert violations(browser_page) == []
    assert fits(browser_page)


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
def test_the_first_tab_stop_leads_to_the_content(live_server, browser_page):
    browser_page.goto(f"{live_server.url}/compte/connexion/")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")

    assert browser_page.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
def test_a_changing_request_of_htmx_carries_the_csrf_token(
    client, live_server, browser_page
):
    client.force_login(UserFactory())
    sign_in(browser_page, client, live_server)
    browser_page.goto(f"{live_server.url}/")
    browser_page.route("**/essai/", lambda route: route.fulfill(body="fait"))

    with browser_page.expect_request("**/essai/") as sent:
        browser_page.evaluate("htmx.ajax('POST', '/essai/', '#contenu')")

    cookies = {one["name"]: one for one in browser_page.context.cookies()}
    token = _unmask_cipher_token(sent.value.headers["x-csrftoken"])
    assert token == cookies["csrftoken"]["value"]
    assert cookies["csrftoken"]["httpOnly"]


@pytest.fixture
def map_page(client, live_server, browser_page):
    """The gallery, whose map is given an address of polygons and one of points."""
    client.force_login(UserFactory(is_staff=True))
    sign_in(browser_page, client, live_server)
    browser_page.route(
        "**/regions.geojson", lambda route: route.fulfill(body=json.dumps(REGIONS))
    )
    browser_page.route(
        "**/points.geojson", lambda route: route.fulfill(body=json.dumps(POINTS))
    )
    browser_page.goto(f"{live_server.url}/galerie/")
    return browser_page


def draw(page, geojson_url):
    page.evaluate(
        """async (url) => {
            const map = document.querySelector("[data-map]");
            map.dataset.geojsonUrl = url;
            map.dataset.pointsUrl = "/points.geojson";
            const { startAll } = await import("/static/js/map.js");
            startAll();
        }""",
        geojson_url,
    )


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
def test_a_polygon_of_the_map_is_a_link_that_the_keyboard_reaches(map_page):
    draw(map_page, "/regions.geojson")
    region = map_page.get_by_role("link", name="Pays de la Loire")
    region.wait_for()

    region.focus()
    map_page.keyboard.press("Enter")

    assert map_page.url.endswith("#52")
    assert violations(map_page) == []


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
def test_a_map_that_cannot_be_loaded_says_so_and_the_list_remains(map_page):
    map_page.route("**/broken.geojson", lambda route: route.fulfill(body="no json"))
    draw(map_page, "/broken.geojson")
    map_page.wait_for_selector("[data-map-ready=failed]")

    assert map_page.locator(".al-map").inner_text() == (
        "La carte n’a pas pu être chargée. La liste dit la même chose."
    )
    assert map_page.locator(".al-map-list li").count() == 2
