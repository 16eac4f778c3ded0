"""How good the schedules of sessions are, against their proven bounds, and how fast.

The four synthetic sessions of ``sessions.py``, against a round-robin and a greedy;
replanning ten percent of no-shows; and the public B2B instances, read from the folder
that ``B2B_INSTANCES`` names (they have no licence and are not in the project).
"""

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from benchmarks.sessions import INSTANCES, round_robin, session
from rendezvous.scheduling.breaks import arrange
from rendezvous.scheduling.check import check
from rendezvous.scheduling.dzn import read_dzn
from rendezvous.scheduling.encoding import encode
from rendezvous.scheduling.greedy import greedy
from rendezvous.scheduling.replanning import replan, replanned
from rendezvous.scheduling.requested import broken_rules
from rendezvous.scheduling.solve import Limits, solve, warm_up

# Totals of breaks published with the instances, all proven optimal since.
BEST_KNOWN = {
    "tic-12": 0,
    "tic-13": 0,
    "tic-13crafb": 0,
    "tic-14crafa": 0,
    "forumt-14": 5,
    "forumt-14crafc": 5,
    "forum-14": 2,
    "forum-13": 0,
    "ticf-13crafa": 0,
}
FLOOR = 0.95
WAITING = 0.04  # of the highest value, for a round: weighed together with value
LARGE = ((250, 250), 15, 200)
B2B_SECONDS = 60


def figures() -> list[Figure]:
    """Measure the sessions, the replanning and, where they are, the public instances."""
    warm_up()
    found: list[Figure] = []
    for name, size in INSTANCES.items():
        found += _session(name, session(*size))
    return [*found, *_without_windows(), *_replanning(), *_b2b()]


def _session(name, problem) -> list[Figure]:
    start = time.perf_counter()
    plan = solve(problem)
    seconds = time.perf_counter() - start
    fair = solve(replace(problem, floor=FLOOR))
    assert not check(problem, plan.meetings)
    assert not check(problem, fair.meetings)
    board = encode(problem)
    robin, simple = (
        _simple(board, rounds, plan.bound)
        for rounds in (round_robin(board), greedy(board, minimum_first=False))
    )
    untidy = solve(problem, Limits(tidying=0)).idle
    joint = solve(replace(problem, waiting=WAITING))
    assert not check(problem, joint.meetings)
    waits = f"from {untidy}; {joint.idle} at {joint.gap_pct:.2f} % under the bound"
    note = f"round-robin {robin}, greedy {simple}; bound {plan.bound:.2f}"
    missing = float(sum(one.missing for one in plan.short))
    worst = 100 * fair.worst.value / fair.worst.ceiling
    fair_note = (
        f"with a floor of {FLOOR:g}; value then {fair.gap_pct:.2f} % under bound"
    )
    name = f"scheduling.{name}"
    return [
        Figure(f"{name}.gap_pct", plan.gap_pct, "%", 0.5, "lower", note),
        Figure(f"{name}.seconds", seconds, "s", 5, "lower", f"{plan.moves:,} moves"),
        Figure(f"{name}.short", missing, "", 0, "lower", "guaranteed, missing"),
        Figure(f"{name}.worst_pct_of_maxmin", worst, "%", 90, "higher", fair_note),
        Figure(f"{name}.idle", plan.idle, "rounds", None, "lower", waits),
    ]


def _simple(board, rounds, bound) -> str:
    """Tell the gap of a simple method, and the guaranteed meetings it misses."""
    chosen = board.takes[rounds >= 0, :2]
    met = np.bincount(chosen.ravel(), minlength=board.n_participants)
    missing = int(np.maximum(0, board.least - met).sum())
    return f"{100 * (1 - board.value[rounds >= 0].sum() / bound):.2f} ({missing} short)"


def _without_windows() -> list[Figure]:
    """Measure where everybody is there all along: the optimum, and its proof."""
    problem = session(*LARGE, windows=False)
    start = time.perf_counter()
    plan = solve(problem)
    seconds = time.perf_counter() - start
    assert not check(problem, plan.meetings)
    name = "scheduling.250x250x15"
    note = f"no windows; {plan.status}"
    return [
        Figure(f"{name}.gap_pct", plan.gap_pct, "%", 0.0, "lower", note),
        Figure(f"{name}.seconds", seconds, "s", 10, "lower", "whole, bound included"),
    ]


def _replanning() -> list[Figure]:
    problem = session(*INSTANCES["500x15t200"])
    published = solve(problem).meetings
    people = problem.participants
    drawn = np.random.default_rng(1).permutation(len(people))[: len(people) // 10]
    changed = replanned(
        problem, published, next_round=4, missing={people[i].id for i in drawn}
    )
    start = time.perf_counter()
    answer = replan(changed)
    seconds = time.perf_counter() - start
    found = answer.solution
    assert not check(changed, found.meetings)
    past = sum(problem.values[frozenset(m.ids)] for m in published if m.round < 4)
    gap = 100 * (found.bound - found.value) / (found.bound - past)
    kept = 100 * answer.kept / answer.surviving
    note = f"{len(drawn)} no-shows of {len(people)} after round 3"
    told = f"{len(answer.affected)} programmes change, {len(found.short)} short"
    return [
        Figure("scheduling.replan.seconds", seconds, "s", 1, "lower", note),
        Figure("scheduling.replan.kept_pct", kept, "%", 99, "higher", told),
        Figure("scheduling.replan.gap_pct", gap, "%", 2, "lower", "of what remains"),
    ]


def _b2b() -> list[Figure]:
    folder = os.environ.get("B2B_INSTANCES")
    if not folder:
        print("(public B2B instances left out: B2B_INSTANCES is not set)", end=" ")
        return []
    found = {
        path.name.partition(".")[0]: path for path in sorted(Path(folder).glob("*.dzn"))
    }
    present = [name for name in BEST_KNOWN if name in found]
    equal, notes = 0, []
    for name in present:
        problem = read_dzn(found[name].read_text())
        start = time.monotonic()
        answer = arrange(problem, 1, _deadline(start + B2B_SECONDS))
        assert not broken_rules(problem, answer.meetings)
        equal += answer.breaks == BEST_KNOWN[name]
        took = time.monotonic() - start
        notes.append(f"{name} {answer.breaks} {answer.status} {took:.1f} s")
    total = len(present)
    told = ", ".join(notes)
    return [
        Figure("scheduling.b2b.equal_best", equal, "", total, "higher", told),
        Figure("scheduling.b2b.total", total, "", None, "higher", "instances present"),
    ]


def _deadline(end):
    return lambda: end - time.monotonic()
