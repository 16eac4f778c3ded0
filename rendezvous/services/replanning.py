"""The rest of the day scheduled again: computed by a job, shown, then applied.

What is applied is what was shown, in the room that it was made from: when somebody
arrived or left meanwhile, or another programme was published, nothing is written.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from jobs.models import Job
from jobs.registry import Work
from jobs.services import enqueue
from rendezvous.enums import ScheduleState
from rendezvous.models import Attendee, LeftOver, Replanning, Schedule, Seat, Session
from rendezvous.selectors.picture import Picture, picture_of
from rendezvous.services.locking import lock_session
from rendezvous.services.schedules import meetings_of, next_version, store_meetings
from rendezvous.services.telling import tell_changed

REPLANNING_JOB = "rendezvous.replan"
TELLING_JOB = "rendezvous.tell_replanned"
# People are standing: what is found by then is good enough.
SECONDS = 5.0


class StaleError(Exception):
    """The room is not the one that this programme was made from."""


class NothingLeftError(Exception):
    """No programme is published, or its last round has begun."""


@transaction.atomic
def request_replanning(session: Session, *, by: User) -> Job:
    """Queue a new programme for the rest of the day; one at a time for a session.

    Raises
    ------
    NothingLeftError
        If there is nothing that may change.
    """
    picture = picture_of(lock_session(session))
    if picture.published is None or picture.next_round > picture.rounds:
        raise NothingLeftError
    payload = {"session": session.pk, "by": by.pk}
    return enqueue(REPLANNING_JOB, payload, key=_key(session.pk))


def job_of(session: Session) -> Job | None:
    """Return the last computation for the rest of the day."""
    jobs = Job.objects.filter(kind=REPLANNING_JOB, key=_key(session.pk))
    return jobs.order_by("pk").last()


def proposed(session: Session) -> Replanning | None:
    """Return what waits to be applied, however old."""
    rows = Replanning.objects.filter(
        schedule__session=session, schedule__state=ScheduleState.DRAFT
    )
    return rows.select_related("schedule__parent").order_by("schedule").last()


def is_stale(session: Session, replanning: Replanning) -> bool:
    """Tell whether the room has changed since."""
    return picture_of(session).digest != replanning.picture


def compute_replanning(session_id: int, by_id: int, work: Work) -> None:
    """Schedule the rest of the day again, as a draft; safe to run twice."""
    from rendezvous.scheduling.replanning import replan  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    begun = time.monotonic()
    session = Session.objects.filter(pk=session_id).first()
    picture = picture_of(session) if session is not None else None
    if session is None or picture is None or picture.published is None:
        return
    work.progress(0, 0, "programme")
    problem = problem_today(session, picture)
    answer = replan(problem, deadline=lambda: begun + SECONDS - time.monotonic())
    with work.completing():
        locked = lock_session(session)
        _forget_drafts(locked)
        schedule = _store(locked, answer, picture, by_id=by_id)
        _store_left_over(schedule, problem, answer)
        schedule.seconds = time.monotonic() - begun
        schedule.save(update_fields=["seconds"])


@transaction.atomic
def apply_replanning(session: Session, schedule: Schedule) -> bool:
    """Publish what was shown, and tell whom it changes; whether it was news.

    Raises
    ------
    StaleError
        If the room has changed, or a rule would be broken: nothing is written.
    """
    from rendezvous.scheduling.check import check  # noqa: PLC0415 - the solver
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    locked = lock_session(session)
    rows = Replanning.objects.select_related("schedule")
    found = rows.filter(schedule=schedule, schedule__session=locked).first()
    if found is None:
        raise StaleError
    chosen = found.schedule
    if chosen.is_published:
        return False
    picture = picture_of(locked)
    if picture.digest != found.picture:
        raise StaleError
    if check(problem_today(locked, picture), meetings_of(chosen)):
        raise StaleError
    Schedule.objects.published().filter(session=locked).update(
        state=ScheduleState.REPLACED
    )
    chosen.state = ScheduleState.PUBLISHED
    chosen.published_at = timezone.now()
    chosen.save(update_fields=["state", "published_at"])
    enqueue(TELLING_JOB, {"schedule": chosen.pk}, key=f"schedule:{chosen.pk}")
    return True


def tell_whom_it_changes(schedule_id: int) -> None:
    """Tell those whose page a programme of the day changes, unless it was replaced."""
    rows = Schedule.objects.published().filter(pk=schedule_id)
    schedule = rows.select_related("session").first()
    if schedule is not None:
        concerned = registrations_changed(schedule)
        tell_changed(schedule.session, schedule.version, concerned)


def registrations_changed(schedule: Schedule) -> set[int]:
    """Return the registrations whose page another version changes."""
    columns = ("attendee_id", "round", "meeting__table", "meeting_id")
    tables: dict[int, dict[tuple[int, int, int], frozenset[int]]] = {}
    for version in (schedule.parent_id or 0, schedule.pk):
        seats = list(Seat.objects.filter(schedule=version).values_list(*columns))
        people: dict[int, set[int]] = defaultdict(set)
        for attendee, _round, _table, meeting in seats:
            people[meeting].add(attendee)
        tables[version] = {
            (attendee, round_, table): frozenset(people[meeting])
            for attendee, round_, table, meeting in seats
        }
    before, after = tables[schedule.parent_id or 0], tables[schedule.pk]
    changed = {key[0] for key, _people in before.items() ^ after.items()}
    told = LeftOver.objects.filter(schedule=schedule).values_list("attendee", flat=True)
    rows = Attendee.objects.filter(pk__in=changed | set(told))
    return set(rows.values_list("registration_id", flat=True))


def _forget_drafts(session: Session) -> None:
    """What was proposed before and not applied helps nobody any more."""
    Schedule.objects.filter(
        session=session, state=ScheduleState.DRAFT, replanning__isnull=False
    ).delete()


def _store(session: Session, answer: Any, picture: Picture, *, by_id: int) -> Schedule:
    solution = answer.solution
    version = next_version(session)
    schedule = Schedule.objects.create(
        session=session,
        version=version,
        parent_id=picture.published,
        outcome=solution.status.value,
        value=solution.value,
        bound=solution.bound,
        seed=1,
        idle_count=solution.idle,
        short_count=len(solution.short),
        reasons=[{"code": one.code, "facts": one.facts} for one in solution.reasons],
        seconds=0.0,
        by_id=by_id if User.objects.filter(pk=by_id).exists() else None,
    )
    store_meetings(schedule, solution.meetings)
    Replanning.objects.create(
        schedule=schedule,
        next_round=picture.next_round,
        picture=picture.digest,
        surviving=answer.surviving,
        kept=answer.kept,
    )
    return schedule


def _store_left_over(schedule: Schedule, problem: Any, answer: Any) -> None:
    """Keep what is proposed to each: a page shows it, and computes nothing."""
    from rendezvous.scheduling.left_over import offers  # noqa: PLC0415 - NumPy

    by_round: dict[int, list[str]] = defaultdict(list)
    for one in answer.left_over:
        by_round[one.round].append(one.id)
    found = offers(problem, answer.solution.meetings, by_round)
    LeftOver.objects.bulk_create(_rows(schedule, found))


def _rows(schedule: Schedule, found: Sequence[Any]) -> Iterable[LeftOver]:
    there = set(
        Attendee.objects.filter(
            pk__in={int(name) for one in found for name in (one.id, *one.others)}
        ).values_list("pk", flat=True)
    )
    return [
        LeftOver(
            schedule=schedule,
            attendee_id=int(one.id),
            round=one.round,
            way=one.way.value,
            other_id=int(one.others[0]) if one.others else None,
            table=one.table,
        )
        for one in found
        if {int(name) for name in (one.id, *one.others)} <= there
    ]


def _key(session_id: int) -> str:
    return f"session:{session_id}:day"
