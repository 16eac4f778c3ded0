import io
import json
import logging

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User
from alliances.models import Organisation
from alliances.views import journal
from config.logs import logging_settings, redacted
from jobs.registry import handler
from jobs.services import enqueue, run_job
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory

EMAIL, PHONE = "zq.canari@exemple.test", "06 12 34 56 78"
PASSWORD, TOKEN = "ZQmotdepasse-secret", "ZQjeton-8fJk29sLmQpz71Xv4TbNw0RcYd"
CANARIES = ("zq.canari", PHONE, "0612345678", PASSWORD, TOKEN)


@pytest.fixture
def log():
    """Everything that is logged, as production writes it, from the lowest level."""
    formatter = logging_settings(as_json=True, level="DEBUG")["formatters"]["clean"]
    kind = formatter["()"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        kind(**{key: value for key, value in formatter.items() if key != "()"})
    )
    root, django = logging.getLogger(), logging.getLogger("django")
    levels = root.level, django.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    django.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(levels[0])
    django.setLevel(levels[1])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Not Found: /x/?email=a.b@c.fr&n=1", "Not Found: /x/?email=[adresse]&n=1"),
        ("écrire à élodie@exemple.fr", "écrire à [adresse]"),
        ("email=a%40c.fr", "email=[adresse]"),
        (
            "Key (email)=(a@c.fr) already exists",
            "Key (email)=([adresse]) already exists",
        ),
        (
            "appeler le 06 12 34 56 78 ou +33612345678",
            "appeler le [numéro] ou [numéro]",
        ),
        ('{"password": "abc"}', '{"password": "[clé]"}'),
        ("Authorization: Bearer", "Authorization: [clé]"),
        (f"/invitations/{TOKEN}/", "/invitations/[clé]/"),
        ("SIREN 732829320, 3 octets", "SIREN 732829320, 3 octets"),
        ("organisation vvxy2tebgz3m", "organisation vvxy2tebgz3m"),
    ],
)
def test_what_designates_a_person_or_opens_a_door_is_replaced(text, clean):
    assert redacted(text) == clean


@pytest.mark.django_db
def test_a_line_says_whose_request_it_is_and_about_what(client, log):
    membership = MembershipFactory(role="contributor")
    client.force_login(membership.user)
    organisation = membership.organisation.public_id

    client.get(f"/organisations/{organisation}/journal/")

    line = [line for line in log() if line["logger"] == "django.request"][-1]
    assert line.pop("timestamp")
    assert len(line.pop("request")) == 12
    assert line == {
        "event": f"Not Found: /organisations/{organisation}/journal/",
        "level": "warning",
        "logger": "django.request",
        "user": membership.user.public_id,
        "page": "alliances:organisation_journal",
        "organisation": organisation,
    }


@pytest.mark.django_db
def test_what_one_request_says_of_itself_is_not_said_of_the_next(client, log):
    client.force_login(UserFactory())
    client.get("/organisations/aaaa/journal/")
    client.logout()

    client.get("/nulle-part/")

    line = [line for line in log() if line["logger"] == "django.request"][-1]
    assert not {"user", "page", "organisation"} & set(line)


@pytest.mark.django_db
def test_a_job_is_named_in_what_it_logs(log):
    @handler("tests.failing")
    def fail(payload):
        raise IntegrityError(f"Key (email)=({EMAIL}) already exists.")

    run_job(enqueue("tests.failing").pk)

    (line,) = [line for line in log() if "failed" in line["event"]]
    assert "[adresse]" in line["exception"]
    assert EMAIL not in json.dumps(line)


def journeys(client):
    """What people type, on the pages where they type it, well and badly."""
    login, signup = reverse("account_login"), reverse("account_signup")
    client.post(signup, {"email": EMAIL, "phone": PHONE, "password1": ""})
    client.post(signup, {"name": "A", "email": EMAIL, "password1": PASSWORD})
    client.post(reverse("account_logout"))
    client.post(login, {"login": EMAIL, "password": f"{PASSWORD}-faux"})
    client.post(login, {"login": EMAIL, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get("/nulle-part/", {"email": EMAIL, "tel": PHONE, "token": TOKEN})
    client.get(f"/invitations/{TOKEN}/")
    client.get(f"/organisations/{TOKEN}/modifier/")
    client.post(f"/organisations/{TOKEN}/", {"email": EMAIL, "phone": PHONE})
    client.get("/", headers={"host": f"{TOKEN}.exemple"})
    client.get("/", headers={"Authorization": f"Bearer {TOKEN}"})
    client.post(login, {"login": f"{EMAIL}\0", "password": PASSWORD})


@pytest.mark.django_db
def test_nothing_that_people_type_reaches_the_log(client, log, monkeypatch):
    client.raise_request_exception = False
    journeys(client)
    assert User.objects.filter(email=EMAIL).exists()

    def broken(*args, **kwargs):
        message = f"Key (email)=({EMAIL}), téléphone {PHONE}, jeton {TOKEN}"
        raise IntegrityError(message)

    monkeypatch.setattr(journal, "can", broken)
    client.force_login(UserFactory())
    organisation = Organisation.objects.create(name="A", kind="company")
    client.get(f"/organisations/{organisation.public_id}/journal/")

    written = log()
    text = json.dumps(written, ensure_ascii=False)
    assert "IntegrityError" in text  # the error itself is there
    assert len(written) > 8
    assert [canary for canary in CANARIES if canary in text] == []
