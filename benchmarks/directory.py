"""How long the directory takes to answer, whole pages, on the full geography.

Everything is written in one transaction that is rolled back: nothing is left behind.
"""

import time

import numpy as np
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.population import populate
from territories.models import Territory

ORGANISATIONS = 20_000
COMMUNES = 30_000
ROUNDS = 15
GOAL_MS = 150
SEED = 2026
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


def measure() -> dict[str, dict]:
    """Return the latency of the directory, 95th centile over every search."""
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["*"]):
        prepare()
        pages = timings(reverse("alliances:organisation_list"))
        points = timings(reverse("alliances:organisation_points"))
        transaction.set_rollback(True)
    note = f"{ORGANISATIONS} organisations, {len(SEARCHES)} searches, whole pages"
    return {
        "directory.p95_ms": figure(pages, note),
        "directory.points_p95_ms": figure(points, "the points of the map"),
    }


def prepare() -> None:
    if Territory.objects.of_kind("commune").count() < COMMUNES:
        call_command("load_territories", verbosity=0)
    populate(ORGANISATIONS, seed=SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('organisation_words_are_found')")
        cursor.execute("ANALYZE")


def timings(address: str) -> dict[str, list[float]]:
    """Return the milliseconds of every answer, per search, the first one left out."""
    client = Client()
    taken: dict[str, list[float]] = {}
    for name, query in SEARCHES.items():
        url = f"{address}?{query}"
        assert client.get(url).status_code == 200, url
        taken[name] = [_milliseconds(client, url) for _ in range(ROUNDS)]
    return taken


def figure(taken: dict[str, list[float]], note: str) -> dict:
    slowest = max(taken, key=lambda name: np.median(taken[name]))
    every = [value for values in taken.values() for value in values]
    return {
        "value": round(float(np.percentile(every, 95)), 1),
        "unit": "ms",
        "goal": GOAL_MS,
        "better": "lower",
        "note": f"{note}; slowest: {slowest}, {np.median(taken[slowest]):.0f} ms",
    }


def _milliseconds(client: Client, url: str) -> float:
    start = time.perf_counter()
    client.get(url)
    return (time.perf_counter() - start) * 1_000
