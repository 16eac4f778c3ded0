"""The mails of a demonstration are on a page; elsewhere that page does not exist."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from jobs.services import drain
from notifications.services import notify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder = tmp_path / "mail"
    folder.mkdir()
    return folder


def mails_on(client):
    page = client.get("/courriels/")
    return [mail.subject for mail in page.context["page"]]


def test_elsewhere_there_is_no_such_page(client, demonstration, settings):
    send_mail("Objet", "Texte", None, ["a@exemple.test"])
    [file] = demonstration.iterdir()
    settings.DEMONSTRATION = False

    assert client.get("/courriels/").status_code == 404
    assert client.get(f"/courriels/{file.stem}/").status_code == 404


def test_mails_are_listed_newest_first(client, demonstration, time_machine):
    for minute, subject in enumerate(("Un", "Deux", "Trois")):
        time_machine.move_to(f"2026-11-21T09:0{minute}:00Z")
        send_mail(subject, "Texte", None, ["a@exemple.test"])

    assert mails_on(client) == ["Trois", "Deux", "Un"]
    assert (
        "samedi 21 novembre 2026 à 10\u00a0h\u00a002"
        in client.get("/courriels/").content.decode()
    )


def test_a_link_of_a_mail_can_be_followed(client, demonstration):
    link = "http://localhost:8000/compte/confirmer/abc:def-1/"
    send_mail("Confirmez", f"Ouvrez {link} s’il vous plaît", None, ["a@exemple.test"])
    [file] = demonstration.iterdir()

    page = client.get(f"/courriels/{file.stem}/").content.decode()

    assert f'<a href="{link}" rel="nofollow">{link}</a>' in page


def test_a_letter_is_shown_as_it_reads_without_what_it_could_hide(
    client, demonstration, new_kind
):
    notify(
        new_kind(),
        [UserFactory()],
        key="1",
        path="/a/",
        context={"organisation": "<script>alert(1)</script>"},
    )
    drain()
    [file] = demonstration.iterdir()

    page = client.get(f"/courriels/{file.stem}/").content.decode()

    assert '<a class="letter-button" href="http://localhost:8000/a/">' in page
    assert "<script>alert" not in page
    assert "<style" not in page


def test_html_of_anybody_else_is_not_shown(client, demonstration):
    message = EmailMultiAlternatives("Objet", "Texte", to=["a@exemple.test"])
    message.attach_alternative("<p onclick='x()'>Piège</p>", "text/html")
    message.send()
    [file] = demonstration.iterdir()

    page = client.get(f"/courriels/{file.stem}/").content.decode()

    assert "Piège" not in page
    assert "Texte" in page


@pytest.mark.parametrize(
    "name",
    ["x", "..%2Fsettings", "20260101-000000-1", "20260101-000000-1.txt", "é"],
)
def test_no_other_file_can_be_read(client, demonstration, name):
    (demonstration / "20260101-000000-1.txt").write_text("Subject: secret\n\nsecret")

    assert client.get(f"/courriels/{name}/").status_code == 404


def test_an_empty_mailbox_says_so(client, demonstration):
    assert "Aucun courriel" in client.get("/courriels/").content.decode()
