"""How long the other pages take, and a visitor's first list of partners."""

import time
from pathlib import Path

from benchmarks.database import ORGANISATIONS

# isort: split
import numpy as np
from django.test import Client
from django.urls import reverse

from alliances.models import Organisation
from benchmarks.figures import Figure

NEEDS_DATABASE = True
ROUNDS = 9
WARM_GOAL_MS = 300
FIRST_GOAL_S = 2
TRIED = "poids_territoire"  # a weight of the address of a list
# A village, towns, an intercommunality, a département, régions, the country.
TERRITORIES = (
    "COM-44043",
    "COM-33063",
    "COM-75056",
    "EPCI-244400404",
    "DEP-44",
    "REG-52",
    "REG-11",
    "REG-84",
    "FR",
)


def figures() -> list[Figure]:
    """Measure pages once they were asked once, then lists of partners from cold."""
    client = Client()
    chosen = Organisation.objects.order_by("pk")[ORGANISATIONS // 3 :: 997][:5]
    ids = [organisation.public_id for organisation in chosen]
    return [
        _warm(client, "home", [reverse("portal:home")]),
        _warm(client, "organisation", _addresses("alliances:organisation_detail", ids)),
        _warm(client, "territory", _addresses("portal:territory_detail", TERRITORIES)),
        *_proposals(client, ids),
        *_trials(client, ids),
    ]


def _addresses(name: str, keys) -> list[str]:
    return [reverse(name, args=[key]) for key in keys]


def _warm(client: Client, name: str, addresses: list[str]) -> Figure:
    """Return the median of the slowest address."""
    medians = {}
    for address in addresses:
        _milliseconds(client, address)
        taken = [_milliseconds(client, address) for _ in range(ROUNDS)]
        medians[address] = float(np.median(taken))
    slowest = max(medians, key=lambda address: medians[address])
    note = f"median of the slowest of {len(addresses)}: {slowest}"
    value = round(medians[slowest], 1)
    return Figure(f"pages.{name}_ms", value, "ms", WARM_GOAL_MS, "lower", note)


def _proposals(client: Client, ids: list[str]) -> list[Figure]:
    """Measure the list of partners that a visitor reads: nothing of it is stored."""
    addresses = _addresses("matching:proposal_list", ids)
    before_mb = _resident_mb()
    first_ms = _milliseconds(client, addresses[0])
    kept_mb = _resident_mb() - before_mb
    next_ms = float(np.median([_milliseconds(client, a) for a in addresses[1:]]))
    note = f"{ORGANISATIONS:,} organisations, a visitor"
    return [
        Figure(
            "proposals.first_request_s",
            first_ms / 1_000,
            "s",
            FIRST_GOAL_S,
            "lower",
            f"{note}, the first since the process started",
        ),
        Figure(
            "proposals.next_request_ms",
            next_ms,
            "ms",
            WARM_GOAL_MS,
            "lower",
            f"{note}, the first list of another organisation",
        ),
        Figure("proposals.kept_mb", kept_mb, "MB", None, "lower", note),
    ]


def _trials(client: Client, ids: list[str]) -> list[Figure]:
    """Measure other weights, tried on lists: a first movement, then the next ones."""
    addresses = _addresses("matching:proposal_list", ids[1:])
    first, *moved = (
        [_milliseconds(client, f"{a}?{TRIED}={value}") for a in addresses]
        for value in (60, 70, 80, 90)
    )
    measures = (
        ("first", first, "the first weights tried on a list"),
        ("next", moved, "weights moved again"),
    )
    return [
        Figure(
            f"proposals.trial_{name}_ms",
            round(float(np.median(taken)), 1),
            "ms",
            WARM_GOAL_MS,
            "lower",
            f"{ORGANISATIONS:,} organisations, a visitor, {what}",
        )
        for name, taken, what in measures
    ]


def _milliseconds(client: Client, address: str) -> float:
    start = time.perf_counter()
    assert client.get(address).status_code == 200, address
    return (time.perf_counter() - start) * 1_000


def _resident_mb() -> float:
    """Return the memory that this process holds, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    return sizes[0] / 1024 if sizes else 0.0
