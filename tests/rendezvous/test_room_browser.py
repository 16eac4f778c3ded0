"""The door held on a phone: three arrivals, the others absent, a new programme."""

import os
from pathlib import Path

import pytest

from jobs.services import drain
from rendezvous.models import Attendance, Schedule
from rendezvous.selectors.arrivals import arrival_code
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import MembershipFactory
from tests.factories.room import running_session
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1440, 360)
SHOTS = os.environ.get("SHOTS")


def check(page, name=""):
    """Nothing overflows, wide or narrow, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert fits(page)
        assert violations(page) == []
        if SHOTS and name:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def act_as(page, client, live_server, person):
    client.force_login(person)
    sign_in(page, client, live_server)


@pytest.fixture
def room():
    commune = TerritoryFactory(name="Clisson")
    around = TerritoryFactory(epci=True, name="Sèvre et Maine", communes=[commune])
    session, everybody = running_session(around, side=3, rounds=3)
    return session, everybody, catalyst_of(around)


def three_arrive(page, base, session, everybody):
    """By name with the keyboard alone, by a tap, by the code of their phone."""
    page.goto(f"{base}/accueil/")
    check(page, "accueil")
    page.keyboard.type("velos 1")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Ana 1").wait_for()
    check(page, "arrivee")
    line = page.locator("li", has_text="Bob 2")
    for button in ("Arrivée Bob 2", "Annuler Bob 2", "Arrivée Bob 2"):
        line.get_by_role("button", name=button).click()
    line.get_by_text("arrivée à").wait_for()
    code = arrival_code(session, everybody[1].attendees.get())
    page.goto(f"{base}/accueil/p/{code}/")
    check(page, "code")
    page.get_by_role("button", name="Cette personne est arrivée").click()
    page.get_by_text("Son arrivée est notée.").wait_for()
    page.get_by_role("link", name="La liste").click()


def the_others_are_absent(page):
    page.get_by_role("button", name="Tous ceux qui ne sont pas arrivés").click()
    page.get_by_text("rencontres à venir n’ont plus lieu").wait_for()
    assert Attendance.objects.filter(state="absent").count() == 3
    check(page, "absents")
    page.get_by_role("link", name="Une proposition pour chaque personne").click()
    check(page, "sans-table")
    page.go_back()


def another_programme(page):
    page.get_by_role("button", name="Proposer un nouveau programme").click()
    page.get_by_text("Calcul du nouveau programme").wait_for()
    check(page, "calcul")
    drain()
    page.get_by_role("link", name="Voir ce qui change").click()
    check(page, "apercu")
    page.get_by_role("button", name="Appliquer ce programme").click()
    page.get_by_text("Le nouveau programme est publié").wait_for()


def test_eight_minutes_past_nine(browser_page, client, live_server, room):
    session, everybody, host = room
    page, base = browser_page, f"{live_server.url}/rencontres/{session.public_id}"
    member = MembershipFactory(organisation=everybody[1].organisation)
    act_as(page, client, live_server, host)
    three_arrive(page, base, session, everybody)
    the_others_are_absent(page)
    another_programme(page)

    act_as(page, client, live_server, member.user)
    page.goto(f"{base}/programme/{member.organisation.public_id}/")
    page.get_by_text("Votre programme a changé").wait_for()
    page.locator("summary", has_text="Retard, absence, départ").click()
    check(page, "programme")
    shown = page.locator(".al-programme").inner_text()
    seats = (
        Schedule.objects.published()
        .get()
        .meetings.filter(seats__attendee__registration=everybody[1])
    )
    assert [f"Table {one.table}" in shown for one in seats] == [True]
    page.get_by_role("button", name="Je pars").click()
    page.get_by_text("repart avant le tour").wait_for()


def test_somebody_is_found_as_one_types(browser_page, client, live_server, room):
    session, _everybody, host = room
    page = browser_page
    act_as(page, client, live_server, host)
    page.goto(f"{live_server.url}/rencontres/{session.public_id}/accueil/")

    page.keyboard.type("bob")
    page.locator(".al-door-line", has_text="Ana 1").wait_for(state="detached")

    assert page.locator(".al-door-line").count() == 3


def test_the_door_is_held_without_scripts(chromium, client, live_server, room):
    session, everybody, host = room
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    act_as(page, client, live_server, host)
    page.goto(f"{live_server.url}/rencontres/{session.public_id}/accueil/")

    page.locator("li", has_text="Ana 1").get_by_role("button", name="Arrivée").click()
    page.locator("li", has_text="Ana 1").get_by_text("arrivée à").wait_for()
    pk = everybody[0].attendees.get().pk
    assert page.url.endswith(f"#p-{pk}")
    page.get_by_role("link", name="Inscrire quelqu’un sur place").click()
    page.get_by_label("Pour quelle organisation").fill("velos 2")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_label("Vélos 2").check()
    page.get_by_label("Prénom et nom").fill("Cléo")
    page.get_by_label("Elle a lu les règles").check()
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_role("status").get_by_text("Cléo").wait_for()
    context.close()
