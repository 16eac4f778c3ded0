"""What is done every day: reminders before a session, then memory and oblivion."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from rendezvous.models import Attendee, Encounter, FollowUp, Session
from rendezvous.models.attendance import stay_of
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.live import clock_of
from rendezvous.selectors.met import Sat, pairs_of, rounds_over, sat
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

    Whoever withdrew since, or was absent, met nobody; a round that the hosts left out
    was not held. Told once by session and pair.
    """
    begun = Session.objects.filter(
        state__in=COMING_STATES,
        begins_at__lte=now,
        ends_at__gte=now - REMEMBERED,
    )
    return sum(_remember(one, now) for one in begun)


@transaction.atomic
def _remember(session: Session, now: dt.datetime) -> int:
    """Write down who met; take back whom the door has since said to be absent."""
    seats = sat(session, until=rounds_over(session, now))
    came = _came(session)
    there = [one for one in seats if one.round in came[one.attendee]]
    met = _first_rounds(there)
    absent = set(_first_rounds(seats)) - set(met) - _known_by_both(session)
    for low, high in absent:
        Encounter.objects.filter(session=session, low=low, high=high).delete()
    rounds = clock_of(session).rounds
    rows = [
        Encounter(session=session, low_id=low, high_id=high, at=rounds[n - 1].begins_at)
        for (low, high), n in sorted(met.items())
    ]
    Encounter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _first_rounds(seats: Collection[Sat]) -> dict[tuple[int, int], int]:
    """Return the round of each pair of organisations that sat together."""
    organisation = {one.registration: one.organisation for one in seats}
    found: dict[tuple[int, int], int] = {}
    for pair, at in pairs_of(seats).items():
        low, high = sorted(organisation[pk] for pk in pair)
        found.setdefault((low, high), at.round)
    return found


def _known_by_both(session: Session) -> set[tuple[int, int]]:
    """Return the pairs that both said that they met, whatever the door knows."""
    rows = FollowUp.objects.mutual().filter(session=session)
    pairs = rows.values_list("low__organisation", "high__organisation")
    return {(min(pair), max(pair)) for pair in pairs}


def _came(session: Session) -> dict[int, set[int]]:
    """Return the rounds of each programme for which somebody of it was there.

    As far as the door knows: without a word of it, one came.
    """
    found: dict[int, set[int]] = defaultdict(set)
    people = Attendee.objects.filter(registration__session=session)
    for one in people.select_related("attendance"):
        found[one.shares_with_id or one.pk] |= set(stay_of(one).rounds)
    return found


def forget_names(now: dt.datetime) -> int:
    """Forget who came, a year after; that their organisation came stays."""
    old = Attendee.objects.filter(registration__session__ends_at__lt=now - NAMES_KEPT)
    named = old.exclude(name=FORGOTTEN_NAME)
    return named.update(name=FORGOTTEN_NAME, user=None)
