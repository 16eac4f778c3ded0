"""The pictures of the guide of catalysts, taken on the demonstration (``make screenshots``).

Not collected with the suite: it loads the whole country. The day is played as far as
the site goes; what is told to the reader is in docs/users/guide-du-catalyseur.md.
"""

import datetime as dt
import re
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
from rendezvous.demonstration import PAST, PROCESS
from rendezvous.models import Attendee, Session
from rendezvous.services.attendance import arrive
from rendezvous.services.demonstration import load_sessions
from rendezvous.services.demonstration_process import load_process
from rendezvous.services.schedules import publish
from tests.browser import sign_in
from tests.factories.matching import compute
from tests.factories.sessions import begun

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


# Of the day itself, then of the session that was held: the picture, the page, from where.
OF_THE_DAY = (
    ("accueil", "room_board", "h1"),
    ("direct", "live_host", "h1"),
    ("salle", "live_room", ""),
    ("imprimer", "document_list", "h1"),
)
AFTERWARDS = (("suites", "followup_list", "h1"), ("bilan", "session_figures", "h1"))
MISSING_ONE_IN = 11


def address_of(live_server, name, session, *more):
    path = reverse(f"rendezvous:{name}", args=[session.public_id, *more])
    return f"{live_server.url}{path}"


def compute_and_publish(page, session, address):
    page.goto(address)
    page.get_by_role("button", name=re.compile("Calculer")).first.click()
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")  # it would ask how far the computation is
    drain()
    schedule = session.schedules.get()
    publish(session, schedule)
    return schedule


def begin_the_day(session):
    """Nearly everybody is there, and the first round began two minutes ago."""
    host, now = User.objects.get(email=CATALYST), timezone.now()
    people = Attendee.objects.filter(registration__session=session).order_by("pk")
    for number, one in enumerate(people, start=1):
        if number % MISSING_ONE_IN:
            arrive(session, one, by=host)
    begun(session, at=now - dt.timedelta(minutes=2), by=host)


def take_the_day(page, live_server, tonight):
    begin_the_day(tonight)
    for name, route, at in OF_THE_DAY:
        take(page, name, address_of(live_server, route, tonight), at=at)
    past = Session.objects.get(public_id=PAST)
    for name, route, at in AFTERWARDS:
        take(page, name, address_of(live_server, route, past), at=at)


def take_an_opinion(page, client, live_server, own):
    past = Session.objects.get(public_id=PAST)
    page.set_viewport_size(PHONE)
    act_as(page, client, live_server, MEMBER)
    programme = address_of(live_server, "programme_detail", past, own.public_id)
    take(page, "avis", programme, at=".al-feedback")


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

    page.set_viewport_size(DESK)
    act_as(page, client, live_server, CATALYST)
    schedule = compute_and_publish(page, tonight, to("schedule_list"))
    page.set_viewport_size(PHONE)
    act_as(page, client, live_server, MEMBER)
    take(page, "telephone", to("programme_detail", own.public_id), at="h1")

    page.set_viewport_size(DESK)
    act_as(page, client, live_server, CATALYST)
    take(page, "programme", to("schedule_detail", schedule.public_id), at="h1")
    take_the_day(page, live_server, tonight)
    take_an_opinion(page, client, live_server, own)
