"""How far the matching engine is from bare matrix products, and how it grows.

One thread on both sides, and processor time wherever times are compared: others may use
the machine. The roof is one product of single-precision matrices with 64
features on the same pairs, measured around each computation, in the same process.
"""

import json
import resource
import subprocess
import sys
import time

import numpy as np

from benchmarks.figures import Figure
from benchmarks.populations import country, intentions, resampled
from matching.kernel import build_profiles, default_configuration, prepare
from matching.kernel.accelerated import Ranker, is_installed
from matching.kernel.editing import Aims
from matching.kernel.index import Index
from matching.kernel.ranking import joined, rank_blocks, ranked_at
from matching.kernel.screens import screen_of

SIZES = (2_000, 5_000, 10_000, 20_000, 40_000)
SIZE, LARGE, DRAWN = 20_000, 100_000, 5_000
TOP, KEPT = 20, 30
FEATURES, ROOF_ROWS, ROOF_TIMES = 64, 1_024, 15
SAMPLE, BLOCK = 1_280, 128
CHANGES, VERIFIED, ASKED = 200, 500, 200
CHILD = "import benchmarks.roof as r; print(r.grown())"
COMPILED = "the optional extra" if is_installed() else "without the optional extra"


def figures() -> list[Figure]:
    """Measure everything; about three minutes on two cores."""
    grown = _grown_in_a_child()
    profiles = _drawn()
    prepared = _prepared(profiles, SIZE)
    return [
        *_growth_figures(grown),
        _numpy_figure(prepared),
        *_update_figures(prepared),
        _large_figure(_prepared(profiles, LARGE)),
    ]


def roof_ns_per_pair() -> float:
    """Time one product of matrices, per pair: the median of several."""
    generator = np.random.default_rng(0)
    rows = generator.random((ROOF_ROWS, FEATURES), np.float32)
    columns = generator.random((FEATURES, SIZE), np.float32)
    times = [_processor_s(lambda: rows @ columns) for _ in range(ROOF_TIMES)]
    return 1e9 * float(np.median(times)) / (ROOF_ROWS * SIZE)


def grown() -> str:
    """Rank everybody at each size in this process; return times and memory as JSON."""
    profiles, runs = _drawn(), []
    _ranked(_prepared(profiles, SIZES[0]))  # compiled, or read from the disk
    for size in SIZES:
        prepared = _prepared(profiles, size)
        before = roof_ns_per_pair()
        seconds = _processor_s(lambda p=prepared: _ranked(p))
        roof = (before + roof_ns_per_pair()) / 2
        runs.append({"size": size, "seconds": seconds, "roof_ns": roof})
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return json.dumps({"runs": runs, "peak_mb": peak_mb})


def _growth_figures(grown) -> list[Figure]:
    runs = grown["runs"]
    log_size = np.log([run["size"] for run in runs])
    log_time = np.log([run["seconds"] for run in runs])
    exponent = float(np.polyfit(log_size, log_time, 1)[0])
    full = next(run for run in runs if run["size"] == SIZE)
    ns = 1e9 * full["seconds"] / SIZE**2
    sizes = f"{SIZES[0]:,} to {SIZES[-1]:,} against themselves, top {TOP}, {COMPILED}"
    note = f"{SIZE:,} × {SIZE:,} × 4 types, lists of {TOP}, one thread"
    figures = [
        Figure("matching.growth_exponent", exponent, "", 2.05, "lower", sizes),
        Figure("matching.peak_mb", grown["peak_mb"], "MB", 500, "lower", sizes),
        Figure("matching.full_20000_s", full["seconds"], "s", None, "lower", note),
        Figure("matching.roof_ns", full["roof_ns"], "ns", None, "lower", "per pair"),
    ]
    if is_installed():
        ratio = ns / full["roof_ns"]
        figures.append(Figure("matching.roof_ratio", ratio, "times", 6, "lower", note))
    return figures


def _numpy_figure(prepared) -> Figure:
    """Rank whole blocks of rows, spread over the population, against everyone."""
    order = screen_of(prepared, precision=np.float32).order
    starts = np.linspace(0, SIZE - BLOCK, SAMPLE // BLOCK).astype(int)
    rows = order[(starts[:, None] + np.arange(BLOCK)).reshape(-1)]
    before = roof_ns_per_pair()
    seconds = _processor_s(
        lambda: list(rank_blocks(prepared, top=TOP, rows=rows, precision=np.float32))
    )
    roof = (before + roof_ns_per_pair()) / 2
    ratio = 1e9 * seconds / (len(rows) * SIZE) / roof
    note = f"a sample of {len(rows):,} rows × {SIZE:,} × 4 types, lists of {TOP}"
    return Figure("matching.numpy_roof_ratio", ratio, "times", 20, "lower", note)


def _update_figures(prepared) -> list[Figure]:
    """Change one organisation after another, then compare with a whole computation."""
    lists = joined(list(rank_blocks(prepared, top=KEPT, compiled=True)))
    index = Index(prepared, lists, kept=KEPT, shown=TOP, compiled=True)
    generator = np.random.default_rng(2)
    rows = generator.choice(np.flatnonzero(~prepared.is_territorial), CHANGES)
    models = generator.choice(SIZE, CHANGES)
    ms = []
    for row, model in zip(rows.tolist(), models.tolist(), strict=True):
        aims = _aims(prepared.profiles, model)
        ms.append(1e3 * _timed(lambda r=row, a=aims: index.change(r, a))[1])
    wrong = _wrong(index, rows)
    note = (
        f"needs, offers, domains, square; {CHANGES} changes among {SIZE:,}, both sides,"
        f" {index.n_rebuilt} lists ranked anew, {wrong} wrong of {VERIFIED:,} × 4"
        f" verified, {COMPILED}"
    )
    median, p95 = np.percentile(ms, (50, 95))
    return [
        Figure("matching.update_median_ms", float(median), "ms", 2, "lower", note),
        Figure("matching.update_p95_ms", float(p95), "ms", 10, "lower", note),
    ]


def _wrong(index: Index, changed) -> int:
    """Count lists that a whole computation of the changed population would not give."""
    rows = np.random.default_rng(3).choice(SIZE, VERIFIED - len(changed), replace=False)
    rows = np.union1d(rows, changed)
    exact = joined(list(rank_blocks(index.prepared, top=TOP, rows=rows)))
    found, expected = index.partners[:, :, :TOP], np.full((SIZE, 4, TOP), -1)
    expected[exact.row, exact.type, exact.rank - 1] = exact.partner
    return int((found[rows] != expected[rows]).any(axis=2).sum())


def _large_figure(prepared) -> Figure:
    """Rank one organisation after another against many, laid out beforehand."""
    screen = screen_of(prepared, precision=np.float32)
    rows = np.random.default_rng(4).choice(LARGE, ASKED, replace=False)
    ranker = Ranker(screen) if is_installed() else None
    ms = []
    for row in rows.tolist():
        at = screen.position[[row]]
        if ranker is not None:
            ms.append(1e3 * _timed(lambda a=at: ranker.rank(a, TOP))[1])
        else:
            ms.append(1e3 * _timed(lambda a=at: ranked_at(screen, a, TOP))[1])
    p95 = float(np.percentile(ms, 95))
    note = f"lists of {TOP}, {ASKED} asked, median {np.median(ms):.1f} ms, {COMPILED}"
    return Figure("matching.one_vs_100k_p95_ms", p95, "ms", 5, "lower", note)


def _aims(profiles, row: int) -> Aims:
    names = ("square", "needs", "offers", "domains", "open_to")
    return Aims(*(getattr(profiles, name)[row].copy() for name in names))


def _drawn():
    land = country()
    return build_profiles(intentions(DRAWN, land=land), land.territories)


def _prepared(profiles, count: int):
    return prepare(resampled(profiles, count, seed=count), default_configuration())


def _ranked(prepared):
    return list(rank_blocks(prepared, top=TOP, precision=np.float32, compiled=True))


def _processor_s(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def _grown_in_a_child():
    done = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
