"""A programme as it is read: the whole grid for the catalyst, one's own for the others."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.policy import Person, visible
from alliances.models import Organisation
from rendezvous.clock import Phase, foreseen, position
from rendezvous.enums import ScheduleState
from rendezvous.models import Attendee, Meeting, Registration, Schedule, Seat, Session
from rendezvous.selectors.live import clock_of, hours_of
from rendezvous.selectors.topics import stories_of, topics_between

SMALLEST = 2


@dataclass(frozen=True)
class Cell:
    """Who sits at a table in a round."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """Tables in rows, rounds in columns; None where a table is free."""

    rounds: list[tuple[int, dt.datetime]]
    rows: list[tuple[int, list[Cell | None]]]


@dataclass(frozen=True)
class Slot:
    """One round of a programme; without a table, it is free.

    ``is_held``: neither cut off nor left out by the host who ended the session.
    """

    number: int
    begins_at: dt.datetime
    ends_at: dt.datetime
    table: int | None = None
    others: tuple[Registration, ...] = ()
    topics: tuple[str, ...] = ()
    is_now: bool = False
    is_next: bool = False
    is_held: bool = True


@dataclass(frozen=True)
class Programme:
    """What those who share a programme do, round after round."""

    people: tuple[str, ...]
    slots: list[Slot]
    # Whose programme it is, by their line in the registration: names may change.
    position: int = 1

    @property
    def present(self) -> Slot | None:
        return next((one for one in self.slots if one.is_now), None)

    @property
    def following(self) -> Slot | None:
        return next((one for one in self.slots if one.is_next), None)


def versions_of(session: Session, viewer: Person) -> list[Schedule]:
    """Return every version, the last first."""
    rows = visible(viewer, Schedule.objects.filter(session=session))
    found = rows.select_related("worst__registration__organisation", "parent")
    return list(found.defer("reserve", "changes").order_by("-version"))


def has_enough(session: Session) -> bool:
    """Tell whether there is anything to compute."""
    confirmed = Registration.objects.confirmed().filter(session=session)
    return confirmed.count() >= SMALLEST


def published_schedule(session: Session, viewer: Person) -> Schedule | None:
    rows = Schedule.objects.published().filter(session=session)
    return visible(viewer, rows).first()


def shown_schedule(session: Session, viewer: Person) -> Schedule | None:
    """Return the published programme or, before it, the one that is provisional."""
    rows = visible(viewer, Schedule.objects.shown().filter(session=session))
    # Lists of thousands that whoever comes never reads.
    found = {one.state: one for one in rows.defer("reserve", "changes")}
    return found.get(ScheduleState.PUBLISHED) or found.get(ScheduleState.PROVISIONAL)


def grid_of(
    schedule: Schedule, session: Session, viewer: Person, now: dt.datetime | None = None
) -> Grid:
    """Return the whole programme, table by table."""
    cells: dict[tuple[int, int], Cell] = {}
    for one in _with_people(visible(viewer, Meeting.objects.filter(schedule=schedule))):
        names = [
            seat.attendee.registration.organisation.name for seat in one.seats.all()
        ]
        cells[one.table, one.round] = Cell(tuple(sorted(names)))
    hours = hours_of(session, now or timezone.now())
    rounds = range(1, len(hours) + 1)
    tables = sorted({table for table, _round in cells})
    return Grid(
        [(number, hours[number - 1].begins_at) for number in rounds],
        [(table, [cells.get((table, n)) for n in rounds]) for table in tables],
    )


def programmes_of(
    session: Session,
    organisation: Organisation,
    viewer: Person,
    now: dt.datetime,
) -> list[Programme]:
    """Return the programmes, as shared, of the people of one organisation."""
    schedule = shown_schedule(session, viewer)
    own = visible(viewer, Registration.objects.confirmed().filter(session=session))
    registration = own.filter(organisation=organisation).first()
    if schedule is None or registration is None:
        return []
    people = visible(viewer, Attendee.objects.filter(registration=registration))
    by_lead: dict[int, list[Attendee]] = defaultdict(list)
    for one in people.order_by("position"):
        by_lead[one.shares_with_id or one.pk].append(one)
    mine = Seat.objects.filter(attendee__in=by_lead)
    meetings = Meeting.objects.filter(schedule=schedule, pk__in=mine.values("meeting"))
    seated = _seated(_with_people(visible(viewer, meetings)), by_lead)
    topics = _Topics(registration, _others(seated, registration))
    day = _Day(session, now)
    return [
        day.programme(together, seated[lead], topics)
        for lead, together in by_lead.items()
    ]


class _Topics:
    """Three things to talk about with each, from what everybody may read."""

    def __init__(self, own: Registration, others: Sequence[Registration]) -> None:
        self._own = own
        self._stories = stories_of([(own, one) for one in others])

    def about(self, other: Registration) -> list[str]:
        return topics_between(self._own, other, self._stories)


class _Day:
    """The hours of everybody, at an instant."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self._clock = clock_of(session)
        self._here = position(self._clock, now)
        self._hours = foreseen(self._clock, now)

    def programme(
        self, people: Sequence[Attendee], meetings: dict[int, Meeting], topics: _Topics
    ) -> Programme:
        """Return the rounds of people who sit together, with what goes on now."""
        numbers = range(1, len(self._hours) + 1)
        slots = [self._slot(n, meetings.get(n), people, topics) for n in numbers]
        coming = [
            one.number
            for one in slots
            if one.table and one.is_held and one.number > self._here.round
        ]
        return Programme(
            tuple(one.name for one in people),
            [replace(one, is_next=one.number in coming[:1]) for one in slots],
            next(one.position for one in people if one.shares_with_id is None),
        )

    def _slot(
        self,
        number: int,
        meeting: Meeting | None,
        people: Sequence[Attendee],
        topics: _Topics,
    ) -> Slot:
        hours = self._hours[number - 1]
        slot = Slot(
            number,
            hours.begins_at,
            hours.ends_at,
            is_now=self._here.within is Phase.ROUND and number == self._here.round,
            is_held=self._clock.takes_place(number),
        )
        if meeting is None:
            return slot
        others = _beside(meeting, people[0].registration_id)
        told = tuple(topic for one in others for topic in topics.about(one))
        return replace(slot, table=meeting.table, others=others, topics=told)


def _beside(meeting: Meeting, own: int) -> tuple[Registration, ...]:
    return tuple(
        seat.attendee.registration
        for seat in meeting.seats.all()
        if seat.attendee.registration_id != own
    )


def _with_people(rows: QuerySet[Meeting]) -> list[Meeting]:
    seats = Seat.objects.select_related("attendee__registration__organisation").defer(
        "attendee__registration__organisation__search_vector"
    )
    found = rows.prefetch_related(Prefetch("seats", queryset=seats.order_by("pk")))
    return list(found.order_by("round", "table"))


def _seated(
    meetings: Iterable[Meeting], by_lead: dict[int, list[Attendee]]
) -> dict[int, dict[int, Meeting]]:
    """Return the meetings of each programme, by round."""
    found: dict[int, dict[int, Meeting]] = {lead: {} for lead in by_lead}
    for one in meetings:
        for seat in one.seats.all():
            if seat.attendee_id in found:
                found[seat.attendee_id][one.round] = one
    return found


def _others(
    seated: dict[int, dict[int, Meeting]], own: Registration
) -> list[Registration]:
    found = {
        seat.attendee.registration_id: seat.attendee.registration
        for meetings in seated.values()
        for meeting in meetings.values()
        for seat in meeting.seats.all()
    }
    found.pop(own.pk, None)
    return list(found.values())
