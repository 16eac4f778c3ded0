"""The pages of the library that try a secret or write a mail are held to our limits."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ENTRANCE = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
)
INSIDE = (
    "account_change_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)


@pytest.fixture
def _no_count(settings):
    """Redis does not answer: nothing that must be counted is tried."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


@pytest.mark.usefixtures("_no_count")
@pytest.mark.parametrize("name", ENTRANCE)
def test_no_secret_is_tried_while_it_cannot_be_counted(client, name):
    assert client.post(reverse(name)).status_code == 429


@pytest.mark.usefixtures("_no_count")
@pytest.mark.parametrize("name", INSIDE)
def test_nor_from_inside(client, name):
    client.force_login(UserFactory())

    assert client.post(reverse(name)).status_code == 429


@pytest.mark.usefixtures("_no_count")
def test_reading_goes_on_meanwhile(client):
    assert client.get(reverse("account_login")).status_code == 200
    assert client.get(reverse("portal:home")).status_code == 200


def test_an_invented_origin_opens_no_other_count(client):
    statuses = [
        client.post(
            reverse("account_login"), HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        ).status_code
        for number in range(101)
    ]

    assert statuses[-1] == 429
