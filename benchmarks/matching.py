"""How fast the matching engine is, against the plain loop in the same process."""

import time

import numpy as np

from benchmarks.figures import Figure
from benchmarks.populations import country, intentions
from matching.kernel import build_profiles, default_configuration, prepare, rank_all
from matching.kernel.naive import NaiveMatcher
from matching.kernel.proposals import rank_one

SIZE = 5_000
TOP = 20
SAMPLE_PAIRS = 20_000


def figures() -> list[Figure]:
    """Measure the engine on 5,000 intentions, four types, lists of 20."""
    population, land = _population()
    prepared, prepare_s = _timed(lambda: _prepare(population, land))
    double_s = _timed(lambda: rank_all(prepared, top=TOP))[1]
    single_s = _timed(lambda: rank_all(prepared, top=TOP, precision=np.float32))[1]
    naive_s = naive_seconds_per_pair(population, land)
    n_pairs = SIZE * SIZE
    note = f"{SIZE:,} × {SIZE:,} × 4 types, top {TOP}"
    ratio = naive_s / (single_s / n_pairs)
    one_ms = 1e3 * _timed(lambda: rank_one(prepared, 0, top=TOP))[1]
    return [
        Figure("matching.naive_ratio", ratio, "times", 100, "higher", note),
        Figure(
            "matching.full_5000_s", single_s, "s", None, "lower", f"{note}, float32"
        ),
        Figure(
            "matching.full_5000_float64_s",
            double_s,
            "s",
            None,
            "lower",
            f"{note}, float64",
        ),
        Figure(
            "matching.pairs_per_s",
            n_pairs / single_s,
            "pairs/s",
            None,
            "higher",
            f"{note}, float32, lists included",
        ),
        Figure(
            "matching.naive_us_per_pair",
            1e6 * naive_s,
            "µs",
            None,
            "lower",
            f"plain loop, {SAMPLE_PAIRS:,} pairs",
        ),
        Figure(
            "matching.prepare_s", prepare_s, "s", None, "lower", f"{SIZE:,} records"
        ),
        Figure("matching.one_vs_5000_ms", one_ms, "ms", None, "lower", note),
    ]


def naive_seconds_per_pair(population, land) -> float:
    """Time the plain loop on pairs drawn without looking at them."""
    naive = NaiveMatcher(land.territories, default_configuration())
    generator = np.random.default_rng(1)
    pairs = generator.integers(len(population), size=(SAMPLE_PAIRS, 2)).tolist()
    start = time.perf_counter()
    for one, other in pairs:
        naive.pair(population[one], population[other])
    return (time.perf_counter() - start) / SAMPLE_PAIRS


def _population():
    land = country()
    return intentions(SIZE, land=land), land


def _prepare(population, land):
    profiles = build_profiles(population, land.territories)
    return prepare(profiles, default_configuration())


def _timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
