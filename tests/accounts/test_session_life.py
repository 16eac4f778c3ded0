import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services.sessions import renew
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
MINE = "alliances:my_organisations"


def stays_signed_in(client: Client) -> bool:
    return client.get(reverse(MINE)).status_code == 200


def play(client: Client, *minutes: int) -> list[bool]:
    """Ask a page after each number of minutes."""
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(client.person)
        answers = []
        for pause in minutes:
            clock.shift(dt.timedelta(minutes=pause))
            answers.append(stays_signed_in(client))
    return answers


@pytest.fixture
def member() -> Client:
    client = Client()
    client.person = UserFactory()
    return client


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.person = UserFactory(is_staff=True)
    return client


def test_somebody_who_works_stays_signed_in(member):
    assert play(member, 60, 110, 119, 5, 5) == [True] * 5


def test_two_hours_without_a_page_sign_out(member):
    assert play(member, 121, 0) == [False, False]


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(member):
    with time_machine.travel(START, tick=False) as clock:
        member.force_login(member.person)
        answers = []
        for _ in range(3):
            clock.shift(dt.timedelta(minutes=50))
            polled = member.get(reverse(MINE), headers={"X-By-Itself": "1"})
            answers.append(polled.status_code == 200)

    assert answers == [True, True, False]


def test_half_an_hour_is_enough_for_an_administrator(administrator):
    assert play(administrator, 29, 29, 31) == [True, True, False]


def test_twelve_hours_sign_out_whoever_works(member):
    assert play(member, *[60] * 13) == [True] * 12 + [False]


def test_a_page_of_everybody_is_shown_once_signed_out_with_a_word(member):
    with time_machine.travel(START, tick=False) as clock:
        member.force_login(member.person)
        clock.shift(dt.timedelta(hours=3))
        page = member.get(reverse("portal:home"))

    assert page.status_code == 200
    assert "connectez-vous de nouveau pour continuer" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated


def test_the_moment_is_written_once_every_few_minutes(member):
    writes = []
    with time_machine.travel(START, tick=False) as clock:
        member.force_login(member.person)
        for pause in (0, 60, 60, 200, 10):
            clock.shift(pause)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                member.get(reverse(MINE))
            writes.append(sum('UPDATE "django_session"' in q["sql"] for q in asked))

    assert writes == [0, 0, 0, 1, 0]


def test_a_session_without_a_beginning_is_not_believed(member):
    member.force_login(member.person)
    session = member.session
    del session["began"]
    session.save()

    assert not stays_signed_in(member)


def test_signing_in_gives_another_identifier(client):
    person = UserFactory()
    person.set_password("une-phrase-bien-longue")
    person.save()
    session = client.session
    session["before"] = "kept by nobody"
    session.save()
    before = session.session_key

    client.post(
        reverse("account_login"),
        {"login": person.email, "password": "une-phrase-bien-longue"},
    )

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_growing_rights_give_another_identifier(rf, member):
    member.force_login(member.person)
    before = member.session.session_key
    request = rf.post("/")
    request.user, request.session = member.person, member.session
    UserSession.objects.create_from_request(request)
    renew(request)

    assert request.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    assert [each.session_key for each in UserSession.objects.all()] == [
        request.session.session_key
    ]


def test_leaving_kills_the_session_for_whoever_kept_its_cookie(member):
    member.force_login(member.person)
    thief = Client()
    thief.cookies = member.cookies.copy()
    assert stays_signed_in(thief)

    member.post(reverse("account_logout"))

    assert not stays_signed_in(thief)


def test_a_new_password_or_a_closed_account_kills_every_session(member):
    member.force_login(member.person)
    other = Client()
    other.force_login(member.person)
    member.person.set_password("une-autre-phrase-bien-longue")
    member.person.save()
    assert not stays_signed_in(other)

    other.force_login(member.person)
    assert stays_signed_in(other)
    member.person.is_active = False
    member.person.save()
    assert not stays_signed_in(other)


def test_another_key_of_the_site_signs_nobody_out(member, settings):
    member.force_login(member.person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the key that comes next, long enough to be one"

    assert stays_signed_in(member)
