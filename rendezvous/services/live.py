"""What hosts do on the day: each press is done once, on what its host saw."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from rendezvous import clock as clocks
from rendezvous.clock import MINUTE, Clock, NotNowError, position
from rendezvous.models import Session, SessionClock
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.live import clock_of, plan_of
from rendezvous.services.locking import lock_session

LATE = 5 * MINUTE


class StaleError(Exception):
    """The session had moved on since the host saw it: nothing was done."""


class NotAnnouncedError(Exception):
    """Nobody may come to a session that is being prepared or was called off."""


class Action(StrEnum):
    """What a host may press."""

    GO_ON = "suite"
    PAUSE = "pause"
    RESUME = "reprendre"
    DELAY = "retard"
    PROLONG = "prolonger"
    END = "fin"
    RESET = "remise"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the host saw: the revision of the clock, and how far the session was."""

    revision: int
    step: int


CHANGES: dict[Action, Callable[[Clock, dt.datetime], Clock]] = {
    Action.GO_ON: clocks.go_on,
    Action.PAUSE: clocks.pause,
    Action.RESUME: clocks.resume,
    Action.DELAY: lambda clock, at: clocks.delay(clock, at, by=LATE),
    Action.PROLONG: lambda clock, at: clocks.prolong(clock, at, by=MINUTE),
    Action.END: clocks.end,
}
# They are about the very round that was seen, which may end by itself.
ABOUT_THE_STEP = frozenset({Action.GO_ON, Action.PROLONG})


def offered(clock: Clock, plan: Clock, now: dt.datetime) -> frozenset[Action]:
    """Return what makes sense where the session stands."""

    def makes_sense(action: Action) -> bool:
        try:
            _changed(clock, plan, action, now)
        except NotNowError:
            return False
        return True

    return frozenset(one for one in Action if makes_sense(one))


@transaction.atomic
def act(
    session: Session, action: Action, *, seen: Seen, by: User, now: dt.datetime
) -> Clock:
    """Change the clock of a session, which every screen then follows.

    Raises
    ------
    NotAnnouncedError
        If the session is not announced, or was called off.
    StaleError
        If another press, or the clock itself, came before this one.
    NotNowError
        If it makes no sense at this point of the session.
    """
    locked = lock_session(session)
    if locked.state not in COMING_STATES:
        raise NotAnnouncedError
    row = SessionClock.objects.filter(session=locked).first()
    clock = clock_of(locked)
    _require_same(action, seen, row.revision if row else 0, position(clock, now).step)
    changed = _changed(clock, plan_of(locked), action, now)
    _store(row or SessionClock(session=locked), changed, by=by, now=now)
    return changed


def follow_plan(session: Session, former: Clock, *, now: dt.datetime) -> None:
    """Follow a plan that is no longer ``former``; the caller holds the lock.

    A clock that has not started is the plan's again. One that has run out waits where it
    ended: the rounds that are added begin when a host says so, not in the past.
    """
    row = SessionClock.objects.filter(session=session).first()
    plan = plan_of(session)
    if row is None or plan == former:
        return
    if row.started_at is None:
        _store(row, plan, by=row.by, now=now)
        return
    last = row.ends[-1]
    is_longer = len(plan.rounds) > len(row.ends)
    if is_longer and row.stopped_at is None and last < now:
        waiting = replace(clock_of(session), stopped_at=last)
        _store(row, waiting, by=row.by, now=now)


def _require_same(action: Action, seen: Seen, revision: int, step: int) -> None:
    moved_on = action in ABOUT_THE_STEP and seen.step != step
    if seen.revision != revision or moved_on:
        raise StaleError


def _changed(clock: Clock, plan: Clock, action: Action, now: dt.datetime) -> Clock:
    if action is not Action.RESET:
        return CHANGES[action](clock, now)
    if clock == plan:
        raise NotNowError
    return plan


def _store(
    row: SessionClock, clock: Clock, *, by: User | None, now: dt.datetime
) -> None:
    row.revision += 1
    row.begins = [one.begins_at for one in clock.rounds]
    row.ends = [one.ends_at for one in clock.rounds]
    row.started_at = clock.started_at
    row.stopped_at = clock.stopped_at
    row.is_ended = clock.is_ended
    row.by = by
    row.changed_at = now
    row.save()
