"""Versions of a programme: computed by a job, published when no rule is broken."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from jobs.models import Job
from jobs.registry import Work
from jobs.services import enqueue
from rendezvous.enums import ScheduleState
from rendezvous.models import Attendee, Meeting, Schedule, Seat, Session
from rendezvous.selectors.picture import planned_meetings
from rendezvous.services.locking import lock_session
from rendezvous.services.telling import tell_programme

SCHEDULE_JOB = "rendezvous.schedule"
SECONDS = 20.0
ROWS_AT_ONCE = 2_000


class OutdatedError(Exception):
    """It breaks a rule: somebody left, or said something, since it was computed."""


@transaction.atomic
def request_schedule(session: Session, *, by: User) -> Job:
    """Queue the computation of a programme; one at a time for a session."""
    lock_session(session)
    current = job_of(session)
    if current is not None and not (current.is_done or current.is_quarantined):
        return current
    payload = {"session": session.pk, "by": by.pk}
    return enqueue(SCHEDULE_JOB, payload, key=_key(session.pk))


def job_of(session: Session) -> Job | None:
    """Return the last computation of a session."""
    jobs = Job.objects.filter(kind=SCHEDULE_JOB, key=_key(session.pk))
    return jobs.order_by("pk").last()


def compute_schedule(session_id: int, by_id: int, work: Work) -> None:
    """Work out a programme and keep it as a draft; safe to run twice."""
    from rendezvous.scheduling.solve import Limits, solve  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        return
    begun = time.monotonic()
    problem = replace(problem_today(session), previous=())
    seed = next_version(session)
    work.progress(0, 0, "programme")
    solution = solve(problem, Limits(seed=seed), _until(begun + SECONDS))
    with work.completing():
        locked = lock_session(session)
        _store(
            locked, solution, seed=seed, by_id=by_id, seconds=time.monotonic() - begun
        )


@transaction.atomic
def publish(session: Session, schedule: Schedule) -> None:
    """Show a programme to those who come, in place of the former one.

    Raises
    ------
    OutdatedError
        If it breaks a rule, of which the catalyst learns no more than that.
    """
    from rendezvous.scheduling.check import check  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    locked = lock_session(session)
    chosen = Schedule.objects.select_for_update().get(pk=schedule.pk, session=locked)
    if chosen.is_published:
        return
    if check(problem_today(locked), meetings_of(chosen)):
        raise OutdatedError
    Schedule.objects.published().filter(session=locked).update(
        state=ScheduleState.REPLACED
    )
    chosen.state = ScheduleState.PUBLISHED
    chosen.published_at = timezone.now()
    chosen.save(update_fields=["state", "published_at"])
    tell_programme(locked, chosen.version)


def meetings_of(schedule: Schedule) -> list[Any]:
    """Return the meetings of a version as the solver reads them."""
    return list(planned_meetings(schedule))


def _until(end: float) -> Callable[[], float]:
    return lambda: max(0.0, end - time.monotonic())


def next_version(session: Session) -> int:
    last = Schedule.objects.filter(session=session).aggregate(last=Max("version"))
    return (last["last"] or 0) + 1


def _store(
    session: Session, solution: Any, *, seed: int, by_id: int, seconds: float
) -> None:
    parent = Schedule.objects.filter(session=session).order_by("version").last()
    schedule = Schedule.objects.create(
        session=session,
        version=next_version(session),
        parent=parent,
        outcome=solution.status.value,
        value=solution.value,
        bound=solution.bound,
        seed=seed,
        idle_count=solution.idle,
        short_count=len(solution.short),
        reasons=[{"code": one.code, "facts": one.facts} for one in solution.reasons],
        seconds=seconds,
        by_id=by_id if User.objects.filter(pk=by_id).exists() else None,
    )
    store_meetings(schedule, solution.meetings)


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


def _key(session_id: int) -> str:
    return f"session:{session_id}"
