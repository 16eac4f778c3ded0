import re

import pytest

from tests.browser import fits, sign_in, violations
from tests.factories.accounts import UserFactory

URL = "/galerie/"


@pytest.fixture
def staff_client(client):
    client.force_login(UserFactory(is_staff=True))
    return client


@pytest.fixture
def gallery(staff_client, live_server, browser_page):
    sign_in(browser_page, staff_client, live_server)
    browser_page.goto(live_server.url + URL)
    return browser_page


@pytest.mark.django_db
def test_the_gallery_is_for_staff(client):
    client.force_login(UserFactory())

    assert client.get(URL).status_code == 404


@pytest.mark.django_db
def test_the_gallery_shows_every_component(staff_client):
    html = staff_client.get(URL).content.decode()

    classes = set(re.findall(r"\bal-[a-z-]+", html))
    assert {
        "al-bar-unknown",
        "al-breadcrumb",
        "al-card",
        "al-chart",
        "al-comparison",
        "al-empty",
        "al-filters",
        "al-map",
        "al-means",
        "al-org-line",
        "al-pagination",
        "al-point-block",
        "al-progress",
        "al-sheet-header",
        "al-square-input",
        "al-squares-compared",
        "al-status",
        "al-steps",
        "al-type",
    } <= classes


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(gallery, width, scheme):
    gallery.emulate_media(color_scheme=scheme)
    gallery.set_viewport_size({"width": width, "height": 900})

    assert violations(gallery) == []
    assert fits(gallery)


@pytest.mark.needs_browser
@pytest.mark.django_db(transaction=True)
def test_every_target_is_at_least_24_pixels(gallery):
    gallery.set_viewport_size({"width": 360, "height": 900})

    small = gallery.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, .btn")]
            .filter((element) => element.offsetParent !== null)
            .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([html]) => html)"""
    )
    assert small == []
