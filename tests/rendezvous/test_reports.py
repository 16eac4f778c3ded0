"""The report of a session: in one click, on paper and in a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind, MandateRole
from rendezvous.services.upkeep import remember_encounters
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory
from tests.factories.followups import Side, both_say_yes, card_of, met, past_session
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.pdf_reader import is_pdf_ua, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def session(territory):
    return held(territory, "Rencontres de novembre", days=0)


def held(territory, title, *, days):
    session = past_session(territory, days=days, title=title)
    pair = Side(session), Side(session, f"Usine {days}", ActorKind.COMPANY)
    met(session, *pair)
    card_of(both_say_yes(*pair), *pair)
    remember_encounters(timezone.now())
    return session


def sheet(client, session):
    return client.get(reverse("rendezvous:report_sheet", args=[session.public_id]))


def table(client, session):
    return client.get(reverse("rendezvous:report_table", args=[session.public_id]))


def observer_of(territory):
    person = UserFactory()
    person.mandates.create(
        territory=territory,
        role=MandateRole.OBSERVER,
        starts_on=timezone.localdate(),
    )
    return person


def test_the_report_says_how_far_pairs_went_beside_another_session(
    client, territory, session
):
    held(territory, "Rencontres de la veille", days=1)
    client.force_login(catalyst_of(territory))

    answer = sheet(client, session)

    text = text_of(answer.content)
    assert is_pdf_ua(answer.content)
    assert "Bilan de la session" in text
    assert "Rencontres faites 1 Envie partagée de continuer 1" in text
    assert "Fiches d’engagement signées 1" in text
    assert "Rencontres de la veille" in text
    assert answer["Content-Disposition"].endswith('-rencontres-de-novembre.pdf"')


def test_the_workbook_has_a_row_by_session(client, territory, session):
    held(territory, "Rencontres de la veille", days=1)
    client.force_login(catalyst_of(territory))

    book = openpyxl.load_workbook(io.BytesIO(table(client, session).content))

    names, *rows = book["Sessions"].values
    assert names[2:4] == ("Rencontres prévues", "Rencontres faites")
    assert [(row[0], row[2]) for row in rows] == [
        ("Rencontres de novembre", 1),
        ("Rencontres de la veille", 1),
    ]
    assert dict(list(book["Autres chiffres"].values)[1:])["Personnes attendues"] == 2


def test_an_observer_reads_no_small_figure(client, territory, session):
    client.force_login(observer_of(territory))

    text = text_of(sheet(client, session).content)
    book = openpyxl.load_workbook(io.BytesIO(table(client, session).content))

    assert "Rencontres faites moins de 5" in text
    assert list(book["Ensemble"].values)[1][1:] == (None,) * 7


@pytest.mark.parametrize("who", ["member", "other catalyst"])
def test_the_report_is_for_who_reads_the_figures(client, session, who):
    person = (
        MembershipFactory().user if who == "member" else catalyst_of(TerritoryFactory())
    )
    client.force_login(person)

    assert sheet(client, session).status_code == 404
    assert table(client, session).status_code == 404
