"""A draft changed in a real browser: by dragging, and by the keyboard, to the same effect."""

import os

import pytest
from django.urls import reverse

from alliances.enums import ActorKind
from rendezvous.models import Arrangement
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import OrganisationFactory
from tests.factories.sessions import (
    draft_by_hand,
    registration_of,
    schedule_of,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)
NAMES = ("Roue libre", "Pas à pas", "Usine", "Fabrique")


@pytest.fixture
def session():
    session = session_of(TerritoryFactory(), title="Rencontres du vignoble", tables=4)
    Arrangement.objects.create(session=session)
    return session


@pytest.fixture
def draft(session):
    kinds = [ActorKind.ASSOCIATION] * 2 + [ActorKind.COMPANY] * 2
    a, b, y, z = (
        registration_of(session, OrganisationFactory(name=name, kind=kind))
        for name, kind in zip(NAMES, kinds, strict=True)
    )
    parent = schedule_of(session, [(1, 1, [a, y]), (2, 2, [b, z])])
    return draft_by_hand(
        session,
        [(1, 1, [a, y]), (1, 2, [b, z])],
        offered=[(a, z), (b, y)],
        version=2,
        parent=parent,
    )


@pytest.fixture
def page(browser_page, client, live_server, session):
    client.force_login(catalyst_of(session.territory))
    sign_in(browser_page, client, live_server)
    return browser_page


def look(page, name):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert fits(page)
        assert violations(page) == []


def address(live_server, name, *args):
    return live_server.url + reverse(f"rendezvous:{name}", args=args)


def sat(draft):
    return sorted(
        (one.round, one.table)
        for one in draft.meetings.all()
        if one.seats.filter(
            attendee__registration__organisation__name="Roue libre"
        ).exists()
    )


def test_a_meeting_is_dragged_to_another_place(page, live_server, session, draft):
    page.goto(address(live_server, "schedule_edit", session.public_id, draft.public_id))
    grip = page.locator('[data-meeting="1-1"] [data-grip]')
    goal = page.locator('td[data-place="3-4"]')
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), goal.bounding_box()

    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + 20, end["y"] + 10, steps=8)
    page.mouse.up()
    page.get_by_text("C’est fait").wait_for()

    assert sat(draft) == [(3, 4)]


def test_the_same_by_the_keyboard_then_locked_compared_and_set(
    page, live_server, session, draft
):
    ids = session.public_id, draft.public_id
    page.goto(address(live_server, "schedule_edit", *ids))
    look(page, "retouch")
    page.get_by_role("link", name="Roue libre – Usine").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Déplacer au").wait_for()
    look(page, "retouch-selected")
    page.get_by_label("Déplacer au").focus()
    for _press in range(2):
        page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Déplacer").focus()
    page.keyboard.press("Enter")
    page.get_by_text("C’est fait").wait_for()
    assert sat(draft) == [(3, 1)]

    page.get_by_label("Pour", exact=True).select_option(label="Roue libre")
    page.get_by_role("button", name="Voir qui le site propose").click()
    page.get_by_role("button", name="Ajouter", exact=True).wait_for()
    page.get_by_label("Un tour entier").select_option("3")
    page.get_by_role("button", name="Verrouiller", exact=True).click()
    page.get_by_text("tout le tour 3", exact=True).wait_for()
    look(page, "retouch-locked")

    for name in ("schedule_compare", "schedule_settings", "schedule_list"):
        page.goto(address(live_server, name, session.public_id))
        look(page, name)
    page.goto(address(live_server, "schedule_detail", *ids))
    look(page, "detail")
    page.goto(address(live_server, "session_edit", session.public_id))
    page.locator("summary", has_text="Tables de trois").click()
    look(page, "edit")
