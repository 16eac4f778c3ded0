"""Guessing is slowed down; nobody is kept out of their account by somebody else."""

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse

from accounts.known_devices import cookie_name
from tests.accounts.letters import last_code
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "camille@exemple.test"
PASSWORD = "motdepasse-de-test"


@pytest.fixture(autouse=True)
def person():
    return UserFactory(email=ADDRESS)


def attempt(client, password, place="192.0.2.1"):
    """Sign in from ``place``; tell what came of it."""
    answer = client.post(
        reverse("account_login"),
        {"login": ADDRESS, "password": password},
        REMOTE_ADDR=place,
    )
    if answer.status_code == 302:
        return "in"
    text = answer.content.decode()
    return "stopped" if "Trop d’essais" in text else "wrong"


def guess(times, place="192.0.2.1"):
    return [attempt(Client(), f"devinette {n}", place) for n in range(times)]


def test_five_guesses_from_one_place_then_even_the_right_password_waits():
    assert guess(6) == ["wrong"] * 5 + ["stopped"]

    assert attempt(Client(), PASSWORD) == "stopped"
    assert attempt(Client(), PASSWORD, place="198.51.100.7") == "in"


def test_ten_guesses_in_all_from_wherever_they_come():
    answers = [outcome for n in range(4) for outcome in guess(4, f"192.0.2.{n}")]

    assert answers.count("wrong") == 10
    assert answers[10:] == ["stopped"] * 6


def test_a_known_browser_still_gets_in_while_others_are_stopped():
    known = Client()
    assert attempt(known, PASSWORD) == "in"
    known.post(reverse("account_logout"))
    for n in range(4):
        guess(4, f"192.0.2.{n}")

    assert attempt(Client(), PASSWORD, place="198.51.100.7") == "stopped"
    assert attempt(known, PASSWORD, place="198.51.100.7") == "in"


def test_a_known_browser_may_not_guess_without_end_either():
    known = Client()
    attempt(known, PASSWORD)
    known.post(reverse("account_logout"))

    outcomes = [attempt(known, "devinette", f"192.0.2.{n}") for n in range(7)]

    assert outcomes == ["wrong"] * 5 + ["stopped"] * 2


def test_a_browser_known_for_somebody_else_is_not_known_for_this_address(client):
    UserFactory(email="autre@exemple.test")
    client.post(
        reverse("account_login"), {"login": "autre@exemple.test", "password": PASSWORD}
    )
    client.post(reverse("account_logout"))
    for n in range(4):
        guess(4, f"192.0.2.{n}")

    assert attempt(client, PASSWORD, place="198.51.100.7") == "stopped"


@pytest.mark.parametrize("value", ["", "rien", "a:b:c", "é", '["x", ["y"]]'])
def test_an_invented_cookie_makes_no_browser_known(client, value):
    client.cookies[cookie_name()] = value

    assert attempt(client, PASSWORD) == "in"


def test_the_cookie_of_a_known_browser_holds_no_address_and_is_not_read_by_scripts(
    client,
):
    attempt(client, PASSWORD)
    cookie = client.cookies[cookie_name()]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "camille" not in cookie.value


def test_a_code_opens_to_who_is_stopped_by_the_guesses_of_others():
    for n in range(4):
        guess(4, f"192.0.2.{n}")
    client = Client()

    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    client.post(reverse("account_confirm_login_code"), {"code": last_code(ADDRESS)})

    assert client.get(reverse("accounts:account_home")).status_code == 200


def test_three_wrong_codes_and_another_must_be_asked(client):
    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    code = last_code(ADDRESS)

    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"})
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.get(reverse("accounts:account_home")).status_code == 302


def test_an_absent_account_costs_as_many_hashes_as_a_wrong_password(monkeypatch):
    counted = []
    hasher = hashers.get_hasher().__class__
    original = hasher.encode

    def counting(self, password, salt, *args):
        counted.append(1)
        return original(self, password, salt, *args)

    monkeypatch.setattr(hasher, "encode", counting)
    costs = []
    for address in (ADDRESS, "absent@exemple.test"):
        counted.clear()
        Client().post(
            reverse("account_login"), {"login": address, "password": "devinette"}
        )
        costs.append(len(counted))

    assert costs[0] == costs[1]
