"""The documents of a session in a real browser: found, downloaded, narrow and wide."""

import pytest

from alliances.enums import ActorKind
from rendezvous.enums import ScheduleState
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import (
    printout_of,
    registration_of,
    schedule_of,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.pdf_reader import text_of

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)


@pytest.fixture
def membership():
    return MembershipFactory(organisation__name="Roue libre")


@pytest.fixture
def session(membership):
    session = session_of(TerritoryFactory(), title="Rencontres du vignoble")
    own = registration_of(session, membership.organisation, names=("Ana",))
    usine = registration_of(
        session, OrganisationFactory(name="Usine", kind=ActorKind.COMPANY)
    )
    schedule = schedule_of(
        session, [(1, 3, [own, usine])], state=ScheduleState.PUBLISHED
    )
    printout_of(schedule)
    return session


def check(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert violations(page) == []


def downloaded(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value


def test_the_catalyst_downloads_what_the_room_needs(
    browser_page, client, live_server, session
):
    client.force_login(catalyst_of(session.territory))
    page = browser_page
    sign_in(page, client, live_server)
    page.goto(f"{live_server.url}/rencontres/{session.public_id}/tableau/")

    page.get_by_role("link", name="Imprimer et emporter").click()
    check(page)
    file = downloaded(page, "Télécharger : Badges")

    assert file.suggested_filename == "badges-rencontres-du-vignoble-v1.pdf"
    assert "Ana" in text_of(file.path().read_bytes())


def test_one_takes_one_s_programme_away(
    browser_page, client, live_server, session, membership
):
    client.force_login(membership.user)
    page = browser_page
    sign_in(page, client, live_server)
    organisation = membership.organisation.public_id
    page.goto(
        f"{live_server.url}/rencontres/{session.public_id}/programme/{organisation}/"
    )
    check(page)

    sheet = downloaded(page, "La feuille à imprimer (PDF)")
    calendar = downloaded(page, "Ajouter à mon agenda (ICS)")

    assert "Usine" in text_of(sheet.path().read_bytes())
    assert "BEGIN:VEVENT" in calendar.path().read_text()
