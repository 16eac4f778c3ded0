"""Programmes on paper: one's own, or everybody's in one file."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.policy import Person
from rendezvous.models import Registration, Schedule, Session
from rendezvous.selectors.printing.heading import (
    hour_of,
    organisation_values,
    round_name,
    values_for,
)
from rendezvous.selectors.printing.room import Guest, Room, moment_of
from rendezvous.selectors.programmes import Slot, programmes_of
from rendezvous.selectors.topics import Stories, stories_of, topics_between

AT_ONCE = 25  # programmes whose pairs are explained together
Report = Callable[[int, int], None]
TEMPLATE, BOOKLETS = "programmes", "booklets"


def own_programmes(
    session: Session,
    schedule: Schedule,
    own: Registration,
    viewer: Person,
) -> dict[str, Any]:
    """Return the sheets of the people of one organisation."""
    values = values_for(_("Programme"), session, schedule)
    moment = moment_of(session)
    values["programmes"] = [
        {
            **organisation_values(own),
            "people": ", ".join(one.people),
            "slots": [_slot_values(slot, session.tz) for slot in one.slots],
        }
        for one in programmes_of(session, own.organisation, viewer, moment)
    ]
    return values


def all_programmes(room: Room, told: Report) -> dict[str, Any]:
    """Return everybody's sheets; ``told`` hears how many are ready."""
    values = values_for(_("Programmes"), room.session, room.schedule)
    sheets: list[dict[str, Any]] = []
    for guests in _some(room.guests):
        stories = stories_of(
            (guest.registration, other)
            for guest in guests
            for seated in guest.seats.values()
            for other in seated.beside(guest.registration)
        )
        sheets += [_sheet(room, guest, stories) for guest in guests]
        told(len(sheets), len(room.guests))
    values["programmes"] = sheets
    return values


def _some(guests: Sequence[Guest]) -> Iterator[Sequence[Guest]]:
    for start in range(0, len(guests), AT_ONCE):
        yield guests[start : start + AT_ONCE]


def _sheet(room: Room, guest: Guest, stories: Stories) -> dict[str, Any]:
    return {
        **organisation_values(guest.registration),
        "people": ", ".join(one.name for one in guest.people),
        "slots": [
            _slot_values(_slot(room, guest, number, stories), room.session.tz)
            for number in room.rounds
        ],
    }


def _slot(room: Room, guest: Guest, number: int, stories: Stories) -> Slot:
    begins, ends = room.hours(number)
    seated = guest.seats.get(number)
    if seated is None:
        return Slot(number, begins, ends)
    own = guest.registration
    others = seated.beside(own)
    topics = tuple(
        topic for one in others for topic in topics_between(own, one, stories)
    )
    return Slot(number, begins, ends, seated.table, others, topics)


def _slot_values(slot: Slot, zone: dt.tzinfo) -> dict[str, Any]:
    return {
        "hour": hour_of(slot.begins_at.astimezone(zone)),
        "round": round_name(slot.number),
        "table": str(slot.table) if slot.table else None,
        "others": [organisation_values(one) for one in slot.others],
        "topics": list(slot.topics),
    }
