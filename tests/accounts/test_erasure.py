"""Export then erase: the copy is complete, and nothing personal remains."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.models import Consent, Erasure, ErasureRequest, User
from accounts.personal_data import tables
from accounts.selectors.personal_copy import personal_copy, rows_of
from accounts.services.erasure import (
    Origin,
    ask_erasure,
    cancel_erasure,
    erase,
    erase_due,
)
from accounts.services.exports import archive
from accounts.services.ledger import read_ledger
from accounts.services.letters import SEND_LETTER
from accounts.services.replay import replay_erasures
from alliances.models import Membership
from jobs.models import Job
from notifications.models import Delivery, Notification
from tests.factories.accounts import UserFactory
from tests.factories.personal import marked_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def whole_base():
    """The text of every row of every table, libraries' and those of no model too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind IN ('r', 'p', 'm') AND relnamespace = 'public'::regnamespace"
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(f"SELECT t::text FROM {name} t" for name in names)
        )
        return "\n".join(sorted(text or "" for (text,) in cursor.fetchall()))


def files(folder):
    return "\n".join(
        f"{path} {path.read_bytes().decode(errors='replace')}"
        for path in Path(folder).rglob("*")
        if path.is_file()
    )


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive_file:
        return {name: archive_file.read(name) for name in archive_file.namelist()}


def test_the_world_of_these_tests_has_a_row_for_every_link_of_the_data_map():
    one = marked_person("ZQCANARIP")
    empty = [
        f"{table.label} {link.path}"
        for table in tables()
        for link in table.links
        if not rows_of(one.user, table, link).exists()
    ]

    assert empty == []


def test_a_copy_holds_all_that_is_theirs_and_nothing_of_another():
    one = marked_person("ZQCANARIP")
    other = marked_person("ZQCANARIR", one.organisation)
    parts = parts_of(archive(personal_copy(one.user), timezone.now()))
    told = parts["donnees.json"].decode()
    shown = parts["donnees.html"].decode()

    assert {canary for canary in one.in_copy if canary not in told} == set()
    assert {canary for canary in one.in_copy if canary not in shown} == set()
    assert "ZQCANARIR" not in (told + shown).upper()
    assert other.user.phone not in told + shown
    assert b"piece" in parts.values()
    assert json.loads(told)["person"] == one.user.public_id


def test_nothing_personal_remains_once_erased(
    tmp_path, django_capture_on_commit_callbacks
):
    one = marked_person("ZQCANARIP")
    (tmp_path / "mail" / "1.log").write_text(f"To: {one.user.email}")
    phone = one.user.phone
    assert "ZQCANARIP" in whole_base().upper()
    with django_capture_on_commit_callbacks(execute=True):
        erase(one.user.pk, Origin.PERSON)
    remains = whole_base() + files(tmp_path)

    assert "ZQCANARIP" not in remains.upper()
    assert phone not in remains
    # What is sealed or encoded does not show in the text of the rows.
    assert not Job.objects.filter(kind=SEND_LETTER).exists()
    assert not Session.objects.exists()


def test_what_is_shared_still_reads_well():
    one = marked_person("ZQCANARIP")
    erase(one.user.pk, Origin.PERSON)
    message = User.objects.get(pk=one.user.pk).messages.first()

    assert message.body == (
        "Bonjour, rappelez-moi au [numéro effacé] ou à [adresse effacée].\n"
        "Merci. Personne effacée"
    )
    assert str(message.author) == "Personne effacée"
    assert message.attachments.get().name == "CV Personne effacée.txt"


def test_another_person_is_left_as_they_were():
    one = marked_person("ZQCANARIP")
    other = marked_person("ZQCANARIR", one.organisation)
    Membership.objects.filter(user=other.user).update(is_lead=True)
    before = personal_copy(other.user)
    erase(one.user.pk, Origin.PERSON)
    for model in (Notification, Delivery):  # that an account is gone, they are told
        model.objects.filter(user=other.user, kind="member_erased").delete()
    after = personal_copy(User.objects.get(pk=other.user.pk))

    assert after.sections == before.sections


def test_erasing_again_changes_nothing():
    one = marked_person("ZQCANARIP")
    erase(one.user.pk, Origin.PERSON)
    before = whole_base()
    erase(one.user.pk, Origin.REPLAY)

    assert whole_base() == before
    assert Erasure.objects.get().origin == Origin.PERSON


def test_an_erasure_waits_a_week_and_can_be_cancelled():
    user = UserFactory()
    asked = ask_erasure(user)
    assert ask_erasure(user) == asked
    assert erase_due(timezone.now()) == 0
    assert cancel_erasure(user)
    assert erase_due(asked.due_at) == 0

    ask_erasure(user)
    assert erase_due(ErasureRequest.objects.get().due_at) == 1
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Personne effacée", False)
    assert not ErasureRequest.objects.exists()


def test_a_restored_base_forgets_again_whoever_the_ledger_names(
    tmp_path, django_capture_on_commit_callbacks
):
    one, kept = marked_person("ZQCANARIP"), UserFactory(name="Quelqu’un")
    ledger = Path(settings.ERASURE_LEDGER)
    copied = {
        name: getattr(one.user, name)
        for name in ("email", "name", "phone", "is_active")
    }
    with django_capture_on_commit_callbacks(execute=True):
        erase(one.user.pk, Origin.PERSON)
    # The backup was older: the person is back, and the table forgot.
    Erasure.objects.all().delete()
    User.objects.filter(pk=one.user.pk).update(**copied, erased_at=None)
    assert [line["user_key"] for line in read_ledger(ledger)] == [one.user.pk]

    assert replay_erasures(ledger) == 1
    assert replay_erasures(ledger) == 0
    assert "ZQCANARIP" not in whole_base().upper()
    kept.refresh_from_db()
    assert kept.name == "Quelqu’un"


def test_the_ledger_of_another_base_erases_nobody(tmp_path):
    user = UserFactory(name="Quelqu’un")
    path = tmp_path / "other.jsonl"
    line = {
        "user_key": user.pk,
        "pseudonym": "zzzzzzzzzzzz@efface.invalid",
        "erased_at": timezone.now().isoformat(),
        "origin": "person",
    }
    path.write_text(json.dumps(line))

    assert replay_erasures(path) == 0
    user.refresh_from_db()
    assert user.erased_at is None


def test_the_answers_of_a_person_are_only_added():
    consent = Consent.objects.create(
        user=UserFactory(), purpose="publish_name", is_given=True, text_version="1"
    )
    with pytest.raises(Exception, match="Cannot update or delete"):
        Consent.objects.filter(pk=consent.pk).update(is_given=False)
