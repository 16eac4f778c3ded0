"""The programme of the past session of the demonstration, found by the solver itself."""

import time

from accounts.models import User
from rendezvous.enums import ScheduleState
from rendezvous.models import Meeting, Schedule, Seat, Session

SEED = 1
MOVES = 200  # half a second where nothing is compiled


def publish_past(session: Session, *, by: User) -> Schedule:
    """Compute the programme and publish it as of the day before; nobody is told."""
    from rendezvous.scheduling.solve import Limits, solve  # noqa: PLC0415 - the solver
    from rendezvous.selectors.problem import problem_of  # noqa: PLC0415 - NumPy

    begun = time.monotonic()
    limits = Limits(seed=SEED, moves=MOVES, tidying=MOVES)
    solution = solve(problem_of(session), limits)
    schedule = Schedule.objects.create(
        session=session,
        version=1,
        state=ScheduleState.PUBLISHED,
        outcome=solution.status.value,
        value=solution.value,
        bound=solution.bound,
        seed=SEED,
        idle_count=solution.idle,
        short_count=len(solution.short),
        reasons=[{"code": one.code, "facts": one.facts} for one in solution.reasons],
        seconds=time.monotonic() - begun,
        by=by,
        published_at=session.begins_at,
    )
    rows = Meeting.objects.bulk_create(
        Meeting(schedule=schedule, round=one.round, table=one.table)
        for one in solution.meetings
    )
    Seat.objects.bulk_create(
        Seat(meeting=row, attendee_id=int(pk), schedule=schedule, round=row.round)
        for row, one in zip(rows, solution.meetings, strict=True)
        for pk in one.ids
    )
    return schedule
