import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Elevation
from accounts.services.elevation import elevate, end_elevation
from tests.factories.accounts import UserFactory
from tests.factories.elevation import ElevationFactory, elevated_administrator

pytestmark = pytest.mark.django_db

ASK = "/administration/acces/"
END = "/administration/acces/fin/"
REASON = "Corriger le SIREN à la demande du Relais"
CHOSEN = {"reason": REASON, "duration": "30"}


@pytest.fixture
def staff():
    return UserFactory(is_staff=True, is_superuser=True)


def sign_in(client, person, *, confirmed=True):
    client.force_login(person)
    if confirmed:
        client.post(
            reverse("account_reauthenticate"), {"password": "motdepasse-de-test"}
        )


def listed(client, person):
    """Enter the session in the list that the person sees; return its key."""
    key = client.session.session_key
    UserSession.objects.create(
        user=person, session_key=key, ip="127.0.0.1", last_seen_at=timezone.now()
    )
    return key


def keys_listed(person):
    found = UserSession.objects.filter(user=person)
    return list(found.values_list("session_key", flat=True))


def test_staff_without_extended_access_are_sent_to_ask_for_it(client, staff):
    sign_in(client, staff)

    answer = client.get("/administration/alliances/organisation/?q=velo")

    assert answer.status_code == 302
    assert answer.url == (
        "/administration/acces/?next=%2Fadministration%2Falliances%2Forganisation"
        "%2F%3Fq%3Dvelo"
    )


def test_nobody_else_learns_that_there_is_an_administration(client):
    sign_in(client, UserFactory())

    statuses = [client.get(path).status_code for path in (ASK, "/administration/")]

    assert [*statuses, client.post(END).status_code] == [404, 404, 404]


def test_the_page_asks_for_the_password_again(client, staff):
    sign_in(client, staff, confirmed=False)

    answer = client.post(ASK, CHOSEN)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Elevation.objects.exists()


def test_a_password_given_again_opens_the_page_that_was_asked_for(client, staff):
    sign_in(client, staff, confirmed=False)

    page = client.get(ASK, {"next": "/administration/"}, follow=True)
    client.post(page.request["PATH_INFO"], {"password": "motdepasse-de-test"})
    answer = client.post(ASK, {**CHOSEN, "next": "/administration/jobs/job/"})

    assert answer.url == "/administration/jobs/job/"
    assert client.get("/administration/jobs/job/").status_code == 200


def test_an_access_has_a_reason_an_end_and_a_new_session(client, staff):
    sign_in(client, staff)
    before = listed(client, staff)

    answer = client.post(ASK, CHOSEN)

    access = Elevation.objects.get()
    assert answer.url == "/administration/"
    assert (access.user, access.reason) == (staff, REASON)
    assert access.ends_at - access.starts_at == dt.timedelta(minutes=30)
    assert client.session.session_key != before
    assert keys_listed(staff) == [client.session.session_key]


@pytest.mark.parametrize(
    "wrong",
    [{"reason": "besoin"}, {"reason": " " * 40}, {"duration": "45"}, {"duration": ""}],
)
def test_a_short_reason_or_another_duration_opens_nothing(client, staff, wrong):
    sign_in(client, staff)

    answer = client.post(ASK, {**CHOSEN, **wrong})

    assert answer.status_code == 422
    assert not Elevation.objects.exists()


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example"])
def test_the_page_that_follows_is_one_of_ours(client, staff, next_page):
    sign_in(client, staff)

    answer = client.post(ASK, {**CHOSEN, "next": next_page})

    assert answer.url == "/administration/"


def test_every_page_says_it_while_it_lasts_and_ends_it(client):
    person = elevated_administrator()
    sign_in(client, person)
    before = listed(client, person)

    pages = [client.get(path).text for path in ("/", "/administration/")]
    answer = client.post(END, follow=True)

    assert all("Chaque lecture est inscrite au journal" in page for page in pages)
    assert "Votre accès étendu est terminé." in answer.text
    assert "Chaque lecture est inscrite" not in answer.text
    assert client.session.session_key != before
    assert keys_listed(person) == [client.session.session_key]
    assert client.get("/administration/").status_code == 302


def test_it_ends_when_its_time_is_over(client, time_machine):
    time_machine.move_to("2026-03-12 09:00:00+00:00", tick=False)
    sign_in(client, elevated_administrator())

    statuses = []
    for minute in ("09:29:59", "09:30:00"):
        time_machine.move_to(f"2026-03-12 {minute}+00:00", tick=False)
        statuses.append(client.get("/administration/").status_code)

    assert statuses == [200, 302]


@pytest.mark.parametrize("table", ["mfa/authenticator", "usersessions/usersession"])
def test_keys_and_sessions_of_people_have_no_page_even_then(client, table):
    sign_in(client, elevated_administrator())

    assert client.get(f"/administration/{table}/").status_code == 404


def test_signing_out_ends_it(client):
    person = elevated_administrator()
    sign_in(client, person)

    client.post(reverse("account_logout"))

    assert not Elevation.objects.live(timezone.now()).exists()


def test_a_new_access_replaces_the_one_that_is_open():
    first = ElevationFactory()

    second = elevate(first.user, reason=REASON, duration=dt.timedelta(minutes=15))

    assert list(Elevation.objects.live(timezone.now())) == [second]
    assert end_elevation(first.user)
    assert not end_elevation(first.user)


def test_the_base_refuses_a_longer_access_and_keeps_what_was():
    with pytest.raises(IntegrityError, match="half_an_hour"), transaction.atomic():
        ElevationFactory(ends_at=timezone.now() + dt.timedelta(minutes=31))
    with pytest.raises(InternalError, match="kept"), transaction.atomic():
        ElevationFactory().delete()
