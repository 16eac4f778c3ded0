import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_whoever_finds_a_weakness_knows_where_to_tell_it(client, settings):
    settings.SECURITY_CONTACT = "mailto:securite@alliances.example"
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    until = dt.datetime.fromisoformat(fields.pop("Expires"))

    assert reverse("portal:security_contact") == "/.well-known/security.txt"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert dt.timedelta(178) < until - timezone.now() < dt.timedelta(365)
    assert fields == {
        "Contact": "mailto:securite@alliances.example",
        "Preferred-Languages": "fr, en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }
