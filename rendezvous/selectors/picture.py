"""The room as it is: who is there when, what is lost, what has begun."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b

from django.utils import timezone

from rendezvous.models import (
    Attendee,
    LostTable,
    Registration,
    Schedule,
    Seat,
    Session,
)
from rendezvous.models.attendance import stay_of
from rendezvous.scheduling.problem import Meeting as Planned
from rendezvous.scheduling.stay import Rounds
from rendezvous.selectors.live import current_round


@dataclass(frozen=True)
class Picture:
    """What a new programme is made from: another picture is another programme."""

    published: int | None
    next_round: int
    presence: dict[str, Rounds]
    lost: dict[int, int]
    tables: int
    rounds: int

    @property
    def digest(self) -> str:
        """What is still to come, and nothing of what is over."""
        coming = {
            name: sorted(r for r in rounds if r >= self.next_round)
            for name, rounds in self.presence.items()
        }
        facts = (
            self.published,
            self.next_round,
            sorted((name, rounds) for name, rounds in coming.items() if rounds),
            sorted((t, max(since, self.next_round)) for t, since in self.lost.items()),
            self.tables,
            self.rounds,
        )
        return blake2b(repr(facts).encode(), digest_size=24).hexdigest()


def picture_of(session: Session) -> Picture:
    """Read the room, in four queries."""
    published = Schedule.objects.published().filter(session=session)
    coming = next_round(session)
    return Picture(
        published=published.values_list("pk", flat=True).first(),
        next_round=coming,
        presence=_presence(session, begun=coming - 1),
        lost=lost_tables(session),
        tables=session.tables,
        rounds=session.rounds,
    )


def next_round(session: Session) -> int:
    """Return the first round that may still change."""
    return min(current_round(session, timezone.now()), session.rounds) + 1


def lost_tables(session: Session) -> dict[int, int]:
    """Return the tables that are lost, each with its first lost round."""
    rows = LostTable.objects.filter(session=session).order_by("table")
    return dict(rows.values_list("table", "from_round"))


def followed_meetings(picture: Picture) -> tuple[Planned, ...]:
    """Return the meetings of the programme that everybody follows; none without one."""
    if picture.published is None:
        return ()
    return planned_meetings(Schedule.objects.get(pk=picture.published))


def planned_meetings(schedule: Schedule) -> tuple[Planned, ...]:
    """Return the meetings of a version as the scheduler reads them."""
    seats = Seat.objects.filter(schedule=schedule).values_list(
        "round", "meeting__table", "attendee_id"
    )
    people: dict[tuple[int, int], list[str]] = defaultdict(list)
    for round_, table, attendee in seats:
        people[round_, table].append(str(attendee))
    return tuple(
        Planned(round_, table, tuple(sorted(names)))
        for (round_, table), names in sorted(people.items())
    )


def _presence(session: Session, *, begun: int) -> dict[str, Rounds]:
    """Return, by programme, the rounds in which somebody of it is there."""
    registrations = Registration.objects.confirmed().filter(
        session=session, organisation__archived_at=None
    )
    people = Attendee.objects.filter(registration__in=registrations.values("pk"))
    found: dict[str, set[int]] = defaultdict(set)
    for one in people.select_related("attendance").order_by("pk"):
        lead = str(one.shares_with_id or one.pk)
        found[lead] |= stay_of(one, begun=begun).rounds
    return {lead: frozenset(rounds) for lead, rounds in found.items()}
