"""« Mon compte »: coordinates, and the day of the last visit."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

HOME = "/compte/"


@pytest.fixture
def person(client):
    person = UserFactory(name="Camille", seen_at=None)
    client.force_login(person)
    return person


def test_one_changes_name_and_telephone(client, person):
    answer = client.post(HOME, {"name": "Camille Aubin", "phone": "+33 6 12 34 56 78"})

    person.refresh_from_db()
    assert answer.url == HOME
    assert (person.name, person.phone) == ("Camille Aubin", "+33 6 12 34 56 78")


@pytest.mark.parametrize(
    "phone", ["٠٦١٢٣٤٥٦٧٨", "bonjour", "06", "0" * 21, "06 12 34 56 78\n", "<b>061234"]
)
def test_what_is_not_a_number_is_refused_and_kept_in_sight(client, person, phone):
    answer = client.post(HOME, {"name": "Camille", "phone": phone})

    person.refresh_from_db()
    if phone.endswith("\n"):  # spaces around are nobody's intention
        assert person.phone == phone.strip()
    else:
        assert answer.status_code == 200
        assert person.phone == ""


def test_a_name_is_needed_and_the_refused_one_is_not_shown_as_mine(client, person):
    answer = client.post(HOME, {"name": "", "phone": ""})

    person.refresh_from_db()
    assert answer.status_code == 200
    assert person.name == "Camille"


def test_other_fields_of_the_person_are_not_written(client, person):
    client.post(HOME, {"name": "C", "is_staff": "on", "email": "a@exemple.test"})

    person.refresh_from_db()
    assert not person.is_staff
    assert person.email != "a@exemple.test"


def test_a_visit_is_noted_once_a_day(client, person, django_assert_num_queries):
    client.get(HOME)
    person.refresh_from_db()
    first = person.seen_at
    assert first is not None

    client.get(HOME)
    person.refresh_from_db()
    assert person.seen_at == first

    person.inactivity_notice_at = timezone.now()
    person.save()
    with time_machine.travel(first + dt.timedelta(hours=25), tick=False):
        client.force_login(person)
        client.get(HOME)
        person.refresh_from_db()
        assert person.seen_at == timezone.now()
        assert person.inactivity_notice_at is None


def test_the_page_links_what_concerns_me(client, person):
    page = client.get(HOME).content.decode()

    for name in (
        "account_email",
        "mfa_index",
        "account_change_password",
        "accounts:session_list",
    ):
        assert f'href="{reverse(name)}"' in page
