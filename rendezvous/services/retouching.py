"""A draft that a hand changes: one gesture at a time, each of which can be taken back."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from rendezvous.models import Lock, Meeting, Schedule, Session
from rendezvous.scheduling.check import Rule, Violation
from rendezvous.scheduling.gestures import Meetings, NoSuchMeetingError, difference
from rendezvous.scheduling.measures import idle_rounds, shortfalls
from rendezvous.scheduling.problem import Meeting as Planned
from rendezvous.scheduling.reserve import pairs_of
from rendezvous.selectors.known import Known
from rendezvous.services.computing import copy_locks, kept_in
from rendezvous.services.locking import lock_session
from rendezvous.services.schedules import meetings_of, next_version, store_meetings

Gesture = Callable[[Meetings], Meetings]
# What is not even written down: the others are warnings, that publishing refuses.
NEVER = frozenset(
    {
        Rule.UNKNOWN,
        Rule.SIZE,
        Rule.ROUND,
        Rule.TABLE,
        Rule.PERSON_TWICE,
        Rule.TABLE_TWICE,
        Rule.PAIR_TWICE,
        Rule.KINDS,
        Rule.NOT_A_CANDIDATE,
    }
)


class NotDraftError(Exception):
    """Who comes reads it, or a computation made it: it is copied first."""


class StaleError(Exception):
    """Somebody changed it since the page was read."""


class LockedError(Exception):
    """What would change is locked."""


class RefusedError(Exception):
    """The gesture cannot be written down; ``violations`` tell why."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations)
        self.violations = violations


@transaction.atomic
def copy(session: Session, schedule: Schedule, *, by: User) -> Schedule:
    """Copy a version into a draft that a hand may change."""
    locked = lock_session(session)
    meetings = meetings_of(schedule)
    known = {(min(pair), max(pair)) for pair in pairs_of(meetings)}
    known |= {(one, other) for one, other in schedule.reserve}
    draft = Schedule.objects.create(
        session=locked,
        version=next_version(locked),
        parent=schedule,
        origin=Schedule.Origin.BY_HAND,
        outcome=Schedule.Outcome.FEASIBLE,
        value=0.0,
        bound=0.0,
        seed=schedule.seed,
        idle_count=schedule.idle_count,
        short_count=schedule.short_count,
        reserve=sorted(known),
        seconds=0.0,
        by=by,
    )
    store_meetings(draft, meetings)
    copy_locks(schedule, draft)
    _count(Known(locked, draft), draft, meetings)
    return draft


@transaction.atomic
def change(
    session: Session, schedule: Schedule, gesture: Gesture, *, expected: int
) -> Schedule:
    """Make a gesture on a draft, unless it was changed ``expected`` gestures ago.

    Raises
    ------
    NotDraftError, StaleError, LockedError, RefusedError, NoSuchMeetingError
        Nothing is changed then.
    """
    locked, draft = _draft(session, schedule, expected)
    before = tuple(meetings_of(draft))
    after = gesture(before)
    out, come = difference(before, after)
    if any(kept_in(draft).holds(one) for one in (*out, *come)):
        raise LockedError
    known = Known(locked, draft)
    broken = known.new_faults(before, after)
    if refused := [one for one in broken if one.rule in NEVER]:
        raise RefusedError(refused)
    if out or come:
        draft.changes.append({"out": _rows(out), "in": _rows(come)})
        _write(draft, out, come)
        _count(known, draft, after)
    return draft


@transaction.atomic
def undo(session: Session, schedule: Schedule, *, expected: int) -> None:
    """Take the last gesture back."""
    locked, draft = _draft(session, schedule, expected)
    if not draft.changes:
        raise NoSuchMeetingError
    last = draft.changes.pop()
    _write(draft, _planned(last["in"]), _planned(last["out"]))
    _count(Known(locked, draft), draft, meetings_of(draft))


@transaction.atomic
def put_lock(
    session: Session,
    schedule: Schedule,
    *,
    round_: int | None = None,
    table: int | None = None,
    attendee_id: int | None = None,
) -> None:
    """Keep a meeting, a round, a table or a programme when the rest is computed again."""
    lock_session(session)
    row = Lock(schedule=schedule, round=round_, table=table, attendee_id=attendee_id)
    Lock.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def lift_lock(session: Session, schedule: Schedule, lock_id: int) -> None:
    lock_session(session)
    Lock.objects.filter(schedule=schedule, pk=lock_id).delete()


def _draft(
    session: Session, schedule: Schedule, expected: int
) -> tuple[Session, Schedule]:
    locked = lock_session(session)
    draft = Schedule.objects.get(pk=schedule.pk, session=locked)
    if not draft.is_being_changed:
        raise NotDraftError
    if len(draft.changes) != expected:
        raise StaleError
    return locked, draft


def _write(draft: Schedule, out: Iterable[Planned], come: Sequence[Planned]) -> None:
    places = Q(pk=None)
    for one in out:
        places |= Q(round=one.round, table=one.table)
    Meeting.objects.filter(places, schedule=draft).delete()
    store_meetings(draft, come)


def _count(known: Known, draft: Schedule, meetings: Sequence[Planned]) -> None:
    """Count again what everybody could count: waiting, and who is under the minimum."""
    problem, there = known.problem(meetings), known.there(meetings)
    draft.idle_count = idle_rounds(problem, there)
    draft.short_count = len(shortfalls(problem, there))
    draft.save(update_fields=["changes", "idle_count", "short_count"])


def _rows(meetings: Iterable[Planned]) -> list[list[Any]]:
    return [[one.round, one.table, list(one.ids)] for one in meetings]


def _planned(rows: Sequence[Any]) -> list[Planned]:
    return [Planned(round_, table, tuple(ids)) for round_, table, ids in rows]
