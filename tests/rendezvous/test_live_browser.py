"""A day with its screens: a host, a projector and two phones, in real browsers."""

import datetime as dt
import json
import random
import time

import pytest
from django.test import Client
from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.clock import (
    MINUTE,
    delay,
    end,
    foreseen,
    go_on,
    pause,
    planned,
    position,
    prolong,
    remaining,
)
from rendezvous.enums import ScheduleState
from rendezvous.selectors.following import EVERY_SECONDS, watcher
from rendezvous.selectors.live import Live
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import MembershipFactory
from tests.factories.sessions import begun, registration_of, schedule_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
HELD_SECONDS = 2.0
SECOND = dt.timedelta(seconds=1)
CALLS_OFF = "net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def screens(chromium, live_server, settings):
    """Opens an address as somebody, in a window of its own; no script may fail."""
    settings.LIVE_HOLD_SECONDS = HELD_SECONDS
    problems, contexts = [], []

    def open_as(person, path, *, width, height):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.extend(complaints(said)))
        client = Client()  # of their own: another person would end their session
        client.force_login(person)
        sign_in(page, client, live_server)
        page.goto(live_server.url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    nobody_waits()
    assert problems == []


def nobody_waits():
    """Let the answers that are still held go: they read the database meanwhile."""
    until = time.monotonic() + 2 * HELD_SECONDS
    while len(watcher()) and time.monotonic() < until:
        time.sleep(EVERY_SECONDS)
    time.sleep(3 * EVERY_SECONDS)


def complaints(said):
    """Errors of the console, but for a network that a test cuts off."""
    is_ours = said.type == "error" and "ERR_" not in said.text
    return [said.text] if is_ours else []


@pytest.fixture
def day():
    """A session of two organisations that meet in the rounds 1 and 3."""
    commune = TerritoryFactory(name="Clisson")
    session = session_of(
        TerritoryFactory(epci=True, name="Clisson Sèvre", communes=[commune]),
        title="Rencontres du jour",
    )
    session.begins_at = timezone.now()
    session.save()
    members = [
        MembershipFactory(organisation__name="Roue libre"),
        MembershipFactory(
            organisation__name="Ateliers du Sillon",
            organisation__kind=ActorKind.COMPANY,
        ),
    ]
    both = [registration_of(session, one.organisation) for one in members]
    schedule_of(session, [(1, 3, both), (3, 5, both)], state=ScheduleState.PUBLISHED)
    return session, catalyst_of(session.territory), members


def base(session):
    return f"/rencontres/{session.public_id}"


def programme(session, member):
    return f"{base(session)}/programme/{member.organisation.public_id}/"


@pytest.fixture
def open_day(screens, day):
    """The host, the projector and two phones."""
    session, catalyst, members = day
    host = screens(catalyst, f"{base(session)}/direct/", width=1440, height=900)
    room = screens(catalyst, f"{base(session)}/direct/salle/", width=1920, height=1080)
    phones = [
        screens(one.user, programme(session, one), width=360, height=740)
        for one in members
    ]
    return host, room, phones


def told(page):
    """What a screen says: the phase and the hour that goes with it."""
    return [
        " ".join(page.locator(f"{part}:visible").inner_text().split())
        for part in (".al-clock-phase", ".al-clock-hour")
    ]


def seconds_left(page):
    minutes, seconds = page.locator("[data-live-countdown]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def agree(pages, phase):
    """Every screen says the phase, the same hour, and the same time left."""
    for page in pages:
        page.locator(".al-clock-phase:visible", has_text=phase).wait_for(timeout=9000)
    said = [told(page) for page in pages]
    if "terminées" not in phase:
        left = [seconds_left(page) for page in pages]
        assert max(left) - min(left) <= 2
    assert all(one == said[0] for one in said), said
    return said[0]


def press(host, name):
    host.get_by_role("button", name=name).click()


def test_all_screens_follow_the_host(open_day):
    host, room, (one, other) = open_day
    everywhere = [host, room, one, other]
    agree(everywhere, "Avant le premier tour")

    press(host, "Commencer le premier tour")
    agree(everywhere, "Tour 1 sur 4")
    for phone in (one, other):
        assert "Table 3" in phone.locator("[data-live-now]").inner_text()
        assert "Table 5" in phone.locator("[data-live-after]").inner_text()
    assert "Roue libre" in room.locator("[data-room-list]:visible").inner_text()

    press(host, "Finir le tour 1 maintenant")
    agree(everywhere, "Changement de table")
    assert not one.locator("[data-live-now]").is_visible()

    press(host, "Commencer le tour 2 maintenant")
    agree(everywhere, "Tour 2 sur 4")
    assert "Pause" in one.locator("[data-live-now]").inner_text()

    press(host, "Tout arrêter un moment")
    agree(everywhere, "Interruption")
    before = seconds_left(one)
    press(host, "Reprendre où l’on en était")
    agree(everywhere, "Tour 2 sur 4")
    assert abs(seconds_left(one) - before) <= 3


def test_a_phone_without_network_agrees_when_it_is_back(open_day):
    host, room, (one, other) = open_day
    press(host, "Commencer le premier tour")
    agree([host, room, one, other], "Tour 1 sur 4")
    kept = one.locator("[data-live-begins='2']").first.inner_text()

    one.context.set_offline(True)
    one.locator("[data-live-trouble]").wait_for(timeout=15000)
    press(host, "5 minutes de retard")
    late = other.locator("[data-live-begins='2']").first
    other.wait_for_function(
        "kept => document.querySelector('[data-live-begins=\"2\"]').innerText !== kept",
        arg=kept,
    )
    assert one.locator("[data-live-begins='2']").first.inner_text() == kept

    one.context.set_offline(False)
    one.locator("[data-live-trouble]").wait_for(state="hidden", timeout=15000)
    one.wait_for_function(
        "late => document.querySelector('[data-live-begins=\"2\"]').innerText === late",
        arg=late.inner_text(),
    )
    agree([host, room, one, other], "Tour 1 sur 4")


def test_the_programme_is_read_without_network_until_one_signs_out(
    screens, day, live_server
):
    session, _catalyst, (member, _other) = day
    begun(session, at=timezone.now())
    path = programme(session, member)
    phone = screens(member.user, path, width=360, height=740)
    phone.get_by_text("se lit aussi sans réseau").wait_for()

    phone.context.set_offline(True)
    phone.reload()
    assert "Table 3" in phone.locator("[data-live-now]").inner_text()
    phone.locator(".al-clock-phase:visible", has_text="Tour 1 sur 4").wait_for()

    phone.context.set_offline(False)
    phone.goto(f"{live_server.url}/compte/deconnexion/")
    phone.locator("main").get_by_role("button", name="Se déconnecter").click()
    phone.wait_for_url(f"{live_server.url}/")
    assert phone.evaluate("caches.keys()") == []
    phone.context.set_offline(True)
    with pytest.raises(Exception, match=CALLS_OFF):
        phone.goto(live_server.url + path)


def test_two_hosts_who_press_at_once_end_one_round(open_day, day, screens):
    session, catalyst, _members = day
    host, room, phones = open_day
    press(host, "Commencer le premier tour")
    second = screens(catalyst, f"{base(session)}/direct/", width=1440, height=900)
    agree([host, second], "Tour 1 sur 4")
    second.evaluate("document.querySelector('[data-live]').dataset.liveRefetch = ''")

    press(host, "Finir le tour 1 maintenant")
    agree([host, room, *phones], "Changement de table")
    press(second, "Finir le tour 1 maintenant")

    second.get_by_text("rien n’a été fait deux fois").wait_for()
    agree([host, second, room, *phones], "Changement de table")


def test_the_gong_is_seen_and_heard_when_rounds_change(open_day):
    host, room, _phones = open_day
    room.get_by_role("button", name="Sonner le gong").click()
    assert room.locator("[data-gong]").get_attribute("aria-pressed") == "true"
    assert not room.locator("[data-gong-flash]").is_visible()

    press(host, "Commencer le premier tour")

    room.locator("[data-gong-flash]").wait_for(state="visible")
    room.locator("[data-gong-flash]").wait_for(state="hidden", timeout=8000)


def test_another_programme_reaches_the_phones(open_day, day):
    session, _catalyst, members = day
    host, _room, phones = open_day
    press(host, "Commencer le premier tour")
    for phone in phones:
        phone.evaluate("document.querySelector('[data-live]').dataset.liveSpread = '0'")
    session.schedules.update(state=ScheduleState.REPLACED)
    both = [one.organisation.registrations.get() for one in members]

    schedule_of(session, [(1, 3, both), (2, 6, both)], version=2, state="published")

    for phone in phones:
        phone.locator("[data-live-after]", has_text="Table 6").wait_for(timeout=9000)


@pytest.mark.parametrize("name", ["direct", "direct/salle", "programme"])
def test_the_screens_fit_and_axe_finds_nothing(screens, day, name):
    session, catalyst, (member, _other) = day
    begun(session, at=timezone.now())
    is_phone = name == "programme"
    path = programme(session, member) if is_phone else f"{base(session)}/{name}/"
    page = screens(member.user if is_phone else catalyst, path, width=360, height=740)
    page.locator(".al-clock-phase:visible", has_text="Tour 1").wait_for()

    for width, height in ((360, 740), (1440, 900), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert fits(page), width
        assert violations(page) == []


def clocks(draws, begins):
    """Clocks as hosts leave them, each with instants around what they did."""
    clock = planned(begins, rounds=4, length=7 * MINUTE, pause=2 * MINUTE)
    at = begins + draws.randint(-300, 300) * SECOND
    yield clock, at
    clock = go_on(clock, at)
    yield clock, at
    for change in draws.choices(["go_on", "delay", "prolong", "wait"], k=3):
        at += draws.randint(30, 240) * SECOND
        if change == "go_on":
            clock = go_on(clock, at)
        elif change == "delay":
            clock = delay(clock, at, by=5 * MINUTE)
        elif position(clock, at).phase in ("round", "break") and change == "prolong":
            clock = prolong(clock, at, by=MINUTE)
    yield clock, at
    if position(clock, at).phase in ("round", "break"):
        yield pause(clock, at), at
        yield end(clock, at), at


def as_python_reads(clock, at):
    here = position(clock, at)
    left = remaining(clock, at)
    return {
        "phase": here.phase,
        "within": here.within,
        "round": here.round,
        "step": here.step,
        "next": here.next_round,
        "remaining": None if left is None else left / dt.timedelta(milliseconds=1),
        "rounds": [
            [round(edge.timestamp() * 1000) for edge in (one.begins_at, one.ends_at)]
            for one in foreseen(clock, at)
        ],
    }


def test_browsers_read_the_clock_as_the_server_does(browser_page, live_server, day):
    draws = random.Random(5)
    begins = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    cases = []
    for _ in range(40):
        for clock, at in clocks(draws, begins):
            for minutes in (0, 1, 8, 40, 900):
                cases += [(clock, at + minutes * MINUTE)]
    browser_page.goto(f"{live_server.url}/rencontres/")
    asked = [
        [Live(clock, 1, 1).body, round(now.timestamp() * 1000)] for clock, now in cases
    ]

    read = browser_page.evaluate(
        """async (asked) => {
            const { position, foreseen } = await import("/static/js/live_clock.js");
            return asked.map(([state, now]) => {
                const { phase, within, round, step, next, remaining } = position(state, now);
                const rounds = foreseen(state, now);
                return { phase, within, round, step, next, remaining, rounds };
            });
        }""",
        json.loads(json.dumps(asked)),
    )

    for (clock, now), found in zip(cases, read, strict=True):
        expected = as_python_reads(clock, now)
        assert found == expected, (clock, now)
