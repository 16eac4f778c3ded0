"""A population cut into blocks of neighbours, each a small enough piece of work."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from alliances.models import Organisation
from matching.selectors.population import Population
from territories.models import Containment, Territory

Integers = NDArray[np.int64]

# A few seconds of one worker among 40,000; fifty blocks for 200,000.
BLOCK_ROWS = 4_000
NOWHERE = "–"
LABEL_CHARS = 200
COUNTIES = (Territory.Kind.DEPARTMENT, Territory.Kind.COLLECTIVITY)

Place = tuple[str, str, int]
"""Code and name of a département, key of a commune: neighbours follow each other."""


@dataclass(frozen=True)
class Cut:
    """Some rows of a population, and where they are."""

    label: str
    rows: Integers


def cuts(population: Population) -> list[Cut]:
    """Cut a population by département of the seat, always in the same way.

    A large one is cut into even parts; small ones that follow each other are put
    together.
    """
    places = _places(population)
    order = sorted(range(len(population)), key=lambda row: (places[row], row))
    counties = [
        (name, list(rows)) for name, rows in groupby(order, lambda row: places[row][1])
    ]
    return [_cut(names, rows) for names, rows in _packed(counties)]


def _packed(
    counties: list[tuple[str, list[int]]],
) -> Iterator[tuple[list[str], list[int]]]:
    names: list[str] = []
    waiting: list[int] = []
    for name, rows in counties:
        if waiting and len(waiting) + len(rows) > BLOCK_ROWS:
            yield names, waiting
            names, waiting = [], []
        if len(rows) <= BLOCK_ROWS:
            names, waiting = [*names, name], [*waiting, *rows]
            continue
        n_parts = -(-len(rows) // BLOCK_ROWS)
        for part, found in enumerate(np.array_split(np.array(rows), n_parts), 1):
            yield [f"{name} ({part}/{n_parts})"], found.tolist()
    if waiting:
        yield names, waiting


def _cut(names: list[str], rows: list[int]) -> Cut:
    label = names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"
    return Cut(label[:LABEL_CHARS], np.sort(np.array(rows, np.int64)))


def _places(population: Population) -> list[Place]:
    seats = dict(Organisation.objects.values_list("pk", "seat_id"))
    county: dict[int, tuple[str, str]] = {
        commune: (code, name)
        for commune, code, name in Containment.objects.filter(
            territory__kind__in=COUNTIES
        ).values_list("commune_id", "territory__code", "territory__name")
    }
    found = []
    for organisation_id in population.organisation_ids.tolist():
        commune = seats.get(organisation_id) or 0
        found.append((*county.get(commune, ("", NOWHERE)), commune))
    return found
