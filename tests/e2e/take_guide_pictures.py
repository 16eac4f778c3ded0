"""The pictures of the guide of catalysts, taken on the demonstration (``make screenshots``).

Not collected with the suite: it loads the whole country. The day is played as far as
the site goes; what is told to the reader is in docs/users/guide-du-catalyseur.md.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from alliances.models import Organisation
from jobs.services import drain
from rendezvous.demonstration import PROCESS
from rendezvous.services.demonstration import load_sessions
from rendezvous.services.demonstration_process import load_process
from rendezvous.services.schedules import publish, request_schedule
from tests.browser import sign_in
from tests.factories.matching import compute

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(settings.BASE_DIR) / "static" / "guide"
DESK, PHONE = {"width": 1100, "height": 760}, {"width": 360, "height": 700}
CATALYST, MEMBER = "catalyseur@demonstration.test", "membre@demonstration.test"


@pytest.fixture
def tonight(settings):
    settings.DEMONSTRATION = True
    call_command("load_territories", verbosity=0)
    call_command("load_demo", verbosity=0)
    compute()
    load_process()
    return load_sessions(timezone.localtime()).evening


def act_as(page, client, live_server, email):
    page.context.clear_cookies()
    client.force_login(User.objects.get(email=email))
    sign_in(page, client, live_server)


def take(page: Page, name: str, address: str, *, at: str = "") -> None:
    """Show ``address``, from what ``at`` designates on, and keep what is seen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if at:
        page.locator(at).first.evaluate(
            "one => one.scrollIntoView({ behavior: 'instant' })"
        )
    page.screenshot(path=FOLDER / f"{name}.png")


def address_of(live_server, name, session, *more):
    path = reverse(f"rendezvous:{name}", args=[session.public_id, *more])
    return f"{live_server.url}{path}"


def test_the_pictures_of_the_guide(browser_page, client, live_server, tonight):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page, own = browser_page, Organisation.objects.get(key="roue-libre-estuaire")

    def to(name, *more):
        return address_of(live_server, name, tonight, *more)

    page.set_viewport_size(DESK)
    act_as(page, client, live_server, CATALYST)
    take(page, "preparer", to("session_edit"), at="h1")
    take(page, "affiche", to("session_poster"), at="h1")
    take(page, "equilibre", to("session_board"), at="#equilibre")
    process = f"{live_server.url}{reverse('rendezvous:process_detail', args=[PROCESS])}"
    take(page, "demarche", process, at="h1")

    page.set_viewport_size(PHONE)
    act_as(page, client, live_server, MEMBER)
    take(page, "inscription", to("registration_edit", own.public_id), at="h1")
    take(page, "souhaits", to("wish_list", own.public_id), at="h1")

    catalyst = User.objects.get(email=CATALYST)
    request_schedule(tonight, by=catalyst)
    drain()
    schedule = tonight.schedules.get()
    publish(tonight, schedule)
    take(page, "telephone", to("programme_detail", own.public_id), at="h1")

    page.set_viewport_size(DESK)
    act_as(page, client, live_server, CATALYST)
    take(page, "programme", to("schedule_detail", schedule.public_id), at="h1")
