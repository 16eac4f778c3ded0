"""After an erasure: the dump of the base, the files and the logs name nobody."""

import logging
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services.erasure import Origin, erase
from accounts.services.exports import request_export
from alliances.models import Message
from config.embedded_postgresql.places import INSTALLATION, PACKAGE
from jobs.models import Job
from jobs.services import drain
from tests.authorisation.world import just_typed_the_password
from tests.factories.personal import marked_person

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_files"),
]

PROGRAMS = Path(find_spec(PACKAGE).submodule_search_locations[0]) / INSTALLATION
PAGES = ("portal:consent_list", "portal:data_detail", "portal:absence_list")


def dump():
    """The base as a backup would hold it."""
    known = connection.get_connection_params()
    done = subprocess.run(
        [PROGRAMS / "bin" / "pg_dump", "--inserts", known["dbname"]],
        env={
            **os.environ,
            "PGHOST": str(known.get("host", "")),
            "PGUSER": str(known.get("user", "")),
            "PGPORT": str(known.get("port", "")),
            "PGPASSWORD": str(known.get("password", "")),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def files(folder):
    return [
        (path, path.read_bytes().decode(errors="replace"))
        for path in Path(folder).rglob("*")
        if path.is_file()
    ]


def live(one):
    """Do what people do: pages, a form, a copy, and a job that fails on their name."""
    client = Client()
    client.force_login(one.user)
    just_typed_the_password(client, one.user)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 200
    client.post(
        reverse("portal:consent_list"), {"publish_name": "all", "share_contact": "all"}
    )
    request_export(one.user)
    drain()
    Job.objects.create(
        kind="unknown",
        error=f"ValueError: cannot write to {one.user.email}",
        quarantined_at=timezone.now(),
    )


def test_no_dump_file_nor_log_names_who_was_erased(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "factory"):
        caplog.set_level(logging.INFO, logger=name)
    one = marked_person("ZQCANARIP")
    phone = one.user.phone
    (tmp_path / "mail" / "1.log").write_text(f"To: {one.user.email}")
    live(one)
    before = dump()
    assert "ZQCANARIP" in before
    assert phone in before

    erase(one.user.pk, Origin.PERSON)
    after = dump()
    left = [
        path
        for path, text in files(tmp_path)
        if "ZQCANARIP" in (str(path) + text).upper()
    ]

    assert [line for line in after.splitlines() if "ZQCANARIP" in line.upper()] == []
    assert phone not in after
    assert left == []
    assert "ZQCANARIP" not in caplog.text.upper()
    # What is shared is still there, and still says something.
    assert Message.objects.filter(author=one.user).count() == 2
    assert "INSERT INTO public.accounts_erasure" in after
    assert str(settings.ERASURE_LEDGER).startswith(str(tmp_path))
