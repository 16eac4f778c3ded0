import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.settings import api_settings

from accounts.limits import RATES
from accounts.models import ApiToken
from accounts.policy import routes
from accounts.scopes import Scope
from accounts.services.tokens import (
    MAX_LIVE_TOKENS,
    TokenRefusedError,
    issue_token,
    revoke_token,
)
from tests.authorisation.world import just_typed_the_password
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.territories import TerritoryFactory
from tests.factories.tokens import key_of

pytestmark = pytest.mark.django_db

LIST = "accounts:token_list"
SECRET = re.compile(r'value="(al_[A-Za-z0-9_-]{43})"')
START = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def member(person) -> Client:
    client = Client()
    client.force_login(person)
    just_typed_the_password(client, person)
    return client


def ask(secret: str, name: str = "api:territory-list", **extra) -> int:
    return (
        Client()
        .get(reverse(name), headers={"Authorization": f"Bearer {secret}"}, **extra)
        .status_code
    )


def create(member: Client, **fields) -> str:
    wanted = {"label": "tableau", "scopes": ["read:directory"], "days": "30"}
    return member.post(reverse(LIST), wanted | fields).content.decode()


# The page.


def test_a_key_is_shown_once_and_kept_as_a_fingerprint(member, person):
    page = create(member)
    secret = SECRET.search(page)[1]
    token = ApiToken.objects.get()

    assert (token.user, token.label, token.scopes) == (
        person,
        "tableau",
        ["read:directory"],
    )
    assert dt.timedelta(29) < token.expires_at - timezone.now() <= dt.timedelta(30)
    assert secret not in member.get(reverse(LIST)).content.decode()
    assert secret not in str(ApiToken.objects.values().get())
    assert ask(secret) == 200


def test_a_key_is_made_once_the_password_was_typed_again(person):
    client = Client()
    client.force_login(person)
    wanted = {"label": "tableau", "scopes": ["read:directory"], "days": "30"}

    read = client.get(reverse(LIST))
    asked = client.post(reverse(LIST), wanted)
    made_before = ApiToken.objects.count()
    page = client.post(asked.url, {"password": "motdepasse-de-test"})

    assert read.status_code == 200
    assert asked.url == f"{reverse('account_reauthenticate')}?next=%2Fcompte%2Fcles%2F"
    assert made_before == 0
    assert ask(SECRET.search(page.content.decode())[1]) == 200


def test_a_wrong_password_makes_no_key(person):
    client = Client()
    client.force_login(person)
    wanted = {"label": "tableau", "scopes": ["read:directory"], "days": "30"}
    asked = client.post(reverse(LIST), wanted)

    client.post(asked.url, {"password": "un-autre-mot-de-passe"})

    assert not ApiToken.objects.exists()


def test_the_password_of_an_hour_ago_makes_no_key(member):
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        create(member)

    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"label": "x" * 81},
        {"scopes": []},
        {"scopes": ["write:everything"]},
        {"days": "3650"},
        {"days": "٣٠"},
        {"days": "-1"},
    ],
)
def test_a_key_too_wide_too_long_or_without_a_name_is_not_made(member, fields):
    create(member, **fields)

    assert not ApiToken.objects.exists()


def test_the_second_of_two_clicks_shows_the_only_key_that_works(member):
    first, second = (SECRET.search(create(member))[1] for _ in range(2))

    assert (ask(first), ask(second)) == (401, 200)
    assert ApiToken.objects.live(timezone.now()).count() == 1


def test_a_key_that_serves_is_not_replaced_by_another_of_its_name(member):
    secret = SECRET.search(create(member))[1]
    ask(secret)
    page = create(member)

    assert "Vous avez déjà une clé de ce nom" in page
    assert ask(secret) == 200


def test_ten_keys_are_enough(person):
    for number in range(MAX_LIVE_TOKENS):
        key_of(person, label=f"clé {number}")
    with pytest.raises(TokenRefusedError):
        key_of(person, label="une de trop")

    revoke_token(ApiToken.objects.first())
    key_of(person, label="une de trop")


def test_a_year_is_the_longest(person):
    token, _ = issue_token(person, label="a", scopes=["read:directory"], days=9999)

    assert token.expires_at - timezone.now() <= dt.timedelta(365)


def test_a_person_revokes_their_key_twice_without_harm(member, person):
    token, secret = key_of(person)
    answers = [
        member.post(reverse("accounts:token_revoke", args=[token.public_id]))
        for _ in range(2)
    ]

    assert [answer.url for answer in answers] == [reverse(LIST)] * 2
    assert ask(secret) == 401
    assert "Vous n’avez aucune clé." in member.get(reverse(LIST)).content.decode()


def test_the_key_of_somebody_else_does_not_exist(member):
    token, secret = key_of(UserFactory(), label="ZQautre")

    answer = member.post(reverse("accounts:token_revoke", args=[token.public_id]))
    assert answer.status_code == 404
    assert "ZQautre" not in member.get(reverse(LIST)).content.decode()
    assert ask(secret) == 200


def test_the_list_costs_the_same_with_ten_keys(
    member, person, django_assert_max_num_queries
):
    for number in range(MAX_LIVE_TOKENS):
        key_of(person, label=f"clé {number}")
    with django_assert_max_num_queries(6):
        member.get(reverse(LIST))


# The interface.


def test_a_key_reads_as_its_person_and_a_scope_narrows_it(person):
    _token, directory = key_of(person, Scope.DIRECTORY, label="a")
    _token, proposals = key_of(person, Scope.PROPOSALS, label="b")
    organisation = OrganisationFactory()
    path = reverse("api:proposal-list", args=[organisation.public_id])

    def status(secret: str) -> int:
        return (
            Client()
            .get(path, headers={"Authorization": f"Bearer {secret}"})
            .status_code
        )

    assert (ask(directory), status(directory)) == (200, 403)
    assert (ask(proposals), status(proposals)) == (403, 200)


def test_a_key_opens_the_interface_only(person):
    _token, secret = key_of(person)

    assert ask(secret, LIST) == 302
    assert ask(secret, "alliances:my_organisations") == 302


def test_every_operation_of_the_interface_names_its_scope():
    without = {
        row.name for row in routes() if row.name.startswith("api:") and not row.scope
    }

    assert without == {"api:schema", "api:documentation"}
    assert {row.scope for row in routes() if row.scope} == set(Scope)


@pytest.mark.parametrize(
    "secret", ["", "al_", "al_" + "x" * 43, "x" * 5_000, "al_" + "é" * 43, "a\tb", "٣"]
)
def test_what_is_no_key_is_answered_401(secret):
    answer = Client().get(
        reverse("api:territory-list"),
        HTTP_AUTHORIZATION=f"Bearer {secret}",
    )

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def leaves(person):
    person.is_active = False
    person.save()


def is_erased(person):
    person.erased_at = timezone.now()
    person.save()


def loses_it(person):
    revoke_token(person.api_tokens.get())


def is_named_administrator(person):
    """Their new rights ask for a second factor, which they do not have."""
    person.is_staff = True
    person.save()


@pytest.mark.parametrize(
    "change", [leaves, is_erased, loses_it, is_named_administrator]
)
def test_a_key_opens_nothing_as_soon_as_it_should_not(person, change):
    _token, secret = key_of(person)
    assert ask(secret) == 200

    change(person)

    assert ask(secret) == 401


def test_a_key_ends_when_it_said(person):
    with time_machine.travel(START, tick=False) as clock:
        _token, secret = key_of(person)
        clock.shift(dt.timedelta(days=30, seconds=-1))
        assert ask(secret) == 200
        clock.shift(dt.timedelta(seconds=1))
        assert ask(secret) == 401


def test_the_last_use_is_known_to_the_hour(person):
    with time_machine.travel(START, tick=False) as clock:
        token, secret = key_of(person)
        for minutes in (0, 30, 45):
            clock.shift(dt.timedelta(minutes=minutes))
            ask(secret)
        token.refresh_from_db()

    assert token.used_at == START + dt.timedelta(minutes=75)


# Limits of the interface.


def test_a_key_is_counted_wherever_it_is_used_from(person, monkeypatch):
    _token, secret = key_of(person)
    monkeypatch.setitem(RATES, "api_token", type(RATES["api"])("3/minute", "3/minute"))
    statuses = [
        ask(secret, REMOTE_ADDR=f"192.0.2.{n}", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
        for n in range(5)
    ]

    assert statuses == [200] * 3 + [429] * 2


def test_a_visitor_is_counted_by_address_and_cannot_invent_one(monkeypatch):
    rate = type(RATES["api"])("3/minute", "3/minute")
    monkeypatch.setitem(RATES, "api_anonymous", rate)
    TerritoryFactory()
    answers = [
        Client().get(
            reverse("api:territory-list"), HTTP_X_FORWARDED_FOR=f"198.51.100.{n}"
        )
        for n in range(5)
    ]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_nothing_else_throttles():
    names = [each.__name__ for each in api_settings.DEFAULT_THROTTLE_CLASSES]

    assert names == ["RequestThrottle"]


def test_the_schema_tells_of_keys(client):
    schema = client.get(reverse("api:schema"), {"format": "json"}).json()
    schemes = schema["components"]["securitySchemes"]

    assert schemes["bearerToken"]["scheme"] == "bearer"
    for path in schema["paths"].values():
        assert {"bearerToken": []} in path["get"]["security"]
