"""Nobody learns from an answer whether a person is here."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, INACTIVE = "zoe@exemple.test", "nul@exemple.test", "ida@exemple.test"
PASSWORD = "une-phrase-bien-longue"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
ASKS = {
    "account_login": {"login": "{}", "password": "pas-la-bonne-phrase"},
    "account_reset_password": {"email": "{}"},
    "account_request_login_code": {"email": "{}"},
    "account_signup": {"name": "Zoé", "email": "{}", "password1": PASSWORD},
}


@pytest.fixture(autouse=True)
def _people():
    UserFactory(email=KNOWN)
    UserFactory(email=INACTIVE, is_active=False)


def told(name: str, address: str) -> list[tuple[int, str, list[str], str]]:
    """Every answer to whoever asks about ``address``, to the last redirection."""
    cache.clear()
    client = Client()
    fields = {key: value.format(address) for key, value in ASKS[name].items()}
    answer = client.post(reverse(name), fields)
    answers = [answer]
    while answer.status_code == 302:
        answer = client.get(answer.url)
        answers.append(answer)
    return [read(each, address) for each in answers]


def read(answer, address: str) -> tuple[int, str, list[str], str]:
    body = TOKEN.sub("", answer.content.decode()).replace(address, "ADDRESS")
    location = answer.headers.get("Location", "")
    return answer.status_code, location, sorted(answer.cookies), body


@pytest.mark.parametrize("name", ASKS)
def test_a_known_and_an_unknown_person_are_answered_alike(name):
    assert told(name, KNOWN) == told(name, UNKNOWN)


@pytest.mark.parametrize("name", ASKS)
def test_a_closed_account_is_answered_as_if_there_was_none(name):
    assert told(name, INACTIVE) == told(name, UNKNOWN)


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_a_password_is_computed_as_often_for_nobody_as_for_somebody(name, monkeypatch):
    computed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        computed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for address in (KNOWN, UNKNOWN, INACTIVE):
        computed.clear()
        told(name, address)
        counts.append(len(computed))

    assert len(set(counts)) == 1
    assert counts[0] > 0
