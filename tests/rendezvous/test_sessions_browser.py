"""A session prepared, opened, attended, read: in a real browser, narrow and wide."""

import datetime as dt

import pytest
from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.enums import ScheduleState
from rendezvous.models import Registration, Session, Wish
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.sessions import begun, registration_of, schedule_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)


def check(page):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert violations(page) == []


def act_as(page, client, live_server, person):
    client.force_login(person)
    sign_in(page, client, live_server)


def member_of(name, kind, commune):
    membership = MembershipFactory(
        user__name=f"Ana {name}",
        organisation__name=name,
        organisation__kind=kind,
        organisation__seat=commune,
    )
    IntentionFactory(
        organisation=membership.organisation,
        needs=["premises" if kind == ActorKind.ASSOCIATION else "networks"],
        offers=["networks" if kind == ActorKind.ASSOCIATION else "premises"],
    )
    return membership


@pytest.fixture
def commune():
    return TerritoryFactory(name="Clisson")


@pytest.fixture
def catalyst(commune):
    return catalyst_of(
        TerritoryFactory(epci=True, name="Clisson Sèvre et Maine", communes=[commune])
    )


def prepare(page, live_server):
    page.goto(f"{live_server.url}/rencontres/preparer/")
    check(page)
    page.get_by_role("link", name="Préparer une session").click()
    check(page)
    page.get_by_label("Intitulé").fill("Rencontres du vignoble")
    page.get_by_role("textbox", name="Lieu").fill("Salle des fêtes de Clisson")
    day = timezone.localdate() + dt.timedelta(days=20)
    page.get_by_role("textbox", name="Jour").fill(day.isoformat())
    page.get_by_role("button", name="Enregistrer").click()
    check(page)
    page.get_by_role("button", name="Ouvrir les inscriptions").click()
    page.get_by_role("link", name="L’affiche et son code").click()
    check(page)


def register(page, live_server, session):
    page.goto(f"{live_server.url}/rencontres/{session.public_id}/")
    check(page)
    page.get_by_role("link", name="S’inscrire").click()
    check(page)
    page.locator("summary", has_text="Une autre personne").first.click()
    page.get_by_label("Prénom et nom").nth(1).fill("Bob Martin")
    page.get_by_label("Nous acceptons les règles du jeu").check()
    page.get_by_role("button", name="S’inscrire").click()
    page.get_by_text("Votre place est réservée", exact=True).wait_for()
    check(page)


def test_a_session_from_its_preparation_to_the_wishes(
    browser_page, client, live_server, commune, catalyst
):
    page = browser_page
    act_as(page, client, live_server, catalyst)
    prepare(page, live_server)
    session = Session.objects.get()
    wheels = member_of("Les Vélos", ActorKind.ASSOCIATION, commune)
    works = member_of("Ateliers du Sillon", ActorKind.COMPANY, commune)
    for membership in (wheels, works):
        act_as(page, client, live_server, membership.user)
        register(page, live_server, session)

    page.get_by_role("link", name="Qui voulez-vous rencontrer").click()
    check(page)
    page.get_by_label("À rencontrer absolument").check()
    page.get_by_role("button", name="Enregistrer mes souhaits").click()
    page.get_by_text("Vos souhaits sont enregistrés").wait_for()

    act_as(page, client, live_server, catalyst)
    page.goto(f"{live_server.url}/rencontres/{session.public_id}/tableau/")
    check(page)
    assert Registration.objects.confirmed().count() == 2
    assert Wish.objects.get().answer == "must"


def test_a_programme_on_a_phone_and_its_grid_on_paper(
    browser_page, client, live_server, commune, catalyst
):
    session = session_of(catalyst.mandates.get().territory, title="Rencontres du jour")
    session.begins_at = timezone.now() - dt.timedelta(minutes=2)
    session.save()
    begun(session)
    wheels = member_of("Les Vélos", ActorKind.ASSOCIATION, commune)
    works = member_of("Ateliers du Sillon", ActorKind.COMPANY, commune)
    mine, theirs = (
        registration_of(
            session, one.organisation, intention=one.organisation.intentions.get()
        )
        for one in (wheels, works)
    )
    schedule = schedule_of(
        session,
        [(1, 2, [mine, theirs]), (3, 1, [mine, theirs])],
        state=ScheduleState.PUBLISHED,
    )
    page, base = browser_page, f"{live_server.url}/rencontres/{session.public_id}"

    act_as(page, client, live_server, wheels.user)
    page.goto(f"{base}/programme/{wheels.organisation.public_id}/")
    page.get_by_role("heading", name="Maintenant").wait_for()
    check(page)

    act_as(page, client, live_server, catalyst)
    page.goto(f"{base}/programmes/")
    check(page)
    page.goto(f"{base}/programmes/{schedule.public_id}/")
    check(page)
