"""Where a session stands, for every page and screen that shows an hour or a round."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.policy import Person, visible
from rendezvous.clock import (
    MINUTE,
    Clock,
    Round,
    fitted,
    foreseen,
    planned,
    position,
)
from rendezvous.models import Schedule, Session, SessionClock

SERVER_TIME = "X-Server-Time"  # of each answer: clocks of telephones are not all right


@dataclass(frozen=True)
class Live:
    """What screens follow: the clock, and which programme is published.

    ``programme`` is the number of the published version, 0 without one.
    """

    clock: Clock
    revision: int
    programme: int

    @cached_property
    def body(self) -> dict[str, Any]:
        """What is sent to screens: instants in milliseconds, nothing about anybody."""
        clock = self.clock
        return {
            "revision": self.revision,
            "programme": self.programme,
            "started": clock.started_at is not None,
            "stopped": milliseconds(clock.stopped_at) if clock.stopped_at else None,
            "ended": clock.is_ended,
            "rounds": [
                [milliseconds(r.begins_at), milliseconds(r.ends_at)]
                for r in clock.rounds
            ],
        }

    @cached_property
    def text(self) -> str:
        """What a screen receives: the body, written down."""
        return json.dumps(self.body, sort_keys=True)

    @cached_property
    def tag(self) -> str:
        """Another tag, another state."""
        return blake2b(self.text.encode(), digest_size=9).hexdigest()


def clock_of(session: Session) -> Clock:
    """Return the clock of a session: as prepared, or as its hosts changed it."""
    row = SessionClock.objects.filter(session=session.pk).first()
    return _clock(session, row)


def current_round(session: Session, now: dt.datetime) -> int:
    """Return the last round that began: 0 before the first, the last one at the end."""
    return position(clock_of(session), now).round


def hours_of(session: Session, now: dt.datetime) -> list[Round]:
    """Return when each round is held, by the clock of the place."""
    return [
        Round(one.begins_at.astimezone(session.tz), one.ends_at.astimezone(session.tz))
        for one in foreseen(clock_of(session), now)
    ]


def live_of(session: Session) -> Live:
    """Return what screens follow of a session that one may read."""
    return _live(_with_programme(Session.objects.filter(pk=session.pk)).get())


def live_named(public_id: str, viewer: Person) -> Live | None:
    """Return what screens follow of a session, in one query."""
    rows = Session.objects.filter(public_id=public_id)
    found = _with_programme(visible(viewer, rows)).first()
    return _live(found) if found else None


def announced_live(public_ids: Iterable[str]) -> Mapping[str, Live]:
    """Return what screens follow of sessions that everybody may read, in one query."""
    rows = Session.objects.filter(public_id__in=list(public_ids))
    found = _with_programme(visible(AnonymousUser(), rows))
    return {one.public_id: _live(one) for one in found}


def plan_of(session: Session) -> Clock:
    """Return the clock of the day as it was prepared."""
    return planned(
        session.begins_at,
        rounds=session.rounds,
        length=session.round_minutes * MINUTE,
        pause=session.break_minutes * MINUTE,
    )


def _clock(session: Session, row: SessionClock | None) -> Clock:
    plan = plan_of(session)
    if row is None:
        return plan
    pairs = zip(row.begins, row.ends, strict=True)
    kept = Clock(
        tuple(Round(begins, ends) for begins, ends in pairs),
        row.started_at,
        row.stopped_at,
        row.is_ended,
    )
    return fitted(kept, plan)


def _with_programme(rows: QuerySet[Session]) -> QuerySet[Session]:
    published = Schedule.objects.published().filter(session=OuterRef("pk"))
    return rows.select_related("clock").annotate(
        programme=Subquery(published.values("version")[:1])
    )


def _live(session: Any) -> Live:
    row: SessionClock | None = getattr(session, "clock", None)
    revision = row.revision if row else 0
    return Live(_clock(session, row), revision, session.programme or 0)


def milliseconds(at: dt.datetime) -> int:
    """Return an instant as screens count: milliseconds since 1970."""
    return round(at.timestamp() * 1000)
