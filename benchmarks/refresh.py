"""One organisation changes, among 20,000: its lists and those of others, stored.

From the job that an edit queues to what readers see, the reading of the whole
population included; the three seconds during which edits settle are not.
"""

import statistics
import time

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from alliances.enums import Means
from alliances.models import Intention, Need
from benchmarks.database import ORGANISATIONS, own_copy, vacuum
from benchmarks.figures import Figure
from benchmarks.workers import working
from jobs.models import Job
from jobs.services import start_periods
from matching.models import ChangedIntention, Run
from matching.services import changes
from matching.services.runs import CLEAR_JOB, request_run

NEEDS_DATABASE = True
CHANGES = 20
POLL_SECONDS = 0.01


def figures() -> list[Figure]:
    """Compute everything, then change one intention after another."""
    with own_copy("refresh"):
        start_periods()
        Job.objects.all().delete()  # daily work has nothing to do here
        with working(1):
            _compute()
            seconds = [_refreshed_s(pk) for pk in _drawn()]
        proposals = Run.objects.filter(scope=Run.Scope.INTENTIONS).values_list(
            "proposal_count", flat=True
        )
        written = statistics.median(proposals)
    note = f"{CHANGES} changes among {ORGANISATIONS:,}, {written:,.0f} proposals each"
    slowest = f"the slowest of {CHANGES}"
    median = statistics.median(seconds)
    return [
        Figure("matching.refresh_one_s", median, "s", 1, "lower", note),
        Figure("matching.refresh_one_max_s", max(seconds), "s", None, "lower", slowest),
    ]


def _compute() -> None:
    run = request_run()
    while run.is_active or Job.objects.open().filter(kind=CLEAR_JOB).exists():
        time.sleep(POLL_SECONDS)
        run.refresh_from_db()
    assert run.state == Run.State.DONE, run.error
    vacuum()


def _drawn() -> list[int]:
    ids = list(Intention.objects.order_by("pk").values_list("pk", flat=True))
    return ids[:: len(ids) // CHANGES][:CHANGES]


def _seek_otherwise(intention_id: int) -> None:
    """Replace what is sought by one means, not the same for all."""
    Need.objects.filter(intention=intention_id).delete()
    means = Means.values[intention_id % len(Means.values)]
    Need.objects.create(intention_id=intention_id, means=means)


def _refreshed_s(intention_id: int) -> float:
    _seek_otherwise(intention_id)
    settling, changes.SETTLING_TIME = changes.SETTLING_TIME, changes.SETTLING_TIME * 0
    try:
        start = time.perf_counter()
        changes.note_changes([intention_id])
    finally:
        changes.SETTLING_TIME = settling
    while ChangedIntention.objects.exists():
        time.sleep(POLL_SECONDS)
    return time.perf_counter() - start
