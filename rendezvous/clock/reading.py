"""The clock of the day: when each round begins and ends, whatever happens in the room.

A clock is never moved by the passing of time: it is read at an instant (``position``,
``foreseen``), and changed by what the hosts do. What is past never moves. While nothing
goes on (not begun at the hour that was said, paused), what is to come is read as if the
hosts went on at this very instant. A day whose clock nobody started is over ``FORGOTTEN``
after its last round, and was held as it was prepared.

>>> import datetime as dt
>>> nine = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
>>> clock = planned(nine, rounds=2, length=7 * MINUTE, pause=2 * MINUTE)
>>> position(clock, nine).phase
<Phase.BEFORE: 'before'>
>>> foreseen(clock, nine + 4 * MINUTE)[1].begins_at.strftime("%H:%M")
'09:13'
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)
FORGOTTEN = timedelta(hours=12)


class Phase(StrEnum):
    """What people do now."""

    BEFORE = "before"
    ROUND = "round"
    BREAK = "break"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Round:
    """From when to when people sit together."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The rounds in order, the first one first; none begins before the last one ends.

    ``stopped_at``: since when nothing goes on; ``is_ended``: for good, says the host.
    """

    rounds: tuple[Round, ...]
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    is_ended: bool = False

    @property
    def is_paused(self) -> bool:
        """Tell whether the hosts stopped everything for a while."""
        return self.stopped_at is not None and not self.is_ended

    def takes_place(self, number: int) -> bool:
        """Tell whether round ``number``, from 1, was or may still be held."""
        if number > len(self.rounds):
            return False
        end = self.stopped_at if self.is_ended else None
        return end is None or self.rounds[number - 1].begins_at <= end


@dataclass(frozen=True, slots=True)
class Position:
    """Where the session stands at an instant.

    ``round``: the last round that began, 0 before the first. ``begins_at`` and
    ``ends_at``: of the phase, where they are known. ``within``: the phase itself, or
    the one that the pause came in. ``step``: how many beginnings and ends are past.
    """

    phase: Phase
    round: int
    step: int
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    within: Phase = Phase.BEFORE
    next_round: int | None = None


def planned(
    begins_at: datetime, *, rounds: int, length: timedelta, pause: timedelta
) -> Clock:
    """Return the clock of a session that goes as it was prepared."""
    starts = [begins_at + number * (length + pause) for number in range(rounds)]
    return Clock(tuple(Round(start, start + length) for start in starts))


def position(clock: Clock, now: datetime) -> Position:
    """Tell where the session stands at ``now``."""
    at = reached(clock, now)
    bounds = bounds_of(clock)
    is_read = clock.started_at or _is_forgotten(clock, now)
    step = sum(bound <= at for bound in bounds) if is_read else 0
    within = _phase(step, len(bounds))
    number = (step + 1) // 2
    following = number + 1 if number < len(clock.rounds) else None
    here = Position(within, number, step, within=within, next_round=following)
    if clock.is_ended:
        return replace(
            here,
            phase=Phase.OVER,
            within=Phase.OVER,
            begins_at=clock.stopped_at,
            next_round=None,
        )
    if clock.is_paused and within is not Phase.OVER:
        return replace(here, phase=Phase.PAUSED, begins_at=clock.stopped_at)
    ahead = bounds_of(clock if is_read else as_if_now(clock, now))
    return replace(
        here,
        begins_at=ahead[step - 1] if step else None,
        ends_at=ahead[step] if step < len(ahead) else None,
    )


def remaining(clock: Clock, now: datetime) -> timedelta | None:
    """Return how long the round, the break or the wait still lasts; None once over."""
    here = position(clock, now)
    bounds = bounds_of(clock)
    if here.phase is Phase.OVER or here.step == len(bounds):
        return None
    return max(bounds[here.step] - reached(clock, now), timedelta())


def foreseen(clock: Clock, now: datetime) -> tuple[Round, ...]:
    """Return when each round was or will be held, as far as is known at ``now``.

    The round during which the host ended the session ends there.
    """
    if clock.started_at is None:
        return as_if_now(clock, now).rounds
    end = clock.stopped_at
    if end is None or now <= end:
        return clock.rounds
    if clock.is_ended:
        return tuple(
            replace(one, ends_at=end) if one.begins_at <= end < one.ends_at else one
            for one in clock.rounds
        )
    return moved(clock, after=end, by=now - end).rounds


def fitted(clock: Clock, plan: Clock) -> Clock:
    """Return the clock with as many rounds as are prepared at present.

    Rounds that are added follow at the pace of the plan; none is taken away once the
    session has started.
    """
    lacking = len(plan.rounds) - len(clock.rounds)
    if lacking <= 0:
        kept = len(clock.rounds if clock.started_at else plan.rounds)
        return replace(clock, rounds=clock.rounds[:kept])
    by = clock.rounds[-1].ends_at - plan.rounds[-lacking - 1].ends_at
    added = tuple(shifted(one, by) for one in plan.rounds[-lacking:])
    return replace(clock, rounds=clock.rounds + added)


def reached(clock: Clock, now: datetime) -> datetime:
    """Return the instant that the session has reached: earlier than now once stopped."""
    return now if clock.stopped_at is None else min(now, clock.stopped_at)


def bounds_of(clock: Clock) -> list[datetime]:
    """Return every beginning and every end, in order."""
    return [at for one in clock.rounds for at in (one.begins_at, one.ends_at)]


def as_if_now(clock: Clock, now: datetime) -> Clock:
    """Return a clock that did not start as if it started now, once its hour is past."""
    if _is_forgotten(clock, now):
        return clock
    late = now - clock.rounds[0].begins_at
    return moved(clock, after=None, by=late) if late > timedelta() else clock


def moved(clock: Clock, *, after: datetime | None, by: timedelta) -> Clock:
    """Shift each beginning and each end that comes after an instant."""

    def later(at: datetime) -> datetime:
        return at + by if after is None or at > after else at

    rounds = tuple(Round(later(r.begins_at), later(r.ends_at)) for r in clock.rounds)
    return replace(clock, rounds=rounds)


def shifted(one: Round, by: timedelta) -> Round:
    """Return a round of the same length, held later."""
    return Round(one.begins_at + by, one.ends_at + by)


def _is_forgotten(clock: Clock, now: datetime) -> bool:
    return not clock.started_at and now > clock.rounds[-1].ends_at + FORGOTTEN


def _phase(step: int, last: int) -> Phase:
    if step in (0, last):
        return Phase.OVER if step else Phase.BEFORE
    return Phase.ROUND if step % 2 else Phase.BREAK
