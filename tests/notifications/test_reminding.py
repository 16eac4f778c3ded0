"""Who was asked something is reminded, on working days, until it is answered."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from accounts.models import Absence
from jobs.services import drain
from notifications.models import Delivery
from notifications.services import notify, settle
from notifications.services.reminding import remind
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = dt.date(2026, 11, 19)


@pytest.fixture
def question(new_kind):
    return new_kind(reminders_days=(2, 5))


def ask(kind, lead, *others):
    with time_machine.travel(dt.datetime(2026, 11, 19, 15, tzinfo=PARIS), tick=False):
        context = {"organisation": "Les Ateliers"}
        people = (lead, *others)
        notify(kind, people, key="1", path="/a/", context=context, remind=[lead])
        drain()
    mail.outbox.clear()


def live_until(last, *, from_day=THURSDAY):
    """Do, hour by hour, what is due; return when each letter left, and to whom."""
    found = []
    moment = dt.datetime.combine(from_day, dt.time(16), PARIS)
    while moment.date() <= last:
        with time_machine.travel(moment, tick=False):
            drain()
        found += [(moment.strftime("%d %Hh"), m.to[0]) for m in mail.outbox]
        mail.outbox.clear()
        moment += dt.timedelta(hours=1)
    return found


def test_only_the_lead_contact_is_reminded_twice_on_working_days(question):
    lead, other = UserFactory(), UserFactory()
    ask(question, lead, other)

    assert live_until(dt.date(2026, 12, 10)) == [
        ("23 08h", lead.email),
        ("26 08h", lead.email),
    ]
    assert list(
        Delivery.objects.filter(user=lead).values_list("number", flat=True)
    ) == [0, 1, 2]


def test_an_answer_stops_reminders_and_those_about_to_leave(question):
    lead = UserFactory()
    ask(question, lead)
    assert live_until(dt.date(2026, 11, 23)) == [("23 08h", lead.email)]

    settle(question, key="1")

    assert live_until(dt.date(2026, 12, 10), from_day=dt.date(2026, 11, 24)) == []


def test_a_reminder_says_that_it_is_one(question):
    ask(question, UserFactory())
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=PARIS)):
        drain()

    assert mail.outbox[0].subject == "Rappel : Réponse de Les Ateliers"


def test_reminders_wait_for_the_end_of_an_absence_and_stay_apart(question):
    lead = UserFactory()
    Absence.objects.create(
        user=lead, starts_on=dt.date(2026, 11, 20), ends_on=dt.date(2026, 12, 4)
    )
    ask(question, lead)

    assert live_until(dt.date(2026, 12, 20)) == [
        ("07 08h", lead.email),
        ("10 08h", lead.email),
    ]


def test_who_is_no_longer_the_lead_contact_is_not_reminded(new_kind):
    leads = set()
    kind = new_kind(reminders_days=(1,), still_reminds=lambda user, _: user in leads)
    lead = UserFactory()
    ask(kind, lead)

    assert live_until(dt.date(2026, 11, 23)) == []


@pytest.mark.parametrize(
    "gone", [{"is_active": False}, {"erased_at": dt.datetime.now(dt.UTC)}]
)
def test_who_has_left_is_not_reminded(question, gone):
    lead = UserFactory()
    ask(question, lead)
    for name, value in gone.items():
        setattr(lead, name, value)
    lead.save()

    assert live_until(dt.date(2026, 12, 10)) == []


def test_reminding_again_writes_one_letter(question):
    lead = UserFactory()
    ask(question, lead)
    news = lead.notifications.get()

    for _ in range(3):
        remind(news.pk, 1)

    assert Delivery.objects.filter(number=1).count() == 1
