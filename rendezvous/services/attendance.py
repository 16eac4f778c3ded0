"""Who is there: said at the door, or by themselves; said twice, it is said once.

Everything is written under the lock of the session's row, that a new programme takes
too: what it was made from cannot change while it is applied.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from rendezvous.enums import Presence
from rendezvous.models import Attendance, Attendee, LostTable, Session
from rendezvous.selectors.checkin import still_expected
from rendezvous.selectors.live import current_round
from rendezvous.services.locking import lock_session

NOBODY_CAME: dict[str, Any] = {"arrived_at": None, "arrived_in": None}


class NoSuchRoundError(Exception):
    """The session has no such round to come, or no such table."""


class AlreadyThereError(Exception):
    """The door saw them: that they come late, or not at all, is not theirs to say."""


@transaction.atomic
def arrive(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Say that somebody is there; whether it was news."""
    now = timezone.now()
    begun = min(current_round(lock_session(session), now), session.rounds)
    said = {"state": Presence.ARRIVED, "arrived_at": now, "arrived_in": begun}
    # Who had left and is at the door again has come back.
    row = Attendance.objects.filter(attendee=attendee).first()
    is_back = row is not None and (row.left_from or begun + 1) <= begun
    if is_back:
        said["left_from"] = None
    elif row is not None and row.state == Presence.ARRIVED:
        return False
    _write(attendee, by=by, **said)
    return True


@transaction.atomic
def expect(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Undo: one expects them again, whatever was said; whether it was news."""
    lock_session(session)
    rows = Attendance.objects.filter(attendee=attendee)
    if not rows.exclude(state=Presence.EXPECTED).exists():
        return False
    _write(attendee, by=by, state=Presence.EXPECTED, **NOBODY_CAME)
    return True


@transaction.atomic
def mark_absent(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Say that somebody does not come; whether it was news."""
    lock_session(session)
    if Attendance.objects.filter(attendee=attendee, state=Presence.ABSENT).exists():
        return False
    _write(attendee, by=by, state=Presence.ABSENT, **NOBODY_CAME)
    return True


@transaction.atomic
def mark_the_others_absent(session: Session, *, by: User) -> dt.datetime | None:
    """Say that whoever has not arrived is absent; when, for who takes it back.

    Who announced that they come later is still expected.
    """
    now = timezone.now()
    coming = current_round(lock_session(session), now) + 1
    missing = still_expected(session).exclude(from_round__gt=coming)
    announced = missing.filter(attendance__late_from__gt=coming)
    absent = [
        Attendance(attendee_id=pk, state=Presence.ABSENT, by=by, at=now)
        for pk in missing.exclude(pk__in=announced).values_list("pk", flat=True)
    ]
    Attendance.objects.bulk_create(
        absent,
        update_conflicts=True,
        unique_fields=["attendee"],
        update_fields=["state", "by", "at"],
    )
    return now if absent else None


@transaction.atomic
def take_back(session: Session, at: dt.datetime, *, by: User) -> int:
    """Expect again all those who were said absent at once; how many there were."""
    lock_session(session)
    rows = Attendance.objects.filter(
        attendee__registration__session=session, state=Presence.ABSENT, at=at
    )
    return rows.update(state=Presence.EXPECTED, by=by, at=timezone.now())


@transaction.atomic
def give_up(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Say of one's own that they do not come after all; whether it was news.

    Raises
    ------
    AlreadyThereError
        If they arrived: who leaves says so, and what took place stays.
    """
    lock_session(session)
    _require_not_there(Attendance.objects.filter(attendee=attendee).first())
    return mark_absent(session, attendee, by=by)


@transaction.atomic
def announce_late(
    session: Session, attendee: Attendee, round_: int | None, *, by: User
) -> bool:
    """Say from which round on somebody comes; None: on time. Whether it was news.

    Raises
    ------
    AlreadyThereError
        If they arrived.
    NoSuchRoundError
        If the session has no such round.
    """
    locked = lock_session(session)
    row = Attendance.objects.filter(attendee=attendee).first()
    _require_not_there(row)
    if round_ is not None and not 1 <= round_ <= locked.rounds:
        raise NoSuchRoundError
    if row is not None and (row.state, row.late_from) == (Presence.EXPECTED, round_):
        return False
    _write(attendee, by=by, state=Presence.EXPECTED, late_from=round_, **NOBODY_CAME)
    return True


@transaction.atomic
def leave(
    session: Session, attendee: Attendee, round_: int | None, *, by: User
) -> bool:
    """Say before which round somebody leaves; None: they stay. Whether it was news.

    Raises
    ------
    NoSuchRoundError
        If that round has begun already, or is none of the session's.
    """
    locked = lock_session(session)
    begun = current_round(locked, timezone.now())
    if round_ is not None and not begun < round_ <= locked.rounds:
        raise NoSuchRoundError
    row = Attendance.objects.filter(attendee=attendee).first()
    if (row.left_from if row else None) == round_:
        return False
    _write(attendee, by=by, left_from=round_)
    return True


def leave_now(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Say that somebody leaves after the round under way; whether it was news."""
    coming = current_round(session, timezone.now()) + 1
    try:
        return leave(session, attendee, coming, by=by)
    except NoSuchRoundError:  # none is left, or it begins at this very moment
        return False


def stay(session: Session, attendee: Attendee, *, by: User) -> bool:
    """Say that somebody does not leave after all; whether it was news."""
    return leave(session, attendee, None, by=by)


@transaction.atomic
def lose_table(session: Session, table: int, *, by: User) -> bool:
    """Say that a table cannot be used from the next round on; whether it was news.

    Raises
    ------
    NoSuchRoundError
        If the session has no such table, or no round left.
    """
    locked = lock_session(session)
    from_round = current_round(locked, timezone.now()) + 1
    if not 1 <= table <= locked.tables or from_round > locked.rounds:
        raise NoSuchRoundError
    _row, is_news = LostTable.objects.get_or_create(
        session=locked,
        table=table,
        defaults={"from_round": from_round, "by": by},
    )
    return is_news


@transaction.atomic
def recover_table(session: Session, table: int) -> bool:
    """Say that a table can be used again; whether it was news."""
    rows = LostTable.objects.filter(session=lock_session(session), table=table)
    deleted, _by_model = rows.delete()
    return bool(deleted)


def _require_not_there(row: Attendance | None) -> None:
    if row is not None and row.state == Presence.ARRIVED:
        raise AlreadyThereError


def _write(attendee: Attendee, *, by: User, **values: Any) -> None:
    values.setdefault("at", timezone.now())
    Attendance.objects.update_or_create(
        attendee=attendee, defaults={"by": by, **values}
    )
