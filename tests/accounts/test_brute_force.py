"""A thousand guesses: how many of them are compared with anything at all.

Whoever guesses changes what they may change: the origin that they pretend to have, their
browser, and, for those who have many, their machines.
"""

from collections import Counter

import pytest
import time_machine
from allauth.account import forms as account_forms
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.codes import code_of
from tests.accounts.letters import last_code
from tests.factories.accounts import UserFactory, add_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADDRESS = "camille@exemple.test"
PASSWORD = "motdepasse-de-test"
GUESSES = 1_000
OF_AN_ACCOUNT = 10
OF_A_MACHINE = 100
CODES = 5 * 3  # so many are sent to an address, and tried, in a quarter of an hour
BROWSERS = ("Firefox/1", "Chrome/2", "Safari/3", "curl/4")


def from_one_machine(number):
    return {
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_X_FORWARDED_FOR": f"198.51.{number // 250}.{number % 250}",
        "HTTP_USER_AGENT": BROWSERS[number % len(BROWSERS)],
    }


def from_many_machines(number):
    machine = f"198.51.{number // 250}.{number % 250}"
    return from_one_machine(number) | {"REMOTE_ADDR": machine}


def behind_our_proxy(number):
    """Our proxy writes the last origin; the guesser, those before it."""
    pretended = from_one_machine(number)["HTTP_X_FORWARDED_FOR"]
    return from_one_machine(number) | {
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_X_FORWARDED_FOR": f"{pretended}, 203.0.113.9",
    }


WAYS = (from_one_machine, from_many_machines, behind_our_proxy)


@pytest.fixture
def person():
    return UserFactory(email=ADDRESS)


@pytest.fixture
def checked(monkeypatch):
    """How many guesses at each kind of secret are compared with it."""
    counts, passwords = Counter(), set()
    verify = MD5PasswordHasher.verify
    compare, validate = account_forms.compare_user_code, TOTP.validate_code

    def verified(self, password, encoded):
        if (password, encoded) not in passwords:  # each backend asks
            passwords.add((password, encoded))
            counts["passwords"] += 1
        return verify(self, password, encoded)

    def compared(*, actual, expected):
        counts["codes"] += bool(expected)
        return compare(actual=actual, expected=expected)

    def validated(self, code):
        counts["second factors"] += 1
        return validate(self, code)

    monkeypatch.setattr(MD5PasswordHasher, "verify", verified)
    monkeypatch.setattr(account_forms, "compare_user_code", compared)
    monkeypatch.setattr(TOTP, "validate_code", validated)
    return counts


def sign_in(client, password, address=ADDRESS, **headers):
    path = reverse("account_login")
    return client.post(path, {"login": address, "password": password}, **headers)


def is_signed_in(client):
    return client.get(reverse("accounts:account_home")).status_code == 200


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_ten_passwords_of_an_account_are_checked_whoever_guesses(
    person, checked, settings, way
):
    settings.TRUSTED_PROXY_COUNT = int(way is behind_our_proxy)
    at_home = Client()
    sign_in(at_home, PASSWORD)
    at_home.post(reverse("account_logout"))
    checked.clear()

    for number in range(GUESSES):
        sign_in(Client(), f"devinette {number}", **way(number))

    assert 0 < checked["passwords"] <= OF_AN_ACCOUNT
    # Whose account it is gets in all the same: at home, and elsewhere by a code.
    sign_in(at_home, PASSWORD, REMOTE_ADDR="203.0.113.77")
    assert is_signed_in(at_home)
    elsewhere = Client(REMOTE_ADDR="203.0.113.78")
    elsewhere.post(reverse("account_request_login_code"), {"email": ADDRESS})
    code = {"code": last_code(ADDRESS)}
    elsewhere.post(reverse("account_confirm_login_code"), code)
    assert is_signed_in(elsewhere)


def test_a_hundred_passwords_are_checked_from_a_machine_whatever_the_accounts(checked):
    people = [UserFactory() for _ in range(GUESSES // 5)]
    checked.clear()

    for number in range(GUESSES):
        address = people[number % len(people)].email
        sign_in(Client(), "devinette", address, **from_one_machine(number))

    assert 0 < checked["passwords"] <= OF_A_MACHINE


@pytest.mark.parametrize(
    ("asks", "confirms"),
    [
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
@pytest.mark.parametrize("way", WAYS[:2], ids=lambda way: way.__name__)
@pytest.mark.usefixtures("person")
def test_few_codes_that_were_sent_are_compared(checked, way, asks, confirms):
    client = Client()
    for number in range(GUESSES):
        if number % 4 == 0:  # three mistakes end a request
            client = Client()
            client.post(reverse(asks), {"email": ADDRESS}, **way(number))
        client.post(reverse(confirms), {"code": f"AAA{number:03}"}, **way(number))

    assert 0 < checked["codes"] <= CODES


@pytest.mark.parametrize("way", WAYS[:2], ids=lambda way: way.__name__)
def test_ten_codes_of_a_second_factor_are_checked_after_the_password(
    person, checked, way
):
    secret = add_second_factor(person)
    client = Client()
    sign_in(client, PASSWORD)
    for number in range(GUESSES):
        client.post(
            reverse("mfa_authenticate"), {"code": f"{number:06}"}, **way(number)
        )

    assert 0 < checked["second factors"] <= OF_AN_ACCOUNT
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, **way(0))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("account_change_password", "oldpassword"),
        ("account_reauthenticate", "password"),
    ],
)
def test_ten_passwords_are_checked_from_a_session_that_was_taken(
    person, checked, name, field
):
    thief = Client()
    chosen = {"password1": "une longue phrase", "password2": "une longue phrase"}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        thief.force_login(person)
        for number in range(GUESSES // 10):
            guess = chosen | {field: f"devinette {number}"}
            thief.post(reverse(name), guess, **from_many_machines(number))
            clock.shift(8)  # all within a quarter of an hour

    assert 0 < checked["passwords"] <= OF_AN_ACCOUNT


def test_sixty_keys_of_invitations_are_looked_up_from_a_machine():
    statuses = Counter()
    for number in range(GUESSES):
        path = reverse("alliances:invitation_answer", args=[f"devinette-{number}"])
        statuses[Client().get(path, **from_one_machine(number)).status_code] += 1

    assert statuses == {404: 60, 429: GUESSES - 60}
