"""Signing up, signing in and changing what opens an account, as a browser does it."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from jobs.models import Job
from tests.accounts.letters import last_code, last_letter
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "camille@exemple.test"
SECRET = "une longue phrase de test"
ASKED = "/organisations/creer/"


def sign_up(client, address=ADDRESS, password=SECRET, asked=ASKED):
    return client.post(
        f"{reverse('account_signup')}?next={asked}",
        {"name": "Camille", "email": address, "password1": password},
    )


def confirm(client, code):
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def is_signed_in(client):
    return client.get(reverse("accounts:account_home")).status_code == 200


def test_one_signs_up_verifies_the_address_and_returns_to_what_was_asked(client):
    answer = sign_up(client)
    assert reverse("account_email_verification_sent") in answer.url
    assert not is_signed_in(client)

    answer = confirm(client, last_code(ADDRESS))

    assert answer.url == ASKED
    assert is_signed_in(client)
    assert User.objects.get(email=ADDRESS).name == "Camille"
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_opens_nothing_and_says_what_to_do(client):
    sign_up(client)

    answer = confirm(client, "AAAAAA")

    assert "pas le bon" in answer.content.decode()
    assert not is_signed_in(client)


def test_opening_the_page_of_the_code_uses_nothing_up(client):
    sign_up(client)
    code = last_code(ADDRESS)

    for _ in range(3):
        client.get(reverse("account_email_verification_sent"), {"code": code})

    assert not is_signed_in(client)
    assert confirm(client, code).url == ASKED


def test_one_signs_up_without_a_password_then_signs_in_by_code(client):
    sign_up(client, password="")
    confirm(client, last_code(ADDRESS))
    client.post(reverse("account_logout"))

    client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    client.post(reverse("account_confirm_login_code"), {"code": last_code(ADDRESS)})

    assert is_signed_in(client)
    assert not User.objects.get(email=ADDRESS).has_usable_password()


def test_signing_up_says_the_same_for_an_address_that_has_an_account(client):
    UserFactory(email=ADDRESS)

    known = sign_up(client)
    page_of_known = client.get(known.url).content
    client.cookies.clear()
    unknown = sign_up(client, address="autre@exemple.test")
    page_of_unknown = client.get(unknown.url).content

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert without_what_differs(page_of_known, ADDRESS) == without_what_differs(
        page_of_unknown, "autre@exemple.test"
    )
    assert "déjà" in last_letter(ADDRESS).subject


@pytest.mark.parametrize(
    ("name", "field"),
    [("account_request_login_code", "email"), ("account_reset_password", "email")],
)
def test_asking_for_a_code_says_the_same_whether_the_account_exists(
    client, name, field
):
    UserFactory(email=ADDRESS)

    answers = []
    for address in (ADDRESS, "absent@exemple.test"):
        client.cookies.clear()
        answer = client.post(reverse(name), {field: address})
        page = client.get(answer.url).content
        answers.append((answer.url, without_what_differs(page, address)))

    assert answers[0] == answers[1]


def without_what_differs(page, address):
    """The page less the address that was typed and the tokens of its forms."""
    text = page.decode().replace(address, "")
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_forgotten_password_is_replaced_by_a_code(client):
    UserFactory(email=ADDRESS)
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    answer = client.post(
        reverse("account_confirm_password_reset_code"), {"code": last_code(ADDRESS)}
    )
    client.post(answer.url, {"password1": SECRET, "password2": SECRET})

    client.post(reverse("account_login"), {"login": ADDRESS, "password": SECRET})

    assert is_signed_in(client)
    assert "mot de passe" in last_letter(ADDRESS).subject


def test_a_new_address_replaces_the_old_one_once_it_is_verified(client):
    person = UserFactory(email=ADDRESS)
    client.post(
        reverse("account_login"), {"login": ADDRESS, "password": "motdepasse-de-test"}
    )

    client.post(
        reverse("account_email"), {"email": "neuve@exemple.test", "action_add": ""}
    )
    person.refresh_from_db()
    assert person.email == ADDRESS
    confirm(client, last_code("neuve@exemple.test"))

    person.refresh_from_db()
    assert person.email == "neuve@exemple.test"
    assert "changée" in last_letter(ADDRESS).subject


def test_a_letter_waits_sealed_and_bears_one_identifier(client):
    sign_up(client)
    payload = str(Job.objects.get(kind="accounts.send_letter").payload)

    letter = last_letter(ADDRESS)

    assert ADDRESS not in payload
    assert "html" in letter.alternatives[0][1]
    assert letter.extra_headers["Message-ID"].startswith("<")
    assert len(mail.outbox) == 1


def test_a_letter_about_a_change_escapes_nothing_in_text_and_everything_in_html(client):
    client.post(reverse("account_reset_password"), {"email": "o'b&c@exemple.test"})

    letter = last_letter("o'b&c@exemple.test")
    assert "o'b&c@exemple.test" in letter.body
    assert "b&amp;c@exemple.test" in letter.alternatives[0][0]
    assert "b&c" not in letter.alternatives[0][0]
