"""No page asks anything of another site, nor leaves anything to follow people."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.policy import Access
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build, just_typed_the_password
from tests.browser import sign_in

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]

OK = 200
# What is not a page: it answers programs, acts, or is a file.
NOT_PAGES = ("api:", "livez", "readyz", "account_logout")
WITH_PARAMETERS = (
    ("alliances:organisation_detail", "A"),
    ("alliances:organisation_edit", "A"),
    ("matching:proposal_list", "A"),
)


# The address of the page that the tab shows, for its own « back » button.
OF_THE_TAB = {"htmx-current-path-for-history"}


def pages(world):
    for address in addresses():
        is_page = not address.name.startswith(NOT_PAGES) and not address.parameters
        if is_page and address.row.access is not Access.STAFF:
            yield reverse(address.name)
    for name, letter in WITH_PARAMETERS:
        yield reverse(name, args=[world.organisations[letter].public_id])


def kept_by_the_browser(page):
    return set(page.evaluate("Object.keys({...localStorage, ...sessionStorage})"))


@pytest.fixture
def page(chromium):
    """A page that says nothing of a missing outline: only what is asked matters."""
    context = chromium.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


def test_no_page_calls_another_site_nor_leaves_a_tracker(page, live_server, client):
    world = build()
    person = world.people["referent_a"]
    asked, visited = [], set()
    page.on("request", lambda request: asked.append(request.url))
    for is_signed_in in (False, True):
        if is_signed_in:
            client.force_login(person)
            just_typed_the_password(client, person)
            sign_in(page, client, live_server)
        for path in pages(world):
            if client.get(path).status_code == OK:
                page.goto(live_server.url + path)
                visited.add(path)
                assert kept_by_the_browser(page) <= OF_THE_TAB, path
    ours = urlsplit(live_server.url).netloc
    elsewhere = {
        url
        for url in asked
        if urlsplit(url).netloc != ours and not url.startswith(("data:", "blob:"))
    }
    cookies = {cookie["name"] for cookie in page.context.cookies()}

    assert len(visited) > 15, visited
    assert elsewhere == set()
    assert cookies <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
