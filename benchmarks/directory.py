"""How long the directory takes to answer, whole pages, on the full geography."""

import time

from benchmarks.database import ORGANISATIONS

# isort: split
import numpy as np
from django.test import Client
from django.urls import reverse

from benchmarks.figures import Figure

NEEDS_DATABASE = True
ROUNDS = 15
GOAL_MS = 150
SEARCHES = {
    "everything": "",
    "second page": "page=2",
    "last page": "page=50",
    "a word": "q=mobilite",
    "two words": "q=jardins+partages",
    "the beginning of a word": "q=informat",
    "a typing error": "q=theatrre",
    "nothing found": "q=xylophone&territoire=COM-44043",
    "near a commune": "territoire=COM-44043&rayon=20",
    "near Paris": "territoire=COM-75056&rayon=30",
    "mobility near Clisson": "q=mobilite&territoire=COM-44043&rayon=20",
    "a domain in a departement": "domaine=mobility&territoire=DEP-44",
    "based in a region": "territoire=REG-76&niveau=dans",
    "acting in a region": "territoire=REG-11&niveau=agit",
    "a whole region": "territoire=REG-84",
    "offers and needs": "offre=skills_volunteering&besoin=donation",
    "three domains": "domaine=health&domaine=ageing&domaine=mobility&tri=nom",
    "kind, type and size": "nature=company&type=patronage&taille=sme",
    "a far page of a filter": "nature=association&page=40",
    "everything at once": (
        "q=atelier&territoire=REG-52&rayon=50&domaine=mobility&nature=association"
        "&type=patronage&offre=networks&offre=donation"
    ),
}


def figures() -> list[Figure]:
    """Measure the directory and the points of its map: 95th centile, every search."""
    pages = timings(reverse("alliances:organisation_list"))
    points = timings(reverse("alliances:organisation_points"))
    return [
        figure("directory.p95_ms", pages, goal=GOAL_MS),
        figure("directory.points_p95_ms", points, goal=None),
    ]


def timings(address: str) -> dict[str, list[float]]:
    """Return the milliseconds of every answer, per search, the first one left out."""
    client = Client()
    taken: dict[str, list[float]] = {}
    for name, query in SEARCHES.items():
        url = f"{address}?{query}"
        assert client.get(url).status_code == 200, url
        taken[name] = [_milliseconds(client, url) for _ in range(ROUNDS)]
    return taken


def figure(name: str, taken: dict[str, list[float]], *, goal: float | None) -> Figure:
    medians = {search: float(np.median(values)) for search, values in taken.items()}
    slowest = max(medians, key=lambda search: medians[search])
    every = [value for values in taken.values() for value in values]
    return Figure(
        name=name,
        value=round(float(np.percentile(every, 95)), 1),
        unit="ms",
        goal=goal,
        better="lower",
        note=(
            f"{ORGANISATIONS:,} organisations, {len(SEARCHES)} searches × {ROUNDS}; "
            f"slowest: {slowest}, {medians[slowest]:.0f} ms"
        ),
    )


def _milliseconds(client: Client, url: str) -> float:
    start = time.perf_counter()
    client.get(url)
    return (time.perf_counter() - start) * 1_000
