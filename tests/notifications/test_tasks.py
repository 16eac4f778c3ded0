"""Each job may be done again, in sequence or by several at once."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection

from jobs.models import Job
from jobs.registry import handlers
from notifications.models import Delivery, Notification
from notifications.registry import Frequency
from notifications.services import notify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = dt.datetime(2026, 11, 24, 8, tzinfo=PARIS)
FUNCTIONS = {
    known.kind: known.function
    for known in handlers()
    if known.kind.startswith("notifications.")
}


def payload_of(kind, person):
    news = Notification.objects.order_by("pk").first()
    return {
        "notifications.send": {"delivery": Delivery.objects.get().pk},
        "notifications.remind": {"notification": news.pk, "number": 1},
        "notifications.gather": {
            "frequency": "daily",
            "cutoff": TUESDAY.isoformat(),
            "first": person.pk,
            "last": person.pk,
        },
    }.get(kind, {})


def outcome(letters_before):
    """What is left behind, but for what differs from one run of the world to another."""
    return (
        sorted(Delivery.objects.values_list("kind", "key", "number", "state")),
        sorted(Notification.objects.values_list("kind", "key", "digest")),
        sorted(Job.objects.values_list("kind", "key")),
        len(mail.outbox) - letters_before,
    )


@pytest.mark.parametrize("kind", sorted(FUNCTIONS))
def test_a_job_done_again_or_by_eight_at_once_changes_nothing_more(new_kind, kind):
    at_once = new_kind(reminders_days=(2, 5))
    daily = new_kind("test.daily", frequency=Frequency.DAILY)
    person, context = UserFactory(), {"organisation": "Les Ateliers"}
    with time_machine.travel(TUESDAY - dt.timedelta(days=1), tick=False):
        notify(at_once, [person], key="1", path="/", context=context, remind=[person])
        notify(daily, [person], key="2", path="/", context=context)
    payload, before = payload_of(kind, person), len(mail.outbox)
    together, failures = threading.Barrier(8), []

    def do():
        try:
            together.wait()
            FUNCTIONS[kind](payload)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    with time_machine.travel(TUESDAY, tick=False):
        threads = [threading.Thread(target=do) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        once = outcome(before)
        FUNCTIONS[kind](payload)
        twice = outcome(before)

    assert failures == []
    assert once == twice
    assert once[3] == (kind == "notifications.send")
