"""Whoever is there without a table, and what a new programme would change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from accounts.policy import Person, visible
from rendezvous.enums import OfferWay
from rendezvous.models import Attendee, LeftOver, Replanning, Schedule, Session
from rendezvous.scheduling.measures import changes
from rendezvous.scheduling.problem import Change, Meeting
from rendezvous.selectors.picture import (
    Picture,
    followed_meetings,
    picture_of,
    planned_meetings,
)
from rendezvous.wording import offer_sentence

PAIR = 2


@dataclass(frozen=True)
class Waiting:
    """Somebody without a table in a round; ``table``: where they sit alone."""

    attendee: Attendee
    table: int | None
    proposal: str = ""


@dataclass(frozen=True)
class Shift:
    """One meeting of a programme that changes."""

    round: int
    table: int
    names: str


@dataclass(frozen=True)
class Affected:
    """Whose programme changes, and how; ``is_gone``: they are not there any more."""

    attendee: Attendee
    lost: list[Shift]
    gained: list[Shift]
    moved: list[Shift]
    is_gone: bool


@dataclass(frozen=True)
class Preview:
    """What a new programme would change, before it is applied."""

    replanning: Replanning
    schedule: Schedule
    affected: list[Affected]
    left_over: list[tuple[LeftOver, str]]

    @property
    def kept_pct(self) -> float:
        surviving = self.replanning.surviving
        return 100 * self.replanning.kept / surviving if surviving else 100.0

    @property
    def lost_count(self) -> int:
        return sum(bool(one.lost) and not one.is_gone for one in self.affected)

    @property
    def gained_count(self) -> int:
        return sum(bool(one.gained) for one in self.affected)

    @property
    def moved_count(self) -> int:
        return sum(bool(one.moved) for one in self.affected)


def broken_count(session: Session) -> int:
    """Count the meetings to come that cannot take place any more."""
    picture, meetings = _followed(session)
    coming = (one for one in meetings if one.round >= picture.next_round)
    return sum(not _is_held(picture, one) for one in coming)


def waiting_in(session: Session, viewer: Person, round_: int) -> list[Waiting]:
    """Return who is there without a table in a round: alone at one, or at none."""
    picture, meetings = _followed(session)
    alone = _alone(picture, meetings, round_)
    people = _people(session, viewer, alone)
    return [Waiting(people[name], alone[name]) for name in alone if name in people]


def proposals_in(session: Session, viewer: Person, round_: int) -> list[Waiting]:
    """The same, each with the best that can be proposed. Computes: for one page."""
    from rendezvous.scheduling.left_over import offers  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    picture, meetings = _followed(session)
    alone = _alone(picture, meetings, round_)
    if not alone:
        return []
    held = [one for one in meetings if _is_held(picture, one)]
    found = offers(problem_today(session, picture), held, {round_: list(alone)})
    named = {name for one in found for name in (one.id, *one.others)}
    people = _people(session, viewer, named)
    return [
        Waiting(
            people[one.id],
            alone[one.id],
            offer_sentence(
                OfferWay(one.way.value),
                " et ".join(_label(people[other]) for other in one.others),
                one.table,
            ),
        )
        for one in found
        if one.id in alone and {one.id, *one.others} <= people.keys()
    ]


def preview_of(
    session: Session, replanning: Replanning, viewer: Person
) -> Preview | None:
    """Compare what is proposed with what everybody follows."""
    schedule = replanning.schedule
    parent = schedule.parent
    if parent is None:
        return None
    found = changes(planned_meetings(parent), planned_meetings(schedule))
    named = {
        name
        for one in found
        for meeting in (*one.before, *one.after)
        for name in meeting.ids
    }
    people = _people(session, viewer, named)
    present = picture_of(session).presence
    told = [
        _affected(one, people, present.get(one.id, frozenset()), replanning.next_round)
        for one in found
        if one.id in people
    ]
    told.sort(key=lambda one: (not one.lost, _label(one.attendee)))
    return Preview(replanning, schedule, told, offers_of(schedule, viewer))


def offers_of(
    schedule: Schedule, viewer: Person, only: Collection[int] | None = None
) -> list[tuple[LeftOver, str]]:
    """Return what a version proposes to those who lost a meeting, round by round."""
    rows = LeftOver.objects.filter(schedule=schedule)
    if only is not None:
        rows = rows.filter(attendee__in=only)
    found = visible(viewer, rows).select_related(
        "attendee__registration__organisation", "other__registration__organisation"
    )
    return [(one, _told(one)) for one in found.order_by("round", "attendee")]


def _told(row: LeftOver) -> str:
    """Say what is proposed, naming organisations: names of people are their own."""
    other = row.other.registration.organisation.name if row.other else ""
    return offer_sentence(OfferWay(row.way), other, row.table)


def _followed(session: Session) -> tuple[Picture, Sequence[Meeting]]:
    picture = picture_of(session)
    return picture, followed_meetings(picture)


def _is_held(picture: Picture, meeting: Meeting) -> bool:
    lost_since = picture.lost.get(meeting.table)
    if lost_since is not None and lost_since <= meeting.round:
        return False
    return len(_there(picture, meeting)) >= PAIR


def _there(picture: Picture, meeting: Meeting) -> list[str]:
    return [
        name
        for name in meeting.ids
        if meeting.round in picture.presence.get(name, frozenset())
    ]


def _alone(
    picture: Picture, meetings: Iterable[Meeting], round_: int
) -> dict[str, int | None]:
    """Return who is there without a meeting, and the table where they wait."""
    if picture.published is None:
        return {}
    sat: dict[str, int] = {}
    busy: set[str] = set()
    for one in meetings:
        if one.round == round_:
            there = _there(picture, one)
            if _is_held(picture, one):
                busy |= set(there)
            elif one.table not in picture.lost:
                sat.update(dict.fromkeys(there, one.table))
    present = [name for name, rounds in picture.presence.items() if round_ in rounds]
    return {name: sat.get(name) for name in present if name not in busy}


def _affected(
    change: Change,
    people: dict[str, Attendee],
    present: frozenset[int],
    next_round: int,
) -> Affected:
    before = {_others(change.id, one): one for one in change.before}
    after = {_others(change.id, one): one for one in change.after}

    def shifts(
        wanted: Iterable[frozenset[str]], of: dict[frozenset[str], Meeting]
    ) -> list[Shift]:
        chosen = sorted((of[key] for key in wanted), key=lambda one: one.round)
        return [
            Shift(one.round, one.table, _names(change.id, one, people))
            for one in chosen
        ]

    return Affected(
        people[change.id],
        lost=shifts(before.keys() - after.keys(), before),
        gained=shifts(after.keys() - before.keys(), after),
        moved=shifts(after.keys() & before.keys(), after),
        is_gone=not any(number >= next_round for number in present),
    )


def _others(own: str, meeting: Meeting) -> frozenset[str]:
    return frozenset(meeting.ids) - {own}


def _names(own: str, meeting: Meeting, people: dict[str, Attendee]) -> str:
    return " et ".join(
        people[name].registration.organisation.name
        for name in meeting.ids
        if name != own and name in people
    )


def _label(attendee: Attendee) -> str:
    return attendee.registration.organisation.name


def _people(
    session: Session, viewer: Person, names: Iterable[str]
) -> dict[str, Attendee]:
    rows = Attendee.objects.filter(
        registration__session=session, pk__in=[int(name) for name in names]
    )
    found = visible(viewer, rows).select_related("registration__organisation")
    return {
        str(one.pk): one
        for one in found.defer("registration__organisation__search_vector")
    }
