import pytest
from django.urls import reverse

from accounts.middleware.storable_text import is_storable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udfff fin"])
def test_a_text_that_postgresql_cannot_hold_is_recognised(text):
    assert not is_storable(text)


@pytest.mark.parametrize("text", ["", "Éric", "日本", "🙂", "a\nb"])
def test_ordinary_texts_are_storable(text):
    assert is_storable(text)


def test_a_nul_in_the_query_is_answered_400_in_plain_french(client):
    response = client.get(reverse("portal:home"), {"q": "a\0"})

    assert response.status_code == 400
    assert "caractères invisibles" in response.content.decode()


def test_a_nul_in_a_form_is_answered_400(client):
    response = client.post(reverse("account_login"), {"login": "a\0@exemple.test"})

    assert response.status_code == 400


def test_every_answer_carries_a_strict_policy_for_content(client):
    response = client.get(reverse("portal:home"))

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
