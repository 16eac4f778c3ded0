"""Reminders before a session; after it, who met is remembered and names forgotten."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.models import Notification
from rendezvous.enums import (
    Presence,
    RegistrationState,
    ScheduleState,
    SessionState,
)
from rendezvous.models import Attendance, Attendee, Encounter
from rendezvous.services.upkeep import (
    FORGOTTEN_NAME,
    forget_names,
    remember_encounters,
    remind_everybody,
)
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.followups import Side, both_say_yes, met, past_session
from tests.factories.sessions import registration_of, schedule_of, seat, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def reminders(membership):
    return Notification.objects.filter(
        user=membership.user, kind="session_reminder"
    ).count()


@pytest.mark.parametrize(("days", "expected"), [(10, 0), (6, 1), (0.5, 2), (-1, 0)])
def test_one_is_reminded_a_week_before_and_the_day_before_once_each(days, expected):
    membership = MembershipFactory()
    registration_of(session_of(TerritoryFactory(), days=days), membership.organisation)

    remind_everybody(timezone.now())
    remind_everybody(timezone.now())

    assert reminders(membership) == expected


def test_one_is_reminded_again_of_a_session_that_was_put_off():
    membership = MembershipFactory()
    session = session_of(TerritoryFactory(), days=6)
    registration_of(session, membership.organisation)
    remind_everybody(timezone.now())
    session.begins_at += dt.timedelta(days=30)
    session.ends_at += dt.timedelta(days=30)
    session.save()

    remind_everybody(timezone.now() + dt.timedelta(days=30))

    assert reminders(membership) == 2


@pytest.mark.parametrize(
    ("session", "registration"),
    [
        ({"state": SessionState.CANCELLED}, {}),
        ({}, {"state": RegistrationState.WAITING}),
        ({}, {"state": RegistrationState.CANCELLED}),
    ],
    ids=str,
)
def test_who_does_not_come_is_not_reminded(session, registration):
    membership = MembershipFactory()
    registration_of(
        session_of(TerritoryFactory(), days=2, **session),
        membership.organisation,
        **registration,
    )

    remind_everybody(timezone.now())

    assert reminders(membership) == 0


def test_names_are_forgotten_a_year_after():
    now = timezone.now()
    for days, name in ((-370, "Ana Lopez"), (-300, "Bob Martin")):
        session = session_of(TerritoryFactory(), days=days)
        registration_of(session, OrganisationFactory(), names=(name,))

    assert forget_names(now) == 1
    assert forget_names(now + dt.timedelta(hours=1)) == 0

    names = Attendee.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Bob Martin", FORGOTTEN_NAME]


def test_who_met_is_remembered_once_as_the_published_programme_planned():
    session = session_of(TerritoryFactory(), days=-1)
    one, other, gone = (
        registration_of(session, OrganisationFactory()) for _ in range(3)
    )
    gone.state = RegistrationState.CANCELLED
    gone.save()
    schedule_of(
        session,
        [(1, 1, [one, other]), (2, 1, [one, gone])],
        state=ScheduleState.PUBLISHED,
    )
    schedule_of(session, [(3, 1, [other, gone])], version=2)

    for _ in range(2):
        remember_encounters(timezone.now())

    (met,) = Encounter.objects.all()
    assert (met.low_id, met.high_id, met.session) == (
        one.organisation_id,
        other.organisation_id,
        session,
    )
    assert met.at == session.begins_at


@pytest.mark.parametrize("values", [{"days": 1}, {"state": SessionState.CANCELLED}])
def test_nobody_met_at_what_did_not_take_place(values):
    session = session_of(TerritoryFactory(), **{"days": -1, **values})
    pair = [registration_of(session, OrganisationFactory()) for _ in range(2)]
    schedule_of(session, [(1, 1, pair)], state=ScheduleState.PUBLISHED)

    remember_encounters(timezone.now())

    assert not Encounter.objects.exists()


def test_rounds_that_are_over_are_remembered_before_the_day_is():
    session = past_session()
    one, other, late = (Side(session) for _ in range(3))
    programme = met(session, one, other)
    seat(programme, 4, 1, [one.registration, late.registration])

    remember_encounters(timezone.now())

    assert Encounter.objects.count() == 1


def test_whom_the_door_says_absent_was_not_met_unless_both_say_so():
    session = past_session()
    pairs = [(Side(session), Side(session)) for _ in range(2)]
    programme = met(session, *pairs[0])
    seat(programme, 1, 2, [side.registration for side in pairs[1]])
    remember_encounters(timezone.now())
    both_say_yes(*pairs[1])
    for pair in pairs:
        Attendance.objects.create(
            attendee=pair[0].registration.attendees.get(),
            state=Presence.ABSENT,
            at=timezone.now(),
        )

    remember_encounters(timezone.now())

    (kept,) = Encounter.objects.all()
    assert {kept.low_id, kept.high_id} == {side.organisation.pk for side in pairs[1]}
