"""The pictures of the README, taken on the demonstration (``make screenshots``).

Not collected with the suite: it loads the whole country. The pages are those of a
person who signs in as the member of an association.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models import User
from alliances.models import Organisation
from tests.browser import sign_in
from tests.factories.matching import compute

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(settings.BASE_DIR) / "docs" / "images"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 780}
MEMBER, ASSOCIATION = "membre@demonstration.test", "roue-libre-estuaire"


@pytest.fixture
def association(settings):
    settings.DEMONSTRATION = True
    call_command("load_territories", verbosity=0)
    call_command("load_demo", verbosity=0)
    compute()
    return Organisation.objects.get(key=ASSOCIATION)


def take(page: Page, name: str, address: str, *, height: int | None = None) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if height is not None:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.screenshot(path=FOLDER / f"{name}.png")


def test_the_pictures_of_the_readme(browser_page, client, live_server, association):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page, site = browser_page, live_server.url
    page.set_viewport_size(DESK)
    take(page, "home", site)
    take(
        page,
        "directory",
        f"{site}/organisations/?q=mobilite&territoire=COM-44043&rayon=20",
    )
    take(
        page,
        "organisation",
        f"{site}/organisations/{association.public_id}/",
        height=1400,
    )
    page.set_viewport_size(DESK)

    member = User.objects.get(email=MEMBER)
    client.force_login(member)
    sign_in(page, client, live_server)
    proposals = f"{site}/propositions/{association.public_id}/"
    take(page, "proposals", proposals)
    why = page.locator(".al-card-title a").first.get_attribute("href")
    boxes = page.get_by_role("checkbox", name="comparer")
    kept = [boxes.nth(row).input_value() for row in range(3)]
    compared = "&".join(f"avec={public_id}" for public_id in kept)
    take(page, "compare", f"{proposals}comparer/?{compared}", height=1500)
    take(page, "why", f"{site}{why}", height=1700)
    page.set_viewport_size(PHONE)
    take(page, "phone", proposals)
