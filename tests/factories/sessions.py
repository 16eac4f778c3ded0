"""Sessions of meetings, and who comes to them."""

import datetime as dt
from itertools import combinations

from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.enums import (
    RegistrationState,
    ScheduleState,
    SessionState,
    SheetKind,
)
from rendezvous.models import (
    Attendee,
    Capacity,
    Encounter,
    KindPair,
    Meeting,
    Printout,
    Registration,
    Schedule,
    Seat,
    Session,
    SessionInvitation,
)
from rendezvous.services.live import Action, Seen, act
from tests.factories.accounts import UserFactory

ROUNDS = 4


def session_of(territory, *, days=10, capacities=None, pairs=None, **values):
    """A session that takes registrations, of associations and companies."""
    begins = timezone.now().replace(microsecond=0) + dt.timedelta(days=days)
    values = {
        "title": "Rencontres d’automne",
        "place": "Salle des fêtes",
        "begins_at": begins,
        "ends_at": begins + dt.timedelta(hours=1),
        "rules_text": "Ni argent, ni vente.",
        "tables": 6,
        "rounds": ROUNDS,
        "meetings_max": ROUNDS,
        "state": SessionState.OPEN,
        **values,
    }
    session = Session.objects.create(territory=territory, **values)
    both = {ActorKind.ASSOCIATION: 2, ActorKind.COMPANY: 2}
    for kind, places in (capacities or both).items():
        Capacity.objects.create(session=session, kind=kind, places=places)
    for low, high in pairs or [("association", "company")]:
        KindPair.objects.create(session=session, low=low, high=high)
    return session


def registration_of(session, organisation, *, names=("Ana Lopez",), **values):
    """A place of an organisation; the first name has a programme of its own."""
    values = {
        "kind": organisation.kind,
        "state": RegistrationState.CONFIRMED,
        "accepted_rules": session.rules_version,
        "queued_at": timezone.now(),
        **values,
    }
    registration = Registration.objects.create(
        session=session, organisation=organisation, **values
    )
    lead = None
    for position, name in enumerate(names, start=1):
        attendee = Attendee.objects.create(
            registration=registration,
            position=position,
            name=name,
            until_round=session.rounds,
            shares_with=lead,
        )
        lead = lead or attendee
    return registration


def invitation_of(session, organisation, *, delivered=True, **values):
    """An invitation to a session, that reached the organisation."""
    now = timezone.now()
    values = {"delivered_at": now if delivered else None, **values}
    return SessionInvitation.objects.create(
        session=session, organisation=organisation, created_at=now, **values
    )


def encounter_of(session, one, other):
    """Two organisations that met there."""
    low, high = sorted((one, other), key=lambda side: side.pk)
    return Encounter.objects.create(
        session=session, low=low, high=high, at=session.begins_at
    )


def schedule_of(session, meetings, **values):
    """A version of the programme; each meeting: round, table, registrations."""
    values = {
        "version": 1,
        "state": ScheduleState.DRAFT,
        "outcome": Schedule.Outcome.FEASIBLE,
        "value": 1.0,
        "bound": 1.5,
        "seed": 1,
        "idle_count": 0,
        "short_count": 0,
        "seconds": 0.1,
        **values,
    }
    if values["state"] == ScheduleState.PUBLISHED:
        values.setdefault("published_at", timezone.now())
    schedule = Schedule.objects.create(session=session, **values)
    for meeting in meetings:
        seat(schedule, *meeting)
    return schedule


def draft_by_hand(session, meetings, *, offered=(), **values):
    """A draft that a hand changes; ``offered``: pairs of registrations besides."""
    met = [
        pair for _round, _table, group in meetings for pair in combinations(group, 2)
    ]
    known = [*met, *offered]
    return schedule_of(
        session,
        meetings,
        origin=Schedule.Origin.BY_HAND,
        reserve=sorted(sorted(_lead(one) for one in pair) for pair in known),
        **{"value": 0.0, "bound": 0.0, **values},
    )


def _lead(registration):
    return str(registration.attendees.get(position=1).pk)


def begun(session, *, at=None, by=None):
    """A session that its host started, at the hour that was said or at another."""
    by = by or UserFactory()
    at = at or session.begins_at
    return act(session, Action.GO_ON, seen=Seen(0, 0), by=by, now=at)


def seat(schedule, number, table, registrations):
    """Put the first person of each registration at a table."""
    meeting = Meeting.objects.create(schedule=schedule, round=number, table=table)
    for one in registrations:
        Seat.objects.create(
            meeting=meeting,
            attendee=one.attendees.get(position=1),
            schedule=schedule,
            round=number,
        )


def printout_of(schedule, **values):
    """A document that was made a moment ago."""
    values = {
        "kind": SheetKind.PROGRAMMES,
        "content": b"%PDF",
        "made_at": timezone.now(),
        **values,
    }
    return Printout.objects.create(
        session=schedule.session, schedule=schedule, **values
    )
