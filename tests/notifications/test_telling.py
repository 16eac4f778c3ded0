"""What is told, to whom, once."""

import threading

import pytest
from django.core import mail
from django.db import connection, transaction

from jobs.models import Job
from jobs.services import drain
from notifications.models import Delivery, Notification, Preference
from notifications.registry import Frequency
from notifications.services import notify, write_to
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

CONTEXT = {"organisation": "Les Ateliers du Cycle"}


def tell(kind, *people, key="1", **options):
    notify(kind, people, key=key, path="/propositions/", context=CONTEXT, **options)


def test_somebody_is_told_once_on_the_page_and_by_one_letter(new_kind):
    kind, person = new_kind(), UserFactory()

    tell(kind, person, person)
    tell(kind, person)
    drain()

    assert Notification.objects.filter(user=person).count() == 1
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([person.email], "Réponse de Les Ateliers du Cycle")
    ]


def test_somebody_else_may_be_told_later_about_the_same_thing(new_kind):
    kind, first, second = new_kind(), UserFactory(), UserFactory()

    tell(kind, first)
    tell(kind, first, second)
    drain()

    assert [m.to for m in mail.outbox] == [[first.email], [second.email]]


def test_an_address_without_an_account_is_written_to_once(new_kind):
    kind = new_kind()

    for address in ("Voisine@exemple.test", "voisine@exemple.test"):
        write_to(address, kind, key="1", path="/a/", context=CONTEXT)
    drain()

    assert [m.to for m in mail.outbox] == [["Voisine@exemple.test"]]
    sent = Delivery.objects.get()
    assert (sent.state, sent.path, sent.context) == ("sent", "", {})


@pytest.mark.parametrize(
    ("frequency", "digest", "letters"),
    [
        (Frequency.AT_ONCE, "", 1),
        (Frequency.DAILY, "daily", 0),
        (Frequency.WEEKLY, "weekly", 0),
        (Frequency.NEVER, "", 0),
    ],
)
@pytest.mark.parametrize("chosen", [True, False])
def test_a_person_is_written_to_as_they_chose_or_as_the_kind_says(
    new_kind, frequency, digest, letters, chosen
):
    other = Frequency.NEVER if frequency is not Frequency.NEVER else Frequency.AT_ONCE
    kind, person = new_kind(frequency=other if chosen else frequency), UserFactory()
    if chosen:
        Preference.objects.create(user=person, kind=kind.code, frequency=frequency)

    tell(kind, person)
    drain()

    assert Notification.objects.get().digest == digest
    assert len(mail.outbox) == letters


def test_what_is_essential_is_written_whatever_was_chosen(new_kind):
    kind, person = new_kind(is_essential=True), UserFactory()
    Preference.objects.create(user=person, kind=kind.code, frequency=Frequency.NEVER)

    tell(kind, person)
    drain()

    assert [m.to for m in mail.outbox] == [[person.email]]
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


@pytest.mark.parametrize("path", ["https://ailleurs.example/", "//ailleurs", "a/"])
def test_a_letter_leads_to_a_page_of_this_site(new_kind, path):
    with pytest.raises(ValueError, match="a page of this site"):
        notify(new_kind(), [], key="1", path=path, context={})


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_of_what_is_undone(new_kind):
    kind, person = new_kind(), UserFactory()

    with transaction.atomic():
        tell(kind, person)
        write_to("a@exemple.test", kind, key="1", path="/a/", context=CONTEXT)
        transaction.set_rollback(True)
    drain()

    assert mail.outbox == []
    assert Notification.objects.count() + Delivery.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_eight_who_tell_the_same_thing_tell_it_once(new_kind):
    kind, people = new_kind(), UserFactory.create_batch(3)
    together = threading.Barrier(8)
    failures = []

    def say(turn):
        try:
            together.wait()
            tell(kind, *(people if turn % 2 else reversed(people)))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Notification.objects.count() == Delivery.objects.count() == 3
    assert Job.objects.filter(kind="notifications.send").count() == 3
