"""A whole région, from the click to the stored proposals, with one and two workers.

20,000 associations and 20,000 companies settle in one région: hardly any pair is kept
apart by the map. A first computation fills the table; those that are measured replace
it, as they would any day. Workers are processes of their own; the clock starts when
the computation is asked for and stops when readers see the new proposals.
"""

import time

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from django.db import connection
from django.db.models import Max, Min

from benchmarks.database import SEED, own_copy, vacuum
from benchmarks.figures import Figure
from benchmarks.organisations import populate
from benchmarks.workers import working
from jobs.models import Job
from jobs.services import start_periods
from matching.models import Run
from matching.services import pictures
from matching.services.runs import (
    CLEAR_JOB,
    PLAN_JOB,
    RANK_JOB,
    SHOW_JOB,
    STORE_JOB,
    request_run,
)
from territories.selectors import resolve

NEEDS_DATABASE = True
REGION = "REG-52"
SIZE = 20_000
GOAL_S = 30
POLL_SECONDS = 0.05
STAGES = {
    "load": PLAN_JOB,
    "score": RANK_JOB,
    "store": STORE_JOB,
    "show": SHOW_JOB,
}


def figures() -> list[Figure]:
    """Compute the région three times: to fill the table, then measured."""
    with own_copy("region"):
        _settle()
        _measured(2)
        one, two = _measured(1), _measured(2)
        prepare_s = _prepare_s()
    return [
        _figure("region_click_to_stored_s", one, GOAL_S),
        _figure("region_click_to_stored_2_workers_s", two, None),
        *_stages(one),
        _plain(
            "prepare_s", prepare_s, "s", "in each worker, once; within the first block"
        ),
        _plain("worker_cpu_s", sum(one["used"].cpu_s), "s", "the only worker, in all"),
        _plain("worker_peak_mb", max(one["used"].peaks_mb), "MB", "the only worker"),
    ]


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE alliances_organisation CASCADE")
    for seed, kind in enumerate(("association", "company"), SEED):
        populate(SIZE, seed=seed, kind=kind, region=REGION)
    start_periods()
    Job.objects.all().delete()  # daily work has nothing to do here
    vacuum()


def _measured(workers: int) -> dict:
    """Ask for the région and wait; return what the rows of its jobs tell."""
    territory = resolve(REGION).territory
    with working(workers) as used:
        start = time.perf_counter()
        run = request_run(territory)
        while run.is_active:
            time.sleep(POLL_SECONDS)
            run.refresh_from_db()
        seconds = time.perf_counter() - start
        _cleared()
    assert run.state == Run.State.DONE, run.error
    vacuum()
    return {
        "run": run,
        "seconds": seconds,
        "workers": workers,
        "used": used,
        "stages": {name: _stage_s(run, kind) for name, kind in STAGES.items()},
    }


def _cleared() -> None:
    """Wait until what was replaced is deleted, out of the measure."""
    while Job.objects.open().filter(kind=CLEAR_JOB).exists():
        time.sleep(POLL_SECONDS)


def _stage_s(run: Run, kind: str) -> float:
    jobs = Job.objects.filter(kind=kind, payload__run=run.pk)
    at = jobs.aggregate(start=Min("claimed_at"), end=Max("done_at"))
    return (at["end"] - at["start"]).total_seconds()


def _prepare_s() -> float:
    picture = pictures.take()
    run = Run.objects.select_related("configuration").latest("pk")
    start = time.perf_counter()
    pictures.ready(run, picture)
    return time.perf_counter() - start


def _figure(name: str, found: dict, goal: float | None) -> Figure:
    run = found["run"]
    stages = ", ".join(f"{name} {value:.1f}" for name, value in found["stages"].items())
    note = (
        f"{SIZE:,} + {SIZE:,} organisations of {REGION}, {run.total_count:,} intentions,"
        f" {run.proposal_count:,} proposals replaced; {found['workers']} worker(s);"
        f" in s: {stages}"
    )
    return Figure(f"matching.{name}", found["seconds"], "s", goal, "lower", note)


def _stages(found: dict) -> list[Figure]:
    meaning = {
        "load": "read, cut into blocks, keep the picture",
        "score": "lists of every block",
        "store": "describe the pairs and COPY them",
        "show": "one transaction: the new proposals in place of the former",
    }
    return [
        _plain(f"{name}_s", seconds, "s", meaning[name])
        for name, seconds in found["stages"].items()
    ]


def _plain(name: str, value: float, unit: str, note: str) -> Figure:
    return Figure(f"matching.region_{name}", value, unit, None, "lower", note)
