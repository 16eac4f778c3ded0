"""Workers killed while they compute a région: the proposals are those of a quiet day.

Real Redis, real prefork workers, SIGKILL. What is compared is every column of every
proposal but the identifiers of rows and runs, as the database writes them.
"""

import io
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from alliances.services.seeding import seed_population
from jobs.models import Job
from jobs.services import start_periods
from matching.models import Proposal, Run, RunBlock, RunLists, RunPicture
from matching.services.following import follow
from matching.services.runs import KINDS, request_run
from matching.services.storage import NAMES
from territories.models import Territory
from territories.selectors import resolve
from tests.factories.matching import compute, population
from tests.factories.territories import TerritoryFactory
from tests.jobs.conftest import use_broker
from tests.jobs.test_chaos import Process, eventually, redis_url

__all__ = ["redis_url", "use_broker"]

pytestmark = [
    pytest.mark.needs_redis,
    pytest.mark.django_db(transaction=True),
]

SEED = 20260101
START_SECONDS = 60.0
END_SECONDS = 300.0
REGION = "REG-52"

Workers = Callable[..., dict[str, Process]]


@pytest.fixture
def workers(redis_url: str, tmp_path: Path, use_broker) -> Iterator[Workers]:
    """Start Redis, a beat and two prefork workers, when the test asks for them."""
    started: dict[str, Process] = {}

    def start(*, block_rows: int, pause_seconds: float) -> dict[str, Process]:
        use_broker(redis_url)
        environment = os.environ | {
            "CHAOS_DATABASE": str(connection.settings_dict["NAME"]),
            "CHAOS_REDIS_URL": redis_url,
            "CHAOS_BLOCK_ROWS": str(block_rows),
            "CHAOS_PAUSE_SECONDS": str(pause_seconds),
        }
        for name, command in commands(redis_url, tmp_path).items():
            log = tmp_path / f"{name}.log"
            started[name] = Process(*command, environment=environment, log=log)
            started[name].start()
        return started

    yield start
    for process in started.values():
        process.kill()


def commands(redis_url: str, folder: Path) -> dict[str, tuple[str, ...]]:
    port = redis_url.rsplit(":", 1)[1].split("/", maxsplit=1)[0]
    redis = shutil.which("redis-server") or "redis-server"
    celery = (sys.executable, "-m", "celery", "-A", "tests.matching.chaos_app")
    quiet = ("--concurrency=2", "--without-gossip", "--without-mingle")
    return {
        "redis": (
            *(redis, "--port", port, "--bind", "127.0.0.1", "--save", ""),
            *("--appendonly", "no", "--dir", str(folder)),
        ),
        "first worker": (*celery, "worker", "-n", "first@runs", *quiet),
        "second worker": (*celery, "worker", "-n", "second@runs", *quiet),
        "relay": (*celery, "beat", "-s", str(folder / "schedule")),
    }


def every_byte() -> bytes:
    """Return the proposals as the database writes them, readable or not."""
    names = ", ".join(name for name in NAMES if name != "run_id")
    table = Proposal._meta.db_table
    written = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY (SELECT {names} FROM {table} ORDER BY low_id, high_id) TO STDOUT",
            written,
        )
    return written.getvalue()


def undisturbed(territory: Territory) -> bytes:
    """Compute everything once, then the territory, in this process; nothing else."""
    start_periods()
    compute()
    Job.objects.all().delete()  # daily work would be done in the middle of the storm
    compute(territory)
    return every_byte()


def is_under_way(run: Run) -> bool:
    run.refresh_from_db()
    return run.is_active and run.parts_done > 0


def at_work() -> bool:
    """Tell whether both workers hold a job of a run."""
    begun = Job.objects.open().filter(kind__in=KINDS, lease_until__gt=timezone.now())
    return begun.count() > 1


def storm(processes: dict[str, Process], territory: Territory, *, kills: int) -> None:
    """Kill workers, whole or one process of theirs, while a run is computed."""
    chance = random.Random(SEED)
    run = request_run(territory)
    for _ in range(kills):
        if not run.is_active:
            run = request_run(territory)
        assert eventually(lambda run=run: is_under_way(run), START_SECONDS), run.state
        time.sleep(chance.uniform(0.0, 0.8))
        assert eventually(at_work, START_SECONDS)
        victim = processes[chance.choice(["first worker", "second worker"])]
        if chance.random() < 0.5:
            victim.kill_child()
        else:
            victim.kill()
            victim.start()
        run.refresh_from_db()
    assert eventually(lambda: not run_again(run).is_active, END_SECONDS)
    assert run.state == Run.State.DONE, run.error


def run_again(run: Run) -> Run:
    run.refresh_from_db()
    return run


def everything_is_cleared() -> bool:
    work = (RunBlock, RunLists, RunPicture)
    unread = Proposal.written.exclude(run__is_shown=True)
    return not unread.exists() and not any(model.objects.exists() for model in work)


def survive(workers: Workers, territory: Territory, *, kills: int, **slowness) -> None:
    expected = undisturbed(territory)
    processes = workers(**slowness)

    storm(processes, territory, kills=kills)

    assert eventually(everything_is_cleared, END_SECONDS)
    # Otherwise the storm would prove nothing: jobs were killed while they were done.
    begun_again = Job.objects.filter(kind__in=KINDS, attempts__gt=1).count()
    assert begun_again >= kills // 2
    assert every_byte() == expected
    assert len(expected) > 0
    assert not Job.objects.open().filter(kind__in=KINDS).exists()


def test_two_kills_during_a_run_lose_nothing_and_double_nothing(workers: Workers):
    seats = [one.organisation.seat for one in population(60, n_communes=20)]
    region = TerritoryFactory(region=True, communes=sorted(set(seats), key=id))

    survive(workers, region, kills=2, block_rows=10, pause_seconds=0.15)


@pytest.mark.slow
def test_twenty_kills_during_a_refresh_of_a_region(workers: Workers):
    call_command("load_territories", verbosity=0)
    region = resolve(REGION).territory
    seed_population(4_000, seed=1, territory=region)

    survive(workers, region, kills=20, block_rows=200, pause_seconds=0.3)

    assert follow(Run.objects.latest("pk")).total_count == 4_000
