"""Two phones at one table: both say yes, both sign; then the catalyst reads it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Introduction
from rendezvous.models import FollowUp, Signature
from rendezvous.services.upkeep import remember_encounters
from tests.browser import fits, sign_in, violations
from tests.factories.followups import Side, both_say_yes, met, past_session
from tests.factories.sessions import seat
from tests.factories.suggestions import catalyst_of

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


def check(page):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert fits(page)
        assert violations(page) == []


@pytest.fixture
def phone(chromium, live_server):
    """A phone of somebody, in a browser of its own."""
    contexts = []

    def open_for(person):
        context = chromium.new_context(viewport=PHONE, locale="fr-FR")
        contexts.append(context)
        page, client = context.new_page(), Client()
        client.force_login(person)
        sign_in(page, client, live_server)
        return page

    yield open_for
    for context in contexts:
        context.close()


def programme_of(live_server, side):
    session = side.registration.session.public_id
    organisation = side.organisation.public_id
    return f"{live_server.url}/rencontres/{session}/programme/{organisation}/"


def promise(page):
    """Fill the card, and sign it."""
    page.get_by_label("Usine").check()
    soon = timezone.localdate() + dt.timedelta(days=5)
    page.get_by_label("Avant le").fill(soon.isoformat())
    page.get_by_label("Pour quoi faire").fill("Visiter l’atelier")
    page.get_by_role("button", name="Enregistrer et signer").click()
    page.get_by_text("Signée par vous").wait_for()


def sign(page):
    page.reload()
    page.get_by_role("link", name="La fiche d’engagement et la suite").first.click()
    page.get_by_role("button", name="Signer la fiche").click()
    page.get_by_text("Signée des deux côtés").wait_for()


def test_both_say_yes_then_sign_each_on_their_phone(live_server, phone):
    session = past_session(title="Rencontres du vignoble")
    wheels, works = Side(session), Side(session, "Usine", ActorKind.COMPANY)
    met(session, wheels, works)
    one, other = phone(wheels.user), phone(works.user)

    one.goto(programme_of(live_server, wheels))
    check(one)
    one.get_by_label("La piste explorée").first.fill("Un atelier vélo à l’usine")
    one.get_by_role("button", name="Je veux continuer").first.click()
    one.get_by_text("Vous seuls la lisez").first.wait_for()
    check(one)
    other.goto(programme_of(live_server, works))
    assert other.get_by_text("Un atelier vélo").count() == 0
    other.get_by_role("button", name="Je veux continuer").first.click()
    other.get_by_text("Vous êtes en relation").wait_for()
    check(other)
    promise(other)
    sign(one)
    check(one)
    one.get_by_role("button", name="Nous nous sommes parlé").click()
    one.get_by_text("Merci, c’est noté").wait_for()

    assert Introduction.objects.count() == 1
    assert Signature.objects.count() == 2
    assert FollowUp.objects.get().stage == "first_meeting"


def test_the_catalyst_reads_what_goes_on_and_the_figures(live_server, phone):
    session = past_session(title="Rencontres du vignoble", tables=12)
    pairs = [
        (Side(session, f"Association {n}"), Side(session, f"Usine {n}", "company"))
        for n in range(4)
    ]
    programme = met(session, *pairs[0])
    for table, pair in enumerate(pairs[1:], start=2):
        seat(programme, 1, table, [side.registration for side in pair])
    for pair in pairs[:3]:
        both_say_yes(*pair)
    remember_encounters(timezone.now())
    page = phone(catalyst_of(session.territory))
    base = f"{live_server.url}/rencontres/{session.public_id}"

    page.goto(f"{base}/suites/")
    check(page)
    page.get_by_role("button", name="Relancer").first.click()
    page.get_by_text("sont relancées").wait_for()
    page.goto(f"{base}/bilan/")
    check(page)
    page.get_by_role("link", name="Comparer avec d’autres sessions").click()
    page.get_by_role("table").wait_for()
    check(page)
