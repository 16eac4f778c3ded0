"""A letter leaves once, to somebody who may still read it, or the log says why not."""

import datetime as dt
import smtplib
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from jobs.models import Job
from jobs.services import drain
from notifications.models import Delivery, Preference, Suppression
from notifications.services import notify, write_to
from notifications.services.sending import send, send_again
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


class Refusing(EmailBackend):
    """A server that raises what the test says, as often as it says."""

    errors: list[Exception] = []

    def send_messages(self, messages):
        if self.errors:
            raise self.errors.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    settings.NOTIFICATIONS_RETRY_SECONDS = (0, 0)
    Refusing.errors = []
    return Refusing


def refused(code, text):
    return smtplib.SMTPRecipientsRefused({"x@y.z": (code, text.encode())})


def tell(kind, *people, key="1", **options):
    context = {"organisation": "Les Ateliers"}
    notify(kind, people, key=key, path="/a/", context=context, **options)


def log():
    return [(d.state, d.reason, d.attempts) for d in Delivery.objects.order_by("pk")]


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        smtplib.SMTPServerDisconnected("gone"),
        refused(451, "4.7.1 Greylisted, try again"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials"),
        smtplib.SMTPSenderRefused(550, b"5.7.1 Not allowed", "a@b.c"),
    ],
)
def test_what_may_pass_later_is_tried_again(new_kind, server, error):
    server.errors = [error, error]

    tell(new_kind(), UserFactory())
    drain()

    assert [(state, attempts) for state, _, attempts in log()] == [("sent", 3)]
    assert len(mail.outbox) == 1
    assert Suppression.objects.count() == 0


def test_what_never_passes_is_set_aside_and_may_be_sent_again(new_kind, server):
    server.errors = [ConnectionRefusedError()] * 3
    tell(new_kind(), UserFactory())
    drain()
    assert log() == [("failed", "ConnectionRefusedError", 3)]

    assert send_again(Delivery.objects.all()) == 1
    drain()

    assert log() == [("sent", "", 1)]
    assert send_again(Delivery.objects.all()) == 0


@pytest.mark.parametrize(
    ("error", "reason", "is_dead"),
    [
        (refused(550, "5.1.1 <x@y.z> unknown user"), "550 5.1.1 … unknown user", True),
        (refused(550, "No such user"), "550 No such user", True),
        (refused(550, "5.7.1 Blocked"), "550 5.7.1 Blocked", False),
        (refused(552, "5.2.2 Mailbox full"), "552 5.2.2 Mailbox full", False),
        (smtplib.SMTPDataError(554, b"5.7.1 Spam"), "554 5.7.1 Spam", False),
    ],
)
def test_a_final_refusal_is_not_tried_again(new_kind, server, error, reason, is_dead):
    server.errors = [error]
    kind, person = new_kind(), UserFactory()

    tell(kind, person)
    drain()

    assert log() == [("failed", reason, 1)]
    assert Suppression.objects.filter(reason="refused").count() == is_dead
    tell(kind, person, key="2")
    drain()
    assert len(mail.outbox) == (not is_dead)


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"erased_at": timezone.now()}]
)
def test_who_has_left_receives_nothing(new_kind, fields):
    person = UserFactory()
    tell(new_kind(is_essential=True), person)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()

    drain()

    assert (mail.outbox, log()) == ([], [("dropped", "nobody", 0)])


def test_who_may_no_longer_know_receives_nothing(new_kind):
    members = set()
    kind = new_kind(still_concerns=lambda user, key: (user.pk, key) in members)
    member, former = UserFactory(), UserFactory()
    members.add((member.pk, "1"))

    tell(kind, member, former)
    drain()

    assert [m.to for m in mail.outbox] == [[member.email]]
    assert log()[1] == ("dropped", "not_concerned", 0)


def test_a_choice_made_before_a_letter_leaves_counts(new_kind):
    kind, person = new_kind(), UserFactory()
    tell(kind, person)
    Preference.objects.create(user=person, kind=kind.code, frequency="never")

    drain()

    assert (mail.outbox, log()) == ([], [("dropped", "unwanted", 0)])


def test_a_letter_bears_its_own_number_and_a_way_out(new_kind, settings):
    settings.SITE_URL = "https://alliances.example"
    tell(new_kind(), UserFactory())
    drain()

    [sent], [delivery] = mail.outbox, Delivery.objects.all()
    message = sent.message()
    assert message["Message-ID"] == delivery.message_id
    assert delivery.message_id == f"<{delivery.public_id}@alliances.example>"
    way_out = message["List-Unsubscribe"]
    assert way_out.startswith(
        f"<https://alliances.example/courriels/desinscription/{delivery.public_id}:"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "https://alliances.example/a/" in sent.body
    assert delivery.context == {}


@pytest.mark.parametrize(
    ("hour", "essential", "leaves"),
    [(21, False, False), (21, True, True), (12, False, True)],
)
def test_what_is_not_urgent_waits_for_the_morning(
    new_kind, settings, hour, essential, leaves
):
    settings.NOTIFICATIONS_KEEP_HOURS = True
    friday = dt.datetime(2026, 11, 20, hour, tzinfo=PARIS)
    with time_machine.travel(friday, tick=False):
        tell(new_kind(is_essential=essential), UserFactory())
        drain()
        assert len(mail.outbox) == leaves
    with time_machine.travel(dt.datetime(2026, 11, 23, 7, 59, tzinfo=PARIS)):
        drain()
        assert len(mail.outbox) == leaves
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=PARIS)):
        drain()
        assert len(mail.outbox) == 1


def test_what_somebody_sends_to_an_address_leaves_at_once(new_kind, settings):
    settings.NOTIFICATIONS_KEEP_HOURS = True
    context = {"organisation": "Les Ateliers"}
    with time_machine.travel(dt.datetime(2026, 11, 21, 23, tzinfo=PARIS)):
        write_to("a@exemple.test", new_kind(), key="1", path="/a/", context=context)
        drain()

    assert len(mail.outbox) == 1


def test_sending_again_what_has_left_sends_nothing(new_kind):
    tell(new_kind(), UserFactory())
    delivery = Delivery.objects.get()

    for _ in range(3):
        send(delivery.pk)

    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_send_the_same_letter_send_it_once(new_kind):
    tell(new_kind(), UserFactory())
    delivery, together = Delivery.objects.get(), threading.Barrier(8)

    def one():
        together.wait()
        send(delivery.pk)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mail.outbox) == 1
    assert log() == [("sent", "", 1)]


def test_a_fault_of_ours_leaves_the_letter_waiting_for_a_repair(new_kind, kinds_folder):
    kind = new_kind()
    tell(kind, UserFactory())
    (kinds_folder / f"{kind.code}.txt").unlink()
    drain()

    assert log() == [("waiting", "", 0)]
    assert Job.objects.get(kind="notifications.send").error.count(
        "TemplateDoesNotExist"
    )
