"""The day of those who come for one organisation: where each stands, what has changed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.policy import Person, visible
from rendezvous.models import (
    Attendee,
    Registration,
    Replanning,
    Schedule,
    Seat,
    Session,
)
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.arrivals import arrival_address
from rendezvous.selectors.checkin import Line
from rendezvous.selectors.live import current_round
from rendezvous.selectors.waiting import offers_of


@dataclass(frozen=True)
class Own:
    """Somebody of one's organisation, and the address of their code."""

    line: Line
    address: str


@dataclass(frozen=True)
class OwnDay:
    """``changed``: the rounds that a programme of the day has just changed."""

    people: list[Own]
    rounds_to_come: list[int]
    changed: list[int]
    changed_at: dt.datetime | None
    offers: list[tuple[int, str]]
    may_say: bool


def own_day_of(
    registration: Registration, schedule: Schedule | None, viewer: Person
) -> OwnDay:
    """Return what the people of an organisation read and may say on the day."""
    session, now = registration.session, timezone.now()
    begun = current_round(session, now)
    rows = Attendee.objects.filter(registration=registration)
    people = list(
        visible(viewer, rows)
        .select_related("registration__organisation", "attendance")
        .order_by("position")
    )
    keys = [one.pk for one in people]
    changed = _changed(schedule, keys)
    return OwnDay(
        people=[Own(Line(one, begun), arrival_address(session, one)) for one in people],
        rounds_to_come=list(range(begun + 1, session.rounds + 1)),
        changed=[number for number in changed if number > begun],
        changed_at=schedule.published_at if schedule and changed else None,
        offers=[
            (row.round, told)
            for row, told in (offers_of(schedule, viewer, keys) if schedule else [])
            if row.round >= begun
        ],
        may_say=may_still_say(session, now),
    )


def may_still_say(session: Session, now: dt.datetime) -> bool:
    """Tell whether those who come may still say that they are late, leave or stay away."""
    is_over = current_round(session, now) >= session.rounds and now >= session.ends_at
    return session.state in COMING_STATES and not is_over


def _changed(schedule: Schedule | None, keys: list[int]) -> list[int]:
    """Return the rounds in which these people sit elsewhere than they were told."""
    if schedule is None or schedule.parent_id is None:
        return []
    if not Replanning.objects.filter(schedule=schedule).exists():
        return []
    before, after = (
        _places(version, keys) for version in (schedule.parent_id, schedule.pk)
    )
    return sorted({number for number, *_place in before ^ after})


def _places(version: int, keys: list[int]) -> set[tuple[int, int, int]]:
    """Return where each sits, and with whom, in one version."""
    own = Seat.objects.filter(schedule=version, attendee__in=keys)
    rows = Seat.objects.filter(meeting__in=own.values("meeting")).exclude(
        attendee__in=keys
    )
    return set(rows.values_list("round", "meeting__table", "attendee"))
