"""What is done every day: reminders before a session, then memory and oblivion."""

import datetime as dt
from itertools import combinations

from django.db import transaction
from django.db.models import Prefetch

from rendezvous.enums import ScheduleState
from rendezvous.models import Attendee, Encounter, Meeting, Seat, Session
from rendezvous.models.attendance import stay_of
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.live import clocks_of
from rendezvous.services.telling import tell_soon

REMINDED_DAYS = (7, 1)
REMEMBERED = dt.timedelta(days=30)  # what ended before was written down already
NAMES_KEPT = dt.timedelta(days=365)
FORGOTTEN_NAME = "Personne venue ce jour-là"


def remind_everybody(now: dt.datetime) -> None:
    """Remind those who have a place a week before, and the day before; each once."""
    coming = Session.objects.coming(now).filter(begins_at__gt=now)
    for days in REMINDED_DAYS:
        for session in coming.filter(begins_at__lte=now + dt.timedelta(days=days)):
            with transaction.atomic():
                tell_soon(session, days=days)


def remember_encounters(now: dt.datetime) -> int:
    """Write down who met at the sessions that are over, as their programme planned it.

    Whoever withdrew since, or was absent, met nobody; a round that the hosts left out was not held.
    Told once by session and pair.
    """
    over = Meeting.objects.filter(
        schedule__state=ScheduleState.PUBLISHED,
        schedule__session__state__in=COMING_STATES,
        schedule__session__ends_at__range=(now - REMEMBERED, now),
    )
    seats = Seat.objects.select_related(
        "attendee__registration", "attendee__attendance"
    ).prefetch_related("attendee__companions__attendance")
    meetings = list(
        over.select_related("schedule__session").prefetch_related(
            Prefetch("seats", queryset=seats)
        )
    )
    clocks = clocks_of(one.schedule.session for one in meetings)
    met = {
        (one.schedule.session_id, *pair): clocks[one.schedule.session_id].rounds[
            one.round - 1
        ]
        for one in meetings
        if clocks[one.schedule.session_id].takes_place(one.round)
        for pair in _pairs(one)
    }
    rows = [
        Encounter(session_id=session, low_id=low, high_id=high, at=held.begins_at)
        for (session, low, high), held in sorted(met.items(), key=lambda kv: kv[0])
    ]
    Encounter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _pairs(meeting: Meeting) -> list[tuple[int, int]]:
    """The organisations that sat together, the lower key first."""
    there = {
        seat.attendee.registration.organisation_id
        for seat in meeting.seats.all()
        if seat.attendee.registration.is_confirmed
        and _came(seat.attendee, meeting.round)
    }
    return list(combinations(sorted(there), 2))


def _came(attendee: Attendee, round_: int) -> bool:
    """Tell whether somebody of a programme was there, as far as the door knows."""
    together = (attendee, *attendee.companions.all())
    return any(round_ in stay_of(one).rounds for one in together)


def forget_names(now: dt.datetime) -> int:
    """Forget who came, a year after; that their organisation came stays."""
    old = Attendee.objects.filter(registration__session__ends_at__lt=now - NAMES_KEPT)
    named = old.exclude(name=FORGOTTEN_NAME)
    return named.update(name=FORGOTTEN_NAME, user=None)
