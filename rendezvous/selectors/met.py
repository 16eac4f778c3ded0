"""Who sat with whom: the pairs of the published programme whose round has begun."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F

from rendezvous.clock import Phase, position
from rendezvous.enums import RegistrationState, ScheduleState
from rendezvous.models import Seat, Session
from rendezvous.selectors.live import clock_of

Pair = tuple[int, int]


@dataclass(frozen=True)
class Sat:
    """A registration at a table; ``kind`` and ``organisation`` are those it has."""

    attendee: int
    registration: int
    organisation: int
    meeting: int
    round: int


def rounds_begun(session: Session, now: dt.datetime) -> int:
    """Return the number of the last round that has begun, 0 before the first.

    Where nobody started the clock of the day, those whose planned end is past.
    """
    clock = clock_of(session)
    if clock.started_at is not None:
        return position(clock, now).round
    return sum(one.ends_at <= now for one in clock.rounds)


def rounds_over(session: Session, now: dt.datetime) -> int:
    """Return the number of the last round that is over, 0 before.

    Where nobody started the clock of the day, all of them once the day is over.
    """
    clock = clock_of(session)
    if clock.started_at is None:
        return session.rounds if session.ends_at <= now else 0
    here = position(clock, now)
    return here.round - (here.within is Phase.ROUND)


def sat(session: Session, *, until: int) -> list[Sat]:
    """Return who sits where in the published programme, up to the round ``until``."""
    rows = Seat.objects.filter(
        schedule__session=session,
        schedule__state=ScheduleState.PUBLISHED,
        round__lte=until,
        attendee__registration__state=RegistrationState.CONFIRMED,
    ).values_list(
        "attendee",
        "attendee__registration",
        "attendee__registration__organisation",
        "meeting",
        "round",
    )
    return [Sat(*row) for row in rows.order_by("round", "meeting", "pk")]


def met_by(session: Session, registration_id: int, now: dt.datetime) -> dict[int, int]:
    """Return whom a registration has met or is meeting: the round, by registration."""
    begun = rounds_begun(session, now)
    everybody = planned_for(session, registration_id)
    return {pk: number for pk, number in everybody.items() if number <= begun}


def planned_for(session: Session, registration_id: int) -> dict[int, int]:
    """Return whom a registration is to meet that day: the round, by registration."""
    here = Seat.objects.filter(
        schedule__session=session,
        schedule__state=ScheduleState.PUBLISHED,
        meeting__seats__attendee__registration=registration_id,
        attendee__registration__state=RegistrationState.CONFIRMED,
    ).exclude(attendee__registration=registration_id)
    rows = here.annotate(other=F("attendee__registration")).values_list(
        "other", "round"
    )
    return dict(rows.order_by("-round"))


def pairs_of(seats: Iterable[Sat]) -> dict[Pair, Sat]:
    """Return the pairs of registrations that sit together, each at its first table."""
    tables: dict[int, list[Sat]] = {}
    for one in seats:
        tables.setdefault(one.meeting, []).append(one)
    found: dict[Pair, Sat] = {}
    for table in tables.values():
        there = {one.registration: one for one in table}
        for low, high in combinations(sorted(there), 2):
            found.setdefault((low, high), there[low])
    return found
