"""A programme worked out by a job, that tells what it found so far and may be stopped."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.models import User
from jobs.models import Job
from jobs.registry import Work
from jobs.services import enqueue
from rendezvous.models import Computation, Lock, Schedule, Session
from rendezvous.scheduling.keeping import Kept, around
from rendezvous.scheduling.problem import Meeting as Planned
from rendezvous.scheduling.problem import Problem, Solution
from rendezvous.scheduling.reserve import reserve
from rendezvous.services.locking import lock_session
from rendezvous.services.schedules import meetings_of, next_version, store_meetings

SCHEDULE_JOB = "rendezvous.schedule"
SECONDS, LONG_SECONDS = 20, 300
LOOK_EVERY = 0.5
NOT_KEPT = "not_kept"


@transaction.atomic
def request_schedule(
    session: Session,
    *,
    by: User,
    parent: Schedule | None = None,
    seconds: int = SECONDS,
) -> Job:
    """Queue the computation of a programme; one at a time for a session.

    With a parent, what is locked there stays, and the rest is decided again.
    """
    lock_session(session)
    current = job_of(session)
    if current is not None and not (current.is_done or current.is_quarantined):
        return current
    Computation.objects.filter(session=session).delete()
    asked = Computation.objects.create(
        session=session, parent=parent, by=by, seconds_max=seconds
    )
    return enqueue(SCHEDULE_JOB, {"computation": asked.pk}, key=_key(session.pk))


def job_of(session: Session) -> Job | None:
    """Return the last computation of a session."""
    jobs = Job.objects.filter(kind=SCHEDULE_JOB, key=_key(session.pk))
    return jobs.order_by("pk").last()


def stop(session: Session) -> None:
    """Ask the computation to end with the best that it found."""
    Computation.objects.filter(session=session).update(is_stopped=True)


def compute_schedule(computation_id: int, work: Work) -> None:
    """Work out a programme and keep it as a draft; safe to run twice."""
    from rendezvous.scheduling.solve import Limits, improve  # noqa: PLC0415 - NumPy

    rows = Computation.objects.select_related("session", "parent")
    asked = rows.filter(pk=computation_id).first()
    if asked is None:
        return
    watch = _Watch(asked)
    seed = next_version(asked.session)
    problem, n_dropped = _problem(asked)
    limits = Limits(seed=seed, goes_on=asked.seconds_max > SECONDS)
    for solution in improve(problem, limits, watch):
        found = _told(problem, solution, n_dropped=n_dropped)
        _keep(asked, {**found, "seed": seed, "seconds": watch.elapsed})
        work.progress(0, 0, "programme")
    with work.completing():
        _store(asked)


def keep_what_was_found(computation_id: int) -> None:
    """Store the best of a computation whose workers all died, if there is one."""
    asked = Computation.objects.filter(pk=computation_id).first()
    if asked is not None and asked.best is not None:
        _store(asked)


class _Watch:
    """The seconds left: none once somebody asked to stop, which is looked at sometimes."""

    def __init__(self, asked: Computation) -> None:
        self._asked = asked
        self._begun = time.monotonic()
        self._looked_at = self._begun
        self._is_stopped = asked.is_stopped

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._begun

    def __call__(self) -> float:
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            rows = Computation.objects.filter(pk=self._asked.pk, is_stopped=False)
            self._is_stopped = not rows.exists()
        return 0.0 if self._is_stopped else self._asked.seconds_max - self.elapsed


def _problem(asked: Computation) -> tuple[Problem, int]:
    from rendezvous.selectors.problem import problem_of  # noqa: PLC0415 - NumPy
    from rendezvous.selectors.today import problem_today  # noqa: PLC0415 - NumPy

    if asked.parent is None:
        return replace(problem_today(asked.session), previous=()), 0
    problem = problem_of(asked.session)
    return around(problem, meetings_of(asked.parent), kept_in(asked.parent))


def kept_in(schedule: Schedule) -> Kept:
    """Return what is locked in a version, as the solver reads it."""
    locks = list(Lock.objects.filter(schedule=schedule))
    alone = [one for one in locks if not one.is_meeting]
    return Kept(
        places=frozenset(
            (one.round, one.table) for one in locks if one.round and one.table
        ),
        rounds=frozenset(one.round for one in alone if one.round),
        tables=frozenset(one.table for one in alone if one.table),
        ids=frozenset(str(one.attendee_id) for one in alone if one.attendee_id),
    )


def _told(problem: Problem, solution: Solution, *, n_dropped: int) -> dict[str, Any]:
    """Write a solution down: enough to store a version of it."""
    worst = solution.worst
    reasons = [{"code": one.code, "facts": one.facts} for one in solution.reasons]
    if n_dropped:
        reasons.append({"code": NOT_KEPT, "facts": {}})
    is_told = worst is not None and worst.ceiling > 0
    return {
        "outcome": solution.status.value,
        "value": solution.value,
        "bound": solution.bound,
        "idle": solution.idle,
        "short": len(solution.short),
        "missing": sum(one.missing for one in solution.short),
        "worst": int(worst.id) if worst and is_told else None,
        "worst_pct": 100 * worst.value / worst.ceiling if worst and is_told else None,
        "reasons": reasons,
        "meetings": [[one.round, one.table, one.ids] for one in solution.meetings],
        "reserve": reserve(problem, solution.meetings),
    }


def _keep(asked: Computation, found: dict[str, Any]) -> None:
    """Remember what was found, unless something better is known from a former attempt."""
    if asked.best is not None and _rank(found) < _rank(asked.best):
        return
    asked.best, asked.value, asked.bound = found, found["value"], found["bound"]
    asked.save(update_fields=["best", "value", "bound"])


def _rank(found: dict[str, Any]) -> tuple[float, float, float]:
    return -found["missing"], round(found["value"], 9), -found["idle"]


def _store(asked: Computation) -> None:
    session, best = lock_session(asked.session), asked.best or {}
    versions = Schedule.objects.filter(session=session).order_by("version")
    parent = asked.parent or versions.last()
    schedule = Schedule.objects.create(
        session=session,
        version=next_version(session),
        parent=parent,
        origin=Schedule.Origin.RESUMED if asked.parent else Schedule.Origin.COMPUTED,
        outcome=best["outcome"],
        value=best["value"],
        bound=best["bound"],
        seed=best["seed"],
        idle_count=best["idle"],
        short_count=best["short"],
        reasons=best["reasons"],
        reserve=best["reserve"],
        seconds=best["seconds"],
        by_id=asked.by_id,
    )
    _name_worst(schedule, best)
    store_meetings(schedule, _planned(best["meetings"]))
    if asked.parent:
        copy_locks(asked.parent, schedule)
    Computation.objects.filter(pk=asked.pk).update(best=None)


def _name_worst(schedule: Schedule, best: dict[str, Any]) -> None:
    """Name who gets least, unless they left meanwhile."""
    from rendezvous.models import Attendee  # noqa: PLC0415

    if Attendee.objects.filter(pk=best["worst"]).exists():
        schedule.worst_id, schedule.worst_pct = best["worst"], best["worst_pct"]
        schedule.save(update_fields=["worst", "worst_pct"])


def copy_locks(former: Schedule, schedule: Schedule) -> None:
    """Keep locked in a version what was in another."""
    Lock.objects.bulk_create(
        Lock(
            schedule=schedule,
            round=one.round,
            table=one.table,
            attendee_id=one.attendee_id,
        )
        for one in Lock.objects.filter(schedule=former).order_by("pk")
    )


def _planned(rows: Sequence[Any]) -> list[Planned]:
    return [Planned(round_, table, tuple(ids)) for round_, table, ids in rows]


def _key(session_id: int) -> str:
    return f"session:{session_id}"
