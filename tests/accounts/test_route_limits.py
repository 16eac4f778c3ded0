import re
from pathlib import Path

import allauth
import pytest
from django.urls import reverse

from accounts.limits import RATES
from accounts.route_limits import ROUTES

pytestmark = pytest.mark.django_db

NAME = re.compile(r'name="(\w+)"')


def names_of_the_library() -> set[str]:
    """Read every name that allauth may give, whatever its settings switch on."""
    pages = Path(allauth.__file__).parent.rglob("urls.py")
    return {name for page in pages for name in NAME.findall(page.read_text())}


def test_every_limited_address_is_one_of_the_library_and_names_a_rate():
    assert set(ROUTES) - names_of_the_library() == set()
    assert set(ROUTES.values()) - set(RATES) == set()


def test_nobody_signs_in_while_it_cannot_be_counted(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert client.get(reverse("account_login")).status_code == 200
    assert client.post(reverse("account_login")).status_code == 429
    assert client.get(reverse("portal:home")).status_code == 200


def test_an_invented_origin_opens_no_other_count(client):
    statuses = [
        client.post(
            reverse("account_login"), HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        ).status_code
        for number in range(101)
    ]

    assert statuses[-1] == 429
