"""The pages of a session: announced to everybody, prepared by the catalyst."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from notifications.models import Notification
from rendezvous.enums import SessionState
from rendezvous.models import Session
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.sessions import registration_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

LIST, MINE, CREATE = (
    "/rencontres/",
    "/rencontres/preparer/",
    "/rencontres/preparer/nouvelle/",
)


@pytest.fixture
def commune():
    return TerritoryFactory(name="Ici")


@pytest.fixture
def around(commune):
    return TerritoryFactory(epci=True, name="Autour d’Ici", communes=[commune])


@pytest.fixture
def catalyst(around):
    return catalyst_of(around)


@pytest.fixture
def browser(client, catalyst):
    client.force_login(catalyst)
    return client


@pytest.fixture
def session(around):
    return session_of(around, title="Rencontres du pays")


def url(name, session):
    return reverse(f"rendezvous:{name}", args=[session.public_id])


def text(response):
    return response.content.decode()


def filled(around, **values):
    day = timezone.localdate() + dt.timedelta(days=30)
    return {
        "titre": "Rencontres d’hiver",
        "territoire": around.reference,
        "forme": "speed_dating",
        "presentation": "",
        "lieu": "Gymnase",
        "jour": day.isoformat(),
        "heure": "18:30",
        "fuseau": "Europe/Paris",
        "langues": ["fr"],
        "tables": "10",
        "tours": "8",
        "minutes": "7",
        "pause": "2",
        "au_moins": "4",
        "au_plus": "8",
        "places_association": "10",
        "places_company": "10",
        "rencontres": "differentes",
        "regles": "Ni argent, ni vente.",
        **values,
    }


def test_a_visitor_reads_what_is_announced_and_not_what_is_prepared(client, around):
    session_of(around, title="Annoncée")
    hidden = session_of(around, title="Brouillon", state=SessionState.DRAFT)

    listed = text(client.get(LIST))

    assert ("Annoncée" in listed, "Brouillon" in listed) == (True, False)
    assert client.get(url("session_detail", hidden)).status_code == 404
    assert client.get(url("session_poster", hidden)).status_code == 404


def test_the_list_narrows_to_what_is_around_a_place(client, commune, around):
    session_of(around, title="Du pays")
    session_of(TerritoryFactory(name="Loin"), title="D’ailleurs")

    page = text(client.get(LIST, {"territoire": commune.reference}))

    assert ("Du pays" in page, "D’ailleurs" in page) == (True, False)


def test_the_public_page_tells_how_many_come_and_names_nobody(client, session):
    organisation = OrganisationFactory(name="ZQroue libre")
    registration_of(session, organisation, names=("ZQpersonne",))

    page = text(client.get(url("session_detail", session)))

    assert "ZQ" not in page
    assert "1 inscrite sur 2" in " ".join(page.split())


def test_the_poster_holds_the_address_and_its_code(client, session, settings):
    settings.SITE_URL = "https://rencontres.test"

    page = text(client.get(url("session_poster", session)))

    assert f"https://rencontres.test/rencontres/{session.public_id}/" in page
    assert '<path d="M' in page


def test_hours_are_those_of_the_place(client, around):
    at = dt.datetime(2027, 7, 1, 14, 0, tzinfo=dt.UTC)
    session = session_of(
        around, zone="Indian/Reunion", begins_at=at, ends_at=at + dt.timedelta(hours=2)
    )

    page = " ".join(text(client.get(url("session_detail", session))).split())

    assert "de 18 h 00 à 20 h 00 (heure de La Réunion)" in page


def test_a_catalyst_prepares_a_session_then_opens_it(browser, around, catalyst):
    answer = browser.post(CREATE, filled(around), follow=True)

    session = Session.objects.get()
    assert "en préparation" in text(answer)
    assert (session.state, session.by, session.territory) == (
        SessionState.DRAFT,
        catalyst,
        around,
    )
    assert session.ends_at - session.begins_at == dt.timedelta(minutes=8 * 9 - 2)
    assert session.local_begins_at.strftime("%H:%M") == "18:30"
    assert dict(session.capacities.values_list("kind", "places")) == {
        "association": 10,
        "company": 10,
    }
    assert list(session.kind_pairs.values_list("low", "high")) == [
        ("association", "company")
    ]

    browser.post(url("session_act", session), {"etat": "open"})

    session.refresh_from_db()
    assert session.state == SessionState.OPEN


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"au_plus": "9"}, "Il n’y a pas autant de tours."),
        ({"au_moins": "9", "au_plus": "8"}, "C’est plus que le maximum."),
        ({"places_association": "", "places_company": ""}, "au moins une nature"),
        ({"places_company": ""}, "personne ne rencontrerait personne"),
        ({"jour": "2001-01-01"}, "Choisissez un jour à venir"),
        (
            {"tables": "2", "au_moins": "5"},
            "Avec 2 tables et 8 tours, 20 organisations ne peuvent pas toutes avoir 5",
        ),
        ({"tables": "٣"}, "Écrivez un nombre entier"),
        ({"langues": []}, "Ce champ est obligatoire"),
        ({"territoire": "FR"}, "Sélectionnez un choix valide"),
    ],
    ids=str,
)
def test_what_is_impossible_is_refused_with_its_reason(browser, around, values, said):
    answer = browser.post(CREATE, filled(around, **values))

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Session.objects.exists()


def test_a_former_session_is_a_model_without_its_day(browser, session):
    page = text(browser.get(CREATE, {"modele": session.public_id}))

    assert 'value="Rencontres du pays"' in page
    assert f'value="{session.local_begins_at.date().isoformat()}"' not in page


def test_a_correction_changes_the_session_and_its_kinds(browser, around, session):
    browser.post(
        url("session_edit", session),
        filled(around, places_association="", places_local_authority="3"),
    )

    session.refresh_from_db()
    assert session.title == "Rencontres d’hiver"
    assert session.rules_version == 1  # the same text
    assert dict(session.capacities.values_list("kind", "places")) == {
        "company": 10,
        "local_authority": 3,
    }


def test_other_rules_are_another_version(browser, around, session):
    browser.post(url("session_edit", session), filled(around, regles="Autre chose."))

    session.refresh_from_db()
    assert session.rules_version == 2


def moved(browser, session, around, **values):
    """What those who come are told once the form is filled so, then filled so again."""
    membership = MembershipFactory(organisation__kind=ActorKind.COMPANY)
    registration_of(session, membership.organisation)
    for _ in range(2):
        answer = browser.post(url("session_edit", session), filled(around, **values))
        assert answer.status_code == 302
    return Notification.objects.filter(user=membership.user, kind="session_moved")


def test_those_who_come_are_told_once_that_it_is_elsewhere(browser, around, session):
    session.refresh_from_db()
    here = session.local_begins_at
    same = {"jour": here.date().isoformat(), "heure": f"{here:%H:%M:%S}"}

    assert not moved(browser, session, around, lieu=session.place, **same)
    assert moved(browser, session, around, **same).count() == 1
    assert moved(browser, session, around).count() == 1  # another hour


def test_nobody_is_told_of_what_is_not_announced(browser, around):
    draft = session_of(around, state=SessionState.DRAFT)

    assert not moved(browser, draft, around)


def test_the_board_says_who_is_missing_and_whom_the_directory_would_bring(
    browser, session, commune
):
    OrganisationFactory(name="Fabrique", kind=ActorKind.COMPANY, seat=commune)
    useful = OrganisationFactory(name="Prêteuse", kind=ActorKind.COMPANY, seat=commune)
    IntentionFactory(organisation=useful, offers=["loan"])
    asking = OrganisationFactory(name="Demandeuse", seat=commune)
    registration_of(session, asking, needs=["loan"], names=("Ana", "Bob"))

    page = " ".join(text(browser.get(url("session_board", session))).split())

    assert "Il vous manque 2 entreprises" in page
    assert page.index("Prêteuse") < page.index("Fabrique")
    assert "cherché par Demandeuse" in page
    assert "Ana, Bob" in page


def test_what_somebody_present_brings_is_not_a_white_zone(browser, session, commune):
    for name, needs, offers in (("Une", ["loan"], []), ("Autre", [], ["loan"])):
        registration_of(
            session, OrganisationFactory(name=name), needs=needs, offers=offers
        )

    assert "cherché par" not in text(browser.get(url("session_board", session)))


def test_the_board_of_another_territory_is_not_there(client, session):
    client.force_login(catalyst_of(TerritoryFactory()))

    assert client.get(url("session_board", session)).status_code == 404
    assert client.post(url("session_act", session), {"etat": "open"}).status_code == 404


@pytest.mark.parametrize("path", [LIST, MINE])
def test_a_longer_list_costs_no_more_queries(
    browser, around, path, django_assert_num_queries, django_assert_max_num_queries
):
    session_of(around)
    browser.get(path)
    with django_assert_max_num_queries(30) as few:
        browser.get(path)
    for _ in range(5):
        session_of(around)

    with django_assert_num_queries(len(few)):
        browser.get(path)


def test_a_fuller_board_costs_no_more_queries(
    browser, session, django_assert_num_queries, django_assert_max_num_queries
):
    session.capacities.update(places=100)
    registration_of(session, OrganisationFactory())
    browser.get(url("session_board", session))
    with django_assert_max_num_queries(40) as few:
        browser.get(url("session_board", session))
    for _ in range(5):
        registration_of(session, OrganisationFactory(), names=("Ana", "Bob"))

    with django_assert_num_queries(len(few)):
        browser.get(url("session_board", session))
