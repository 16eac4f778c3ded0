"""Digests: everything that waits, once, at a working hour."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection

from jobs.models import Job
from jobs.services import drain
from notifications.models import Delivery, Notification, Preference
from notifications.registry import Frequency
from notifications.services import notify, settle
from notifications.services.planning import gather, plan_digests
from notifications.services.reading import read_all_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


def at(day, hour=8, minute=0):
    return time_machine.travel(
        dt.datetime(2026, 11, day, hour, minute, tzinfo=PARIS), tick=False
    )


def tell(kind, *people, key="1", organisation="Les Ateliers"):
    context = {"organisation": organisation}
    notify(kind, people, key=key, path="/a/", context=context)


def plan_and_send():
    plan_digests()
    drain()
    return [(m.to, m.subject) for m in mail.outbox]


@pytest.fixture
def daily(new_kind):
    return new_kind(frequency=Frequency.DAILY)


def test_a_digest_holds_what_was_told_before_eight_grouped_by_organisation(daily):
    person = UserFactory()
    with at(23, 9):
        tell(daily, person, key="1", organisation="Zébulon")
        tell(daily, person, key="2", organisation="Ateliers")
        tell(daily, person, key="3", organisation="Zébulon")
    with at(24, 7, 59):
        assert plan_and_send() == []
        tell(daily, person, key="4", organisation="")
    with at(24, 8):
        tell(daily, person, key="5", organisation="Trop tard")
        sent = plan_and_send()

    assert sent == [([person.email], "4 nouvelles sur Alliances")]
    body = mail.outbox[0].body
    assert "Trop tard" not in body
    places = [body.index(text) for text in ("Ateliers\n", "Zébulon\n", "- vous")]
    assert places == sorted(places)


@pytest.mark.parametrize("again", range(2, 5))
def test_planning_again_writes_nothing_more(daily, again):
    with at(23, 9):
        tell(daily, *UserFactory.create_batch(3))
    with at(24, 9):
        for _ in range(again):
            plan_and_send()

    assert len(mail.outbox) == Delivery.objects.count() == 3
    assert Notification.objects.exclude(digest="").count() == 0


@pytest.mark.parametrize("closed", [(21, 12), (22, 12), (24, 7), (24, 20), (11, 12)])
def test_no_digest_leaves_at_night_at_the_weekend_or_on_a_holiday(daily, closed):
    with at(10, 9):
        tell(daily, UserFactory())

    with at(*closed):
        assert plan_and_send() == []


def test_a_weekly_digest_leaves_on_monday_or_as_soon_as_workers_are_back(new_kind):
    weekly, person = new_kind(frequency=Frequency.WEEKLY), UserFactory()
    with at(17, 9):
        tell(weekly, person)
    with at(20, 12):
        assert plan_and_send() == []
    with at(25, 15):
        tell(weekly, person, key="2")
        assert [to for to, _ in plan_and_send()] == [[person.email]]
    with at(26, 15):
        assert len(plan_and_send()) == 1
    with at(30, 8):
        assert len(plan_and_send()) == 2


def test_what_was_read_answered_or_refused_since_is_left_out(new_kind, daily):
    other = new_kind("test.other", frequency=Frequency.DAILY)
    person, reader = UserFactory(), UserFactory()
    with at(23, 9):
        tell(daily, person, key="answered")
        tell(daily, reader)
        tell(other, person, organisation="Refusée")
        tell(daily, person, key="kept", organisation="Gardée")
    settle(daily, key="answered")
    read_all_of(Notification.objects.filter(user=reader))
    Preference.objects.create(user=person, kind=other.code, frequency="never")
    with at(24):
        sent = plan_and_send()

    assert sent == [([person.email], "Une nouvelle sur Alliances")]
    assert "Gardée" in mail.outbox[0].body
    assert "Refusée" not in mail.outbox[0].body
    assert Delivery.objects.get(user=reader).reason == "nothing_left"


@pytest.mark.django_db(transaction=True)
def test_gathering_by_eight_at_once_makes_one_letter_each(daily):
    people = UserFactory.create_batch(5)
    with at(23, 9):
        tell(daily, *people)
    cutoff = dt.datetime(2026, 11, 24, 8, tzinfo=PARIS)
    together = threading.Barrier(8)
    failures = []

    def one():
        try:
            together.wait()
            gather(Frequency.DAILY, cutoff, first=people[0].pk, last=people[-1].pk)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Delivery.objects.count() == 5
    assert Job.objects.filter(kind="notifications.send").count() == 5
    assert Notification.objects.filter(delivery=None).count() == 0


def test_what_comes_after_the_gathering_waits_for_the_next_one(daily):
    person = UserFactory()
    with at(23, 9):
        tell(daily, person)
    with at(24):
        plan_and_send()
    with at(23, 10):  # a transaction that ended late
        tell(daily, person, key="late")
    with at(24, 9):
        assert len(plan_and_send()) == 1
    with at(25):
        assert len(plan_and_send()) == 2
