"""The whole room, as its catalyst reads it, in a few queries: who comes, who sits where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.policy import Person, visible
from rendezvous.clock import Round
from rendezvous.models import Attendee, Meeting, Registration, Schedule, Seat, Session
from rendezvous.selectors.live import clock_of
from rendezvous.selectors.programmes import shown_schedule


@dataclass(frozen=True)
class Seated:
    """A table in a round, and the organisations that sit there."""

    round: int
    table: int
    registrations: tuple[Registration, ...]

    def beside(self, own: Registration) -> tuple[Registration, ...]:
        return tuple(one for one in self.registrations if one.pk != own.pk)


@dataclass(frozen=True)
class Guest:
    """Those of an organisation who share a programme, and where they sit by round."""

    registration: Registration
    people: tuple[Attendee, ...]
    seats: dict[int, Seated] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """``schedule`` is None before a programme is shared: nobody sits anywhere."""

    session: Session
    schedule: Schedule | None
    guests: list[Guest]
    seated: list[Seated]
    held: Sequence[Round]

    @property
    def rounds(self) -> range:
        return range(1, len(self.held) + 1)

    def hours(self, number: int) -> tuple[dt.datetime, dt.datetime]:
        """When a round begins and ends, by the clock of the place."""
        zone, held = self.session.tz, self.held[number - 1]
        return held.begins_at.astimezone(zone), held.ends_at.astimezone(zone)

    @property
    def tables(self) -> dict[int, dict[int, Seated]]:
        """Who sits at each table, by round."""
        found: dict[int, dict[int, Seated]] = {}
        for one in sorted(self.seated, key=lambda seated: seated.table):
            found.setdefault(one.table, {})[one.round] = one
        return found


def room_of(session: Session, viewer: Person) -> Room:
    """Return who comes, in alphabetical order, and who sits where once it is public."""
    schedule = schedule_for(session, viewer)
    registrations = _registrations(session, viewer)
    people = visible(viewer, Attendee.objects.filter(registration__in=registrations))
    attendees = list(people.select_related("attendance").order_by("position"))
    leads = {one.pk: one.shares_with_id or one.pk for one in attendees}
    owners = {one.pk: registrations[one.registration_id] for one in attendees}
    held = clock_of(session).rounds
    seated, seats = _seated(schedule, viewer, owners, rounds=len(held))
    together: dict[int, list[Attendee]] = defaultdict(list)
    for one in attendees:
        together[leads[one.pk]].append(one)
    guests = [
        Guest(owners[lead], tuple(ones), seats.get(lead, {}))
        for lead, ones in together.items()
        if owners[lead].is_confirmed
    ]
    order = {pk: at for at, pk in enumerate(registrations)}
    guests.sort(key=lambda one: order[one.registration.pk])
    return Room(session, schedule, guests, seated, held)


def moment_of(session: Session) -> dt.datetime:
    """Return an instant at which the hours are those of paper.

    What is printed does not move with the time that passes: a session that begins
    late, or that pauses, has the hours that its hosts last chose.
    """
    clock = clock_of(session)
    return clock.stopped_at or clock.rounds[0].begins_at


def schedule_for(session: Session, viewer: Person) -> Schedule | None:
    """Return the version that is printed: the one that this person's pages show."""
    return shown_schedule(session, viewer)


def _registrations(session: Session, viewer: Person) -> dict[int, Registration]:
    """Return every place, also of who withdrew: a programme may still name them."""
    rows = visible(viewer, Registration.objects.filter(session=session))
    found = rows.select_related("organisation").defer("organisation__search_vector")
    return {one.pk: one for one in found.order_by("organisation__search_key", "pk")}


def _seated(
    schedule: Schedule | None,
    viewer: Person,
    owners: dict[int, Registration],
    *,
    rounds: int,
) -> tuple[list[Seated], dict[int, dict[int, Seated]]]:
    """Return the tables that are taken, and those of each person, by round.

    The session may have fewer rounds than when the programme was made: what has no hour
    any more is not held.
    """
    if schedule is None:
        return [], {}
    sitting: dict[int, list[int]] = defaultdict(list)
    rows = visible(viewer, Seat.objects.filter(schedule=schedule))
    for meeting_id, attendee_id in rows.order_by("pk").values_list(
        "meeting_id", "attendee_id"
    ):
        sitting[meeting_id].append(attendee_id)
    meetings = Meeting.objects.filter(schedule=schedule, round__lte=rounds)
    tables = visible(viewer, meetings)
    found: list[Seated] = []
    seats: dict[int, dict[int, Seated]] = defaultdict(dict)
    for pk, number, table in tables.order_by("round", "table").values_list(
        "pk", "round", "table"
    ):
        there = [one for one in sitting[pk] if one in owners]
        unique = {owners[one].pk: owners[one] for one in there}
        one_table = Seated(number, table, tuple(unique.values()))
        found.append(one_table)
        for attendee in there:
            seats[attendee][number] = one_table
    return found, seats
