"""Two organisations want to go on: they are introduced, and asked about it later."""

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from alliances.services.introductions import introduce_who_met
from rendezvous.models import Checkpoint, Encounter, FollowUp, Registration

DAYS = (7, 30, 90, 365)


def open_followup(
    one: Registration,
    other: Registration,
    *,
    by: Mapping[int, User | None],
    now: dt.datetime,
) -> FollowUp:
    """Write that both want to go on, once; the caller holds the locks of both.

    ``by``: who said so, by organisation.
    """
    followup = followup_of(one, other)
    if followup.mutual_at is not None:
        return followup
    followup.mutual_at = now
    followup.introduction = introduce_who_met(
        one.organisation, other.organisation, by=by
    )
    followup.save(update_fields=["mutual_at", "introduction"])
    _remember(one, other)
    _plan(followup, now)
    return followup


def followup_of(one: Registration, other: Registration) -> FollowUp:
    """Return the row of a pair, written if need be, under its lock."""
    low, high = sorted((one, other), key=lambda side: side.pk)
    followup, _ = FollowUp.objects.get_or_create(
        session=one.session, low=low, high=high
    )
    return FollowUp.objects.select_for_update(of=("self",)).get(pk=followup.pk)


def _remember(one: Registration, other: Registration) -> None:
    """Both say that they met: it is known at once."""
    low, high = sorted((one.organisation_id, other.organisation_id))
    Encounter.objects.get_or_create(
        session=one.session,
        low_id=low,
        high_id=high,
        defaults={"at": one.session.begins_at},
    )


def _plan(followup: FollowUp, now: dt.datetime) -> None:
    """Plan the questions whose day is not over, counted from the day of the session."""
    session = followup.session
    held_on = session.local_begins_at.date()
    today = now.astimezone(session.tz).date()
    Checkpoint.objects.bulk_create(
        [
            Checkpoint(
                followup=followup,
                registration=side,
                days=days,
                due_on=held_on + dt.timedelta(days=days),
            )
            for days in DAYS
            for side in followup.sides
            if held_on + dt.timedelta(days=days) > today
        ],
        ignore_conflicts=True,
    )
