"""One sees where one is signed in, and ends what one wants."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "motdepasse-de-test"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537"
)


def signed_in(person, **headers):
    client = Client(headers=headers)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def is_signed_in(client):
    return client.get(reverse("accounts:account_home")).status_code == 200


def session_of(client):
    return UserSession.objects.get(session_key=client.session.session_key)


@pytest.fixture
def person():
    return UserFactory()


def test_the_list_names_devices_and_says_which_is_this_one(person):
    signed_in(person, user_agent=PHONE)
    client = signed_in(person, user_agent="Mozilla/5.0 (X11; Linux) Firefox/128.0")

    sessions = client.get(reverse("accounts:session_list")).context["sessions"]

    assert [(s.browser, s.system, s.is_current) for s in sessions] == [
        ("Firefox", "Linux", True),
        ("Chrome", "Android", False),
    ]


def test_one_ends_a_session_and_only_that_one(person):
    client, other, third = (signed_in(person) for _ in range(3))

    client.post(reverse("accounts:session_end"), {"session": session_of(other).pk})

    assert [is_signed_in(c) for c in (client, other, third)] == [True, False, True]


def test_one_ends_all_the_others(person):
    client, other, third = (signed_in(person) for _ in range(3))

    client.post(reverse("accounts:session_end_others"))

    assert [is_signed_in(c) for c in (client, other, third)] == [True, False, False]


def test_the_session_of_somebody_else_answers_as_one_that_does_not_exist(person):
    client, victim = signed_in(person), signed_in(UserFactory())
    end = reverse("accounts:session_end")

    answers = [
        client.post(end, {"session": session}).url
        for session in (session_of(victim).pk, 10**17, "", "-1", "٣", "1" * 400)
    ]

    assert set(answers) == {reverse("accounts:session_list")}
    assert is_signed_in(victim)


def test_ending_twice_the_same_session_is_no_error(person):
    client, other = signed_in(person), signed_in(person)
    number = session_of(other).pk

    for _ in range(2):
        answer = client.post(reverse("accounts:session_end"), {"session": number})

        assert answer.url == reverse("accounts:session_list")


def test_signing_in_gives_the_session_another_key(client, person):
    visit = client.session
    visit["seen"] = "before signing in"
    visit.save()
    before = visit.session_key

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert is_signed_in(client)
    assert client.session.session_key != before


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(person):
    client, other = signed_in(person), signed_in(person)
    new = "une autre longue phrase"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert [is_signed_in(c) for c in (client, other)] == [True, False]
    assert len(client.get(reverse("accounts:session_list")).context["sessions"]) >= 1


def test_an_account_closed_ends_its_sessions(person):
    client = signed_in(person)

    person.is_active = False
    person.save()

    assert not is_signed_in(client)


def test_the_list_costs_the_same_for_ten_sessions(
    person, django_assert_max_num_queries
):
    client = signed_in(person)
    for _ in range(9):
        signed_in(person)

    with django_assert_max_num_queries(6):
        client.get(reverse("accounts:session_list"))
