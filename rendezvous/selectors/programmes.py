"""A programme as it is read: the whole grid for the catalyst, one's own for the others."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from alliances.enums import Means
from alliances.models import Organisation
from rendezvous.enums import ScheduleState
from rendezvous.models import Attendee, Meeting, Registration, Schedule, Seat, Session

TALKED_ABOUT = 3
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
    """One round of a programme; without a table, it is free."""

    number: int
    begins_at: dt.datetime
    ends_at: dt.datetime
    table: int | None = None
    others: tuple[Registration, ...] = ()
    topics: tuple[str, ...] = ()
    is_now: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class Programme:
    """What those who share a programme do, round after round."""

    people: tuple[str, ...]
    slots: list[Slot]


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
    found = {one.state: one for one in rows}
    return found.get(ScheduleState.PUBLISHED) or found.get(ScheduleState.PROVISIONAL)


def grid_of(schedule: Schedule, session: Session, viewer: Person) -> Grid:
    """Return the whole programme, table by table."""
    cells: dict[tuple[int, int], Cell] = {}
    for one in _with_people(visible(viewer, Meeting.objects.filter(schedule=schedule))):
        names = [
            seat.attendee.registration.organisation.name for seat in one.seats.all()
        ]
        cells[one.table, one.round] = Cell(tuple(sorted(names)))
    rounds = range(1, session.rounds + 1)
    tables = sorted({table for table, _round in cells})
    return Grid(
        [(number, session.round_begins_at(number)) for number in rounds],
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
    return [
        _programme(session, together, seated[lead], topics, now)
        for lead, together in by_lead.items()
    ]


class _Topics:
    """Three things to talk about with each, from what everybody may read."""

    def __init__(self, own: Registration, others: Sequence[Registration]) -> None:
        self._own = own
        self._stories = _stories(own, others)

    def about(self, other: Registration) -> list[str]:
        headline, track = self._stories.get(other.intention_id or 0, ("", ""))
        asked = _shared(self._own.needs, other.offers)
        offered = _shared(other.needs, self._own.offers)
        found = [
            _("Vous cherchez\u202f: %s. Ils l’apportent.") % asked if asked else "",
            _("Ils cherchent\u202f: %s. Vous l’apportez.") % offered if offered else "",
            headline,
            track,
        ]
        return [one for one in found if one][:TALKED_ABOUT]


def _stories(
    own: Registration, others: Sequence[Registration]
) -> dict[int, tuple[str, str]]:
    """Return, by project, the reason of the pair and the track that suits it."""
    from matching.selectors.cards import cards  # noqa: PLC0415 - NumPy
    from matching.selectors.pair_scores import figures_between  # noqa: PLC0415 - NumPy
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    ids = [one.intention_id for one in others if one.intention_id]
    if own.intention_id is None or not ids:
        return {}
    figures = figures_between(own.intention_id, ids)
    shown = cards(figures, audience=Audience.PUBLIC, type_code="")
    told = _("Une piste : %s.")
    return {
        one.intention.pk: (one.story.headline, told % str(one.type.label).lower())
        for one in shown
    }


def _programme(
    session: Session,
    people: Sequence[Attendee],
    meetings: dict[int, Meeting],
    topics: _Topics,
    now: dt.datetime,
) -> Programme:
    slots = [
        _slot(session, number, meetings.get(number), people, topics)
        for number in range(1, session.rounds + 1)
    ]
    coming = [one.number for one in slots if one.begins_at > now and one.table]
    return Programme(
        tuple(one.name for one in people),
        [
            replace(
                one,
                is_now=one.begins_at <= now < one.ends_at,
                is_next=one.number in coming[:1],
            )
            for one in slots
        ],
    )


def _slot(
    session: Session,
    number: int,
    meeting: Meeting | None,
    people: Sequence[Attendee],
    topics: _Topics,
) -> Slot:
    begins, ends = session.round_begins_at(number), session.round_ends_at(number)
    if meeting is None:
        return Slot(number, begins, ends)
    own = people[0].registration_id
    others = tuple(
        seat.attendee.registration
        for seat in meeting.seats.all()
        if seat.attendee.registration_id != own
    )
    told = tuple(topic for one in others for topic in topics.about(one))
    return Slot(number, begins, ends, meeting.table, others, told)


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


def _shared(sought: Sequence[str], brought: Sequence[str]) -> str:
    common = [code for code in Means.values if code in sought and code in brought]
    return ", ".join(str(Means(code).label).lower() for code in common)
