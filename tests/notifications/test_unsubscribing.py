"""One gesture, without an account, that tells nothing to anybody."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jobs.services import drain
from notifications.links import unsubscribe_path
from notifications.models import Delivery, Preference, Suppression
from notifications.registry import Frequency
from notifications.services import notify, write_to
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

CONTEXT = {"organisation": "Les Ateliers"}


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def tell(kind, person, key="1"):
    notify(kind, [person], key=key, path="/a/", context=CONTEXT)
    drain()


def preferences_of(person):
    return dict(Preference.objects.filter(user=person).values_list("kind", "frequency"))


def test_a_mail_reader_unsubscribes_with_one_post(new_kind, browser):
    kind, other, person = new_kind(), new_kind("test.other"), UserFactory()
    tell(kind, person)
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    path = header.strip("<>").removeprefix("http://localhost:8000")

    answer = browser.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert preferences_of(person) == {kind.code: "never"}
    tell(kind, person, "2")
    tell(other, person, "2")
    assert len(mail.outbox) == 2


def test_opening_the_page_changes_nothing_and_shows_nobody(new_kind, browser):
    person = UserFactory(name="Camille Martin")
    tell(new_kind(), person)

    page = browser.get(unsubscribe_path(Delivery.objects.get()))

    assert (page.status_code, preferences_of(person)) == (200, {})
    text = page.content.decode()
    assert not any(word in text for word in (person.email, person.name, "Ateliers"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("end", ["", "x", ":", "%00", "%E2%80%AE", "/../", "é"])
def test_a_link_that_we_did_not_sign_changes_nothing(new_kind, browser, method, end):
    person = UserFactory()
    tell(new_kind(), person)
    public_id = Delivery.objects.get().public_id

    answer = getattr(browser, method)(f"/courriels/desinscription/{public_id}{end}/")

    assert answer.status_code in {400, 404}
    assert preferences_of(person) == {}


def test_everything_but_what_is_essential_stops(new_kind, browser):
    kind, vital, person = (
        new_kind(),
        new_kind("vital", is_essential=True),
        UserFactory(),
    )
    tell(kind, person)
    browser.post(unsubscribe_path(Delivery.objects.get()), {"everything": "1"})
    mail.outbox.clear()

    tell(new_kind("test.other"), person)
    tell(vital, person)

    assert len(mail.outbox) == 1
    assert Delivery.objects.get(kind="vital").state == "sent"
    assert Suppression.objects.get().reason == "unsubscribed"


def test_an_address_without_an_account_is_no_longer_written_to(new_kind, browser):
    kind = new_kind()
    write_to("a@exemple.test", kind, key="1", path="/a/", context=CONTEXT)
    drain()
    browser.post(unsubscribe_path(Delivery.objects.get()))
    write_to("A@exemple.test", kind, key="2", path="/a/", context=CONTEXT)
    drain()

    assert len(mail.outbox) == 1


def test_a_way_out_of_a_digest_stops_what_arrives_by_it(new_kind, browser):
    daily = new_kind(frequency=Frequency.DAILY)
    new_kind("test.weekly", frequency=Frequency.WEEKLY)
    new_kind("vital", is_essential=True)
    person = UserFactory()
    digest = Delivery.objects.create(
        user=person, kind="digest", key="daily 2026-11-24", message_id="<1@a>"
    )

    browser.post(unsubscribe_path(digest))

    assert preferences_of(person) == {daily.code: "never"}


def test_a_person_may_change_their_mind(client, new_kind):
    new_kind()
    person = UserFactory()
    Suppression.objects.create(
        address_digest=Suppression.digest_of(person.email), reason="unsubscribed"
    )
    client.force_login(person)
    page = client.get(reverse("notifications:preference_edit"))
    assert "Recevoir à nouveau des courriels" in page.content.decode()

    client.post(reverse("notifications:preference_resume"))

    assert Suppression.objects.count() == 0


def test_who_has_not_set_up_a_second_factor_may_still_leave(client, new_kind):
    kind = new_kind()
    person = UserFactory(is_staff=True, second_factor=False)
    tell(kind, person)
    client.force_login(person)

    answer = client.post(unsubscribe_path(Delivery.objects.get()))

    assert answer.status_code == 200
    assert preferences_of(person) == {kind.code: "never"}
