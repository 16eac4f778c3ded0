"""What is done every day: reminders before a session, then memory and oblivion."""

import datetime as dt

from django.db import transaction

from rendezvous.models import Attendee, Encounter, Session
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.live import clock_of
from rendezvous.selectors.met import pairs_of, rounds_over, sat
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
    """Write down who met in the rounds that are over, as the programme planned it.

    Whoever withdrew since met nobody; a round that the hosts left out was not held.
    Told once by session and pair.
    """
    begun = Session.objects.filter(
        state__in=COMING_STATES,
        begins_at__lte=now,
        ends_at__gte=now - REMEMBERED,
    )
    return sum(_remember(one, now) for one in begun)


def _remember(session: Session, now: dt.datetime) -> int:
    clock = clock_of(session)
    seats = sat(session, until=rounds_over(session, now))
    organisation = {one.registration: one.organisation for one in seats}
    met: dict[tuple[int, int], dt.datetime] = {}
    for pair, at in pairs_of(seats).items():
        low, high = sorted(organisation[pk] for pk in pair)
        met.setdefault((low, high), clock.rounds[at.round - 1].begins_at)
    rows = [
        Encounter(session=session, low_id=low, high_id=high, at=at)
        for (low, high), at in sorted(met.items())
    ]
    Encounter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def forget_names(now: dt.datetime) -> int:
    """Forget who came, a year after; that their organisation came stays."""
    old = Attendee.objects.filter(registration__session__ends_at__lt=now - NAMES_KEPT)
    named = old.exclude(name=FORGOTTEN_NAME)
    return named.update(name=FORGOTTEN_NAME, user=None)
