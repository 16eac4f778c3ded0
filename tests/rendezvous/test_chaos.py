"""Workers killed while they schedule a session: the programme is that of a quiet day.

Real Redis, real prefork workers, SIGKILL at random instants drawn from one seed. What is
compared is everything of a version but how long it took.
"""

import random
import time

import pytest

from jobs.models import Job
from jobs.services import drain
from rendezvous.models import Schedule
from rendezvous.scheduling.check import check
from rendezvous.selectors.problem import problem_of
from rendezvous.services.computing import SCHEDULE_JOB, request_schedule
from rendezvous.services.schedules import meetings_of
from tests.factories.room import crowd_of
from tests.factories.sessions import session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.jobs.test_chaos import eventually
from tests.rendezvous.evening_site import (
    PATIENCE_SECONDS,
    WORKERS,
    redis_url,
    site,
    use_broker,
)

__all__ = ["redis_url", "site", "use_broker"]

pytestmark = [
    pytest.mark.needs_redis,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
SEED = 20260101
SIDE, ROUNDS = 40, 10
VERSIONS = 4
# A job whose workers die a third time is set aside, with the best that it found.
KILLS = 2
PAUSE_SECONDS = 0.6  # at each schedule that is found, and before the commit


@pytest.fixture
def session():
    """Fewer tables than people: which seed it is can be read in the programme."""
    session = session_of(
        TerritoryFactory(), tables=SIDE - 5, rounds=ROUNDS, meetings_max=ROUNDS - 2
    )
    crowd_of(session, SIDE)
    return session


def read(schedule):
    """Everything of a version, but how long it took."""
    meetings = sorted((one.round, one.table, one.ids) for one in meetings_of(schedule))
    names = ("version", "value", "bound", "seed", "outcome", "idle_count", "reserve")
    return [getattr(schedule, name) for name in names], meetings


def every_version(session):
    return [read(one) for one in session.schedules.order_by("version")]


def quiet_days(session, by):
    """Compute some versions in this process, note them, and forget them."""
    for _ in range(VERSIONS):
        request_schedule(session, by=by)
        drain()
    found = every_version(session)
    Schedule.objects.filter(session=session).delete()
    Job.objects.all().delete()
    return found


def at_work():
    """Return whether a worker holds the computation."""
    return Job.objects.open().filter(kind=SCHEDULE_JOB, lease_until__isnull=False)


def kill_somebody(processes, chance, *, attempt):
    """Kill a worker, whole or its child, somewhere in an attempt; both are tried."""
    begun = at_work().filter(attempts=attempt)
    assert eventually(begun.exists, PATIENCE_SECONDS)
    time.sleep(chance.uniform(0.0, PAUSE_SECONDS))
    for name in chance.sample(WORKERS, len(WORKERS)):
        if chance.random() < 0.5:
            processes[name].kill_child()
        else:
            processes[name].kill()
            processes[name].start()


def is_over():
    return not Job.objects.open().filter(kind=SCHEDULE_JOB).exists()


def test_kills_while_a_session_is_scheduled_change_nothing_of_it(session, site):
    catalyst = catalyst_of(session.territory)
    expected = quiet_days(session, catalyst)
    chance = random.Random(SEED)
    processes = site(pause_seconds=PAUSE_SECONDS).processes

    for _ in range(VERSIONS):
        request_schedule(session, by=catalyst)
        for attempt in range(1, KILLS + 1):
            kill_somebody(processes, chance, attempt=attempt)
        assert eventually(is_over, PATIENCE_SECONDS)

    jobs = Job.objects.filter(kind=SCHEDULE_JOB)
    assert set(jobs.values_list("attempts", flat=True)) == {KILLS + 1}
    assert not jobs.quarantined().exists()
    assert every_version(session) == expected
    assert len({str(meetings) for _facts, meetings in expected}) == VERSIONS


def test_killed_every_time_it_keeps_the_best_that_was_found(session, site):
    held = site(pause_seconds=0.0)
    for attempt in range(1, KILLS + 2):
        held.close("schedule")
        if attempt == 1:
            request_schedule(session, by=catalyst_of(session.territory))
        held.kill_at("schedule")

    assert eventually(is_over, PATIENCE_SECONDS)

    assert Job.objects.quarantined().get().kind == SCHEDULE_JOB
    schedule = session.schedules.get()
    assert not check(problem_of(session), meetings_of(schedule))
    assert schedule.meetings.count() > 0
