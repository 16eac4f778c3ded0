"""Consents, absences, copies and erasure, as a person does them."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, Consent, DataExport, ErasureRequest
from accounts.selectors.consents import live_consents
from accounts.services.erasure import Origin, erase
from jobs.services import drain
from notifications.models import Notification
from tests.authorisation.world import just_typed_the_password
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

NAME, CONTACT = Consent.Purpose.PUBLISH_NAME, Consent.Purpose.SHARE_CONTACT
CONSENTS = reverse("portal:consent_list")
ABSENCES = reverse("portal:absence_list")
DATA = reverse("portal:data_detail")


@pytest.fixture
def person(client):
    user = UserFactory(name="Jeanne Exemple")
    client.force_login(user)
    return user


def holding(user, purpose, scope=""):
    return user.pk in live_consents([user], purpose, scope)


# Consents.


def test_nothing_is_agreed_to_until_it_is_said(client, person):
    page = client.get(CONSENTS).content.decode()

    assert "rien n’est montré" in page
    assert not Consent.objects.exists()


def test_yes_everywhere_holds_for_organisations_to_come(client, person):
    client.post(CONSENTS, {NAME: "all", CONTACT: "none"})
    later = MembershipFactory(user=person).organisation.public_id

    assert holding(person, NAME, later)
    assert not holding(person, CONTACT, later)
    assert list(Consent.objects.values_list("purpose", "scope", "is_given")) == [
        (NAME, "", True)
    ]


def test_yes_for_one_organisation_is_not_yes_for_another(client, person):
    one, other = (
        MembershipFactory(user=person).organisation.public_id for _ in range(2)
    )
    client.post(CONSENTS, {NAME: "none", CONTACT: "some", f"{CONTACT}_in": [one]})

    assert holding(person, CONTACT, one)
    assert not holding(person, CONTACT, other)
    assert not holding(person, CONTACT)


def test_no_withdraws_every_yes_and_the_log_keeps_them_all(client, person):
    one = MembershipFactory(user=person).organisation.public_id
    client.post(CONSENTS, {NAME: "some", f"{NAME}_in": [one], CONTACT: "all"})
    client.post(CONSENTS, {NAME: "none", CONTACT: "none"})

    assert not holding(person, NAME, one)
    assert not holding(person, CONTACT, one)
    rows = Consent.objects.order_by("id").values_list("purpose", "scope", "is_given")
    assert list(rows) == [
        (NAME, one, True),
        (CONTACT, "", True),
        (NAME, one, False),
        (CONTACT, "", False),
    ]
    assert client.get(CONSENTS).content.decode().count("<td>oui</td>") == 0
    assert client.get(CONSENTS).content.decode().count("oui") >= 2


def test_the_same_answers_sent_again_add_nothing(client, person):
    for _ in range(3):
        client.post(CONSENTS, {NAME: "all", CONTACT: "none"})

    assert Consent.objects.count() == 1


def test_the_organisation_of_somebody_else_is_not_a_choice(client, person):
    MembershipFactory(user=person)
    other = MembershipFactory().organisation.public_id
    page = client.post(CONSENTS, {NAME: "some", f"{NAME}_in": [other], CONTACT: "none"})

    assert "errorlist" in page.content.decode()
    assert not Consent.objects.exists()


def test_what_holds_is_what_the_page_shows_ticked(client, person):
    one = MembershipFactory(user=person).organisation.public_id
    client.post(CONSENTS, {NAME: "some", f"{NAME}_in": [one], CONTACT: "all"})
    initial = client.get(CONSENTS).context["form"].initial

    assert initial == {
        NAME: "some",
        f"{NAME}_in": [one],
        CONTACT: "all",
        f"{CONTACT}_in": [one],
    }


# Absences.


def test_an_absence_is_stated_once_and_removed(client, person):
    first = timezone.localdate() + dt.timedelta(days=2)
    form = {"starts_on": first.isoformat(), "ends_on": first.isoformat()}
    for _ in range(2):
        client.post(ABSENCES, form)
    absence = Absence.objects.get()
    assert (absence.user, absence.starts_on, absence.ends_on) == (person, first, first)

    client.post(reverse("portal:absence_remove", args=[absence.pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        ("2020-01-01", "2020-01-02", "Choisissez une date à venir"),
        ("hier", "demain", "Écrivez cette date ainsi"),
        ("", "", "Indiquez cette date"),
        ("٢٠٢٦-٠١-٠١", "9999-12-31", "Choisissez une date à venir"),
    ],
)
def test_an_impossible_absence_is_explained(client, person, starts_on, ends_on, said):
    page = client.post(ABSENCES, {"starts_on": starts_on, "ends_on": ends_on})

    assert said in page.content.decode()
    assert not Absence.objects.exists()


def test_an_absence_that_ends_before_it_starts_is_refused(client, person):
    today = timezone.localdate()
    page = client.post(
        ABSENCES,
        {"starts_on": str(today + dt.timedelta(days=5)), "ends_on": str(today)},
    )

    assert "Le dernier jour vient après le premier" in page.content.decode()
    assert not Absence.objects.exists()


# Copies.


def test_the_password_is_asked_again_before_a_copy(client, person):
    asked = client.post(reverse("portal:copy_request"))

    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not DataExport.objects.exists()


def test_a_copy_is_prepared_in_the_background_and_handed_to_the_person(
    client, person, django_capture_on_commit_callbacks
):
    just_typed_the_password(client, person)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("portal:copy_request"))
        client.post(reverse("portal:copy_request"))
    export = DataExport.objects.get()
    assert "se prépare" in client.get(DATA).content.decode()
    drain()
    export.refresh_from_db()
    path = reverse("portal:copy_download", args=[export.public_id])
    assert path in client.get(DATA).content.decode()
    answer = client.get(path)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        told = json.loads(archive.read("donnees.json"))

    assert answer["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer["Cache-Control"]
    assert told["person"] == person.public_id
    assert "Jeanne Exemple" in json.dumps(told)
    assert Notification.objects.get(kind="copy_ready").user == person


def test_nobody_else_reads_a_copy_and_the_person_a_week_only(client, person):
    export = _ready(person)
    path = reverse("portal:copy_download", args=[export.public_id])
    other = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(other)
    just_typed_the_password(client, other)
    assert client.get(path).status_code == 404

    client.force_login(person)
    just_typed_the_password(client, person)
    DataExport.objects.update(
        ready_at=timezone.now() - dt.timedelta(days=8), expires_at=timezone.now()
    )
    assert client.get(path).status_code == 404


def test_a_copy_whose_file_is_gone_is_not_an_error(client, person):
    export = _ready(person)
    export.file.storage.delete(export.file.name)
    just_typed_the_password(client, person)
    path = reverse("portal:copy_download", args=[export.public_id])

    assert client.get(path).status_code == 404


def test_a_fourth_copy_in_a_day_waits_for_tomorrow(client, person):
    for _ in range(3):
        _ready(person)
    just_typed_the_password(client, person)
    page = client.post(reverse("portal:copy_request"), follow=True)

    assert "trois copies en une journée" in page.content.decode()
    assert DataExport.objects.count() == 3


def _ready(user):
    now = timezone.now()
    return DataExport.objects.create(
        user=user,
        requested_at=now,
        ready_at=now,
        expires_at=now + dt.timedelta(days=7),
        file=ContentFile(b"PK", name="copie.zip"),
    )


# Erasure.


def test_the_password_is_asked_again_before_erasing(client, person):
    asked = client.post(reverse("portal:erasure_ask"))

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not ErasureRequest.objects.exists()


def test_erasing_is_asked_then_cancelled(client, person):
    just_typed_the_password(client, person)
    page = client.post(reverse("portal:erasure_ask"), follow=True).content.decode()
    assert "Votre compte sera effacé le" in page
    assert Notification.objects.get(kind="erasure_asked").user == person

    page = client.post(reverse("portal:erasure_cancel"), follow=True).content.decode()
    assert "Votre compte est conservé" in page
    assert not ErasureRequest.objects.exists()


def test_the_last_responsible_person_is_told_to_hand_over(client, person):
    alone = MembershipFactory(user=person).organisation
    shared = MembershipFactory(user=person).organisation
    MembershipFactory(organisation=shared)
    just_typed_the_password(client, person)
    page = client.get(reverse("portal:erasure_ask"))

    assert page.context["alone"] == [alone]
    assert "Confiez-la d’abord à quelqu’un" in page.content.decode()


def test_a_session_opened_elsewhere_ends_with_the_account(client, person):
    assert client.get(DATA).status_code == 200
    erase(person.pk, Origin.PERSON)

    assert client.get(DATA).status_code == 302
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_every_page_about_oneself_asks_to_sign_in(client):
    for path in (CONSENTS, ABSENCES, DATA, reverse("portal:erasure_ask")):
        assert client.get(path).status_code == 302
