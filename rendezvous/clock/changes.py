"""What the hosts do to the clock of the day: each change returns another clock."""

from dataclasses import replace
from datetime import datetime, timedelta

from rendezvous.clock.reading import (
    Clock,
    Phase,
    as_if_now,
    bounds_of,
    moved,
    position,
    reached,
    shifted,
)


class NotNowError(ValueError):
    """What is asked makes no sense where the session stands."""


def go_on(clock: Clock, at: datetime) -> Clock:
    """Begin what comes next, now: the first round, the break, the round after it.

    Raises
    ------
    NotNowError
        If the session is over.
    """
    if clock.started_at is None:
        begun = moved(clock, after=None, by=at - clock.rounds[0].begins_at)
        return replace(begun, started_at=at)
    running = resume(clock, at) if clock.is_paused else clock
    here = position(running, at)
    if here.phase is Phase.OVER:
        raise NotNowError
    return moved(running, after=at, by=at - bounds_of(running)[here.step])


def pause(clock: Clock, at: datetime) -> Clock:
    """Stop everything where it is.

    Raises
    ------
    NotNowError
        If nothing goes on.
    """
    _require(_goes_on(clock, at))
    return replace(clock, stopped_at=at)


def resume(clock: Clock, at: datetime) -> Clock:
    """Go on from where it stopped, even after an end that was a mistake.

    Raises
    ------
    NotNowError
        If nothing was stopped.
    """
    if clock.stopped_at is None:
        raise NotNowError
    lost = max(at - clock.stopped_at, timedelta())
    later = moved(clock, after=clock.stopped_at, by=lost)
    return replace(later, stopped_at=None, is_ended=False)


def delay(clock: Clock, at: datetime, *, by: timedelta) -> Clock:
    """Put off the rounds that have not begun; the one that goes on ends at its hour.

    Raises
    ------
    NotNowError
        If no round is to come.
    """
    _require(position(clock, at).next_round is not None)
    shown = clock if clock.started_at else as_if_now(clock, at)
    after = reached(clock, at) if clock.started_at else None
    return replace(
        shown,
        rounds=tuple(
            one if after and one.begins_at <= after else shifted(one, by)
            for one in shown.rounds
        ),
    )


def prolong(clock: Clock, at: datetime, *, by: timedelta) -> Clock:
    """Make the round or the break that goes on longer, and put off what follows.

    Raises
    ------
    NotNowError
        If nothing goes on.
    """
    _require(_goes_on(clock, at) or clock.is_paused)
    return moved(clock, after=reached(clock, at), by=by)


def end(clock: Clock, at: datetime) -> Clock:
    """Stop for good: the rounds that have not begun are not held.

    Raises
    ------
    NotNowError
        If nothing goes on.
    """
    _require(_goes_on(clock, at) or clock.is_paused)
    return replace(clock, stopped_at=reached(clock, at), is_ended=True)


def _require(condition: bool) -> None:
    if not condition:
        raise NotNowError


def _goes_on(clock: Clock, at: datetime) -> bool:
    return position(clock, at).phase in (Phase.ROUND, Phase.BREAK)
