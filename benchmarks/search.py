"""Autocomplete of places on the full geography: the prefix path, then the typo path.

What people type, letter by letter, for real places of every size; the time is that of
the whole selector, Python and PostgreSQL, without HTTP.
"""

import time

from benchmarks.figures import Figure

NEEDS_DATABASE = True

PREFIX_GOAL_MS, TYPO_GOAL_MS = 30.0, 120.0
TYPED = (
    "lyon",
    "saint-étienne",
    "st nazaire",
    "la rochelle",
    "13001",
    "44190",
    "nantes métropole",
    "pays de retz",
    "loire-atlantique",
    "villeneuve",
    "bourg-en-bresse",
    "l’haÿ-les-roses",
    "montreuil",
    "clisson",
    "sainte-marie",
)
MISTYPED = (
    "saint etiene",
    "marseile",
    "montpelier",
    "strasbour g",
    "clermont ferand",
    "bordaux",
    "grenobel",
    "angouleme sur",
    "villeurbane",
    "aix en provance",
    "carcasonne",
    "perpignant",
    "dunkerke",
    "chalon sur sone",
    "la roche sur yonne",
)
ROUNDS = 4


def figures() -> list[Figure]:
    """Measure both paths."""
    beginnings = [text[:end] for text in TYPED for end in range(2, len(text) + 1)]
    prefix_ms, typo_ms = _times_ms(beginnings), _times_ms(MISTYPED)
    return [
        _p95("autocomplete.p95_ms", prefix_ms, PREFIX_GOAL_MS),
        _p95("autocomplete.typo_p95_ms", typo_ms, TYPO_GOAL_MS),
    ]


def _times_ms(texts: list[str] | tuple[str, ...]) -> list[float]:
    from territories.selectors import search_territories  # noqa: PLC0415

    search_territories("zzzz")  # the names are read once per process
    times = []
    for text in list(texts) * ROUNDS:
        started_at = time.perf_counter()
        search_territories(text)
        times.append((time.perf_counter() - started_at) * 1000)
    return times


def _p95(name: str, times_ms: list[float], goal_ms: float) -> Figure:
    ordered = sorted(times_ms)
    value = ordered[int(len(ordered) * 0.95)]
    note = f"median {ordered[len(ordered) // 2]:.1f} ms, {len(ordered)} searches"
    return Figure(name, round(value, 2), "ms", goal_ms, "lower", note)
