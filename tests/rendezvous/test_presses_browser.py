"""Hands quicker than the site: two halves of one click, two people at once."""

import pytest
from django.utils import timezone

from rendezvous.models import Attendance
from rendezvous.selectors.live import live_of
from tests.factories.sessions import begun
from tests.rendezvous.test_live_browser import base, day, press, screens

__all__ = ["day", "screens"]

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


def second_half(page, button):
    """The second click of a double click, at the place of a button."""
    button.wait_for()
    button.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)


def test_the_second_click_does_not_begin_the_next_round(screens, day):
    session, catalyst, _members = day
    begun(session, at=timezone.now())
    host = screens(catalyst, f"{base(session)}/direct/", width=1440, height=900)
    press(host, "Finir le tour 1 maintenant")
    following = host.get_by_role("button", name="Commencer le tour 2 maintenant")

    second_half(host, following)
    press(host, "Tout arrêter un moment")
    host.get_by_role("button", name="Reprendre").wait_for()

    assert live_of(session).revision == 3  # begun, ended, stopped
    press(host, "Reprendre où l’on en était")
    press(host, "Commencer le tour 2 maintenant")
    host.locator(".al-clock-phase:visible", has_text="Tour 2 sur 4").wait_for()


def test_the_second_click_does_not_undo_an_arrival(screens, day):
    session, catalyst, _members = day
    door = screens(catalyst, f"{base(session)}/accueil/", width=360, height=740)
    line, other = (door.locator("li.al-door-line").nth(at) for at in (0, 1))
    line.get_by_role("button", name="Arrivée").click()

    second_half(door, line.get_by_role("button", name="Annuler"))
    other.get_by_role("button", name="Arrivée").click()
    other.get_by_text("arrivée à").wait_for()

    assert set(Attendance.objects.values_list("state", flat=True)) == {"arrived"}
    line.get_by_role("button", name="Annuler").click()
    line.get_by_text("– attendue").wait_for()


def test_two_who_arrive_together_are_both_noted(screens, day):
    session, catalyst, _members = day
    door = screens(catalyst, f"{base(session)}/accueil/", width=360, height=740)
    arrivals = door.locator("li.al-door-line button[name='arrivee']")

    arrivals.evaluate_all("buttons => buttons.forEach((button) => button.click())")
    door.get_by_text("arrivée à").nth(1).wait_for()

    assert list(Attendance.objects.values_list("state", flat=True)) == ["arrived"] * 2
