"""Versions of a programme: shared, then published, when no rule is broken."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from rendezvous.enums import ScheduleState, SessionState
from rendezvous.models import Attendee, Meeting, Schedule, Seat, Session
from rendezvous.selectors.planned import planned
from rendezvous.services.locking import lock_session
from rendezvous.services.telling import tell_programme

ROWS_AT_ONCE = 2_000


class OutdatedError(Exception):
    """It breaks a rule: somebody left, or said something, since it was computed."""


class CalledOffError(Exception):
    """Nobody comes to a session that was called off."""


class AlreadyPublishedError(Exception):
    """Those who come follow a published programme: another one is published, not shared."""


@transaction.atomic
def share(session: Session, schedule: Schedule) -> None:
    """Let those who come read a version that may still change, in place of another.

    Raises
    ------
    OutdatedError
        As for ``publish``.
    AlreadyPublishedError
        If one is published: phones follow that one.
    CalledOffError
        If the session was called off.
    """
    locked, chosen = _chosen(session, schedule)
    if chosen.is_provisional:
        return
    if Schedule.objects.published().filter(session=locked).exists():
        raise AlreadyPublishedError
    _check(locked, chosen)
    _withdraw_provisional(locked, ScheduleState.DRAFT)
    chosen.state = ScheduleState.PROVISIONAL
    chosen.save(update_fields=["state"])


@transaction.atomic
def publish(session: Session, schedule: Schedule) -> None:
    """Show a programme to those who come, in place of the former one.

    Raises
    ------
    OutdatedError
        If it breaks a rule, of which the catalyst learns no more than that.
    CalledOffError
        If the session was called off.
    """
    locked, chosen = _chosen(session, schedule)
    if chosen.is_published:
        return
    _check(locked, chosen)
    Schedule.objects.published().filter(session=locked).update(
        state=ScheduleState.REPLACED
    )
    _withdraw_provisional(locked, ScheduleState.REPLACED)
    chosen.state = ScheduleState.PUBLISHED
    chosen.published_at = timezone.now()
    chosen.save(update_fields=["state", "published_at"])
    tell_programme(locked, chosen.version)


def _chosen(session: Session, schedule: Schedule) -> tuple[Session, Schedule]:
    locked = lock_session(session)
    if locked.state == SessionState.CANCELLED:
        raise CalledOffError
    rows = Schedule.objects.select_for_update(of=("self",))
    return locked, rows.get(pk=schedule.pk, session=locked)


def _check(session: Session, schedule: Schedule) -> None:
    from rendezvous.scheduling.check import check  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    if check(problem_today(session), meetings_of(schedule)):
        raise OutdatedError


def _withdraw_provisional(session: Session, state: ScheduleState) -> None:
    rows = Schedule.objects.filter(session=session, state=ScheduleState.PROVISIONAL)
    rows.update(state=state)


def meetings_of(schedule: Schedule) -> list[Any]:
    """Return the meetings of a version as the solver reads them."""
    return planned(Meeting.objects.filter(schedule=schedule))


def next_version(session: Session) -> int:
    """Return the number of the version to come."""
    last = Schedule.objects.filter(session=session).aggregate(last=Max("version"))
    return (last["last"] or 0) + 1


def store_meetings(schedule: Schedule, meetings: Sequence[Any]) -> None:
    """Store the tables of people who still come: some may have left meanwhile."""
    ids = {int(pk) for one in meetings for pk in one.ids}
    there = set(Attendee.objects.filter(pk__in=ids).values_list("pk", flat=True))
    planned = [one for one in meetings if {int(pk) for pk in one.ids} <= there]
    rows = [Meeting(schedule=schedule, round=p.round, table=p.table) for p in planned]
    Meeting.objects.bulk_create(rows, ROWS_AT_ONCE)
    Seat.objects.bulk_create(
        [
            Seat(meeting=row, attendee_id=int(pk), schedule=schedule, round=row.round)
            for row, one in zip(rows, planned, strict=True)
            for pk in one.ids
        ],
        ROWS_AT_ONCE,
    )
