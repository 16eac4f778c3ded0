"""Synthetic populations for the benchmarks: plausible, seeded, without the database.

Communes lie in a square of 1,000 km, grouped by neighbourhood into intercommunalities,
départements and régions; populations follow a long-tailed law. Organisations settle where
people live; most act in one commune or its intercommunality, few everywhere.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.kernel import (
    DOMAINS,
    KINDS,
    MEANS,
    MODELS,
    PHASES,
    SIZES,
    TYPES,
    Intention,
    Profiles,
    Territories,
)
from matching.kernel.families import Family, expand, offsets_of

COMMUNES_PER_SIDE = 180  # 32,400 communes
KIND_SHARES = (0.55, 0.25, 0.08, 0.05, 0.03, 0.02, 0.02)
LEVELS = (("EPCI", 6), ("DEP", 18), ("REG", 45))
LEVEL_SHARES = (0.42, 0.30, 0.17, 0.08, 0.03)
SECTORS = tuple(f"sector-{k}" for k in range(40))
VALUES = tuple(f"value-{k}" for k in range(20))


@dataclass(frozen=True)
class Country:
    """Communes on a grid: their coordinates, populations and areas."""

    territories: Territories
    points_deg: np.ndarray

    @property
    def n_communes(self) -> int:
        return len(self.points_deg)


def country(seed: int = 0) -> Country:
    """Draw the communes and group them."""
    generator = np.random.default_rng(seed)
    side = COMMUNES_PER_SIDE
    row, column = np.divmod(np.arange(side * side), side)
    population = np.round(generator.lognormal(6.2, 1.4, side * side)) + 1
    areas = {f"COM-{c}": np.array([c]) for c in range(side * side)}
    for name, width in LEVELS:
        groups = (row // width) * 1000 + column // width
        for group in np.unique(groups):
            areas[f"{name}-{group}"] = np.flatnonzero(groups == group)
    points_deg = np.column_stack([42.5 + row * 0.047, -3.0 + column * 0.065])
    return Country(Territories(population, areas), points_deg)


def intentions(
    count: int, *, land: Country, seed: int = 0, local_rate: float = 0.03
) -> list[Intention]:
    """Draw ``count`` intentions; ``local_rate`` of their means hold in one area only."""
    generator = np.random.default_rng(seed)
    weights = land.territories.population / land.territories.population.sum()
    seats = generator.choice(land.n_communes, count, p=weights)
    kinds = generator.choice(len(KINDS), count, p=KIND_SHARES)
    return [
        _intention(
            generator, number, land, kind=KINDS[kinds[number]], local_rate=local_rate
        )(int(seats[number]))
        for number in range(count)
    ]


def areas_of(commune: int) -> tuple[str, ...]:
    """Return the areas that hold a commune, from the smallest to the whole."""
    row, column = divmod(commune, COMMUNES_PER_SIDE)
    upper = (f"{name}-{row // w * 1000 + column // w}" for name, w in LEVELS)
    return (f"COM-{commune}", *upper, "FR")


def _intention(generator, number, land, *, kind, local_rate):
    def settled(seat: int) -> Intention:
        areas = areas_of(seat)
        level = generator.choice(5, p=LEVEL_SHARES)
        size = int(generator.choice(4, p=(0.7, 0.2, 0.07, 0.03)))
        return Intention(
            public_id=f"{generator.integers(2**40):011x}-{number}",
            organisation=str(number),
            kind=kind,
            square=_square(generator),
            needs=_means(generator, areas, local_rate),
            offers=_means(generator, areas, local_rate),
            domains=_domains(generator),
            perimeter=(areas[level],),
            points=_points(generator, land, seat, kind),
            size=SIZES[size] if generator.random() < 0.8 else None,
            staff=float(np.ceil(generator.lognormal(1 + 2 * size, 1))),
            values=_some(generator, VALUES, 2),
            sectors=_some(generator, SECTORS, 1),
            open_to=_open_to(generator),
            general_interest=_tristate(generator, kind),
            model=MODELS[int(generator.random() < 0.4)],
            maturity=int(generator.integers(4)) if generator.random() < 0.6 else None,
            phase=PHASES[int(generator.integers(2))]
            if generator.random() < 0.3
            else None,
            excluded_sectors=_some(generator, SECTORS, 0.05),
            solicitations=int(generator.integers(5)),
        )

    return settled


def _square(generator):
    cuts = np.sort(generator.choice(21, 3)) * 5
    return tuple(int(v) for v in np.diff([0, *cuts, 100]))


def _means(generator, areas, local_rate):
    codes = generator.choice(len(MEANS), generator.integers(2, 6), replace=False)
    return tuple(
        (
            MEANS[code],
            areas[generator.integers(4)] if generator.random() < local_rate else None,
        )
        for code in codes
    )


def _domains(generator):
    codes = generator.choice(len(DOMAINS), generator.integers(1, 4), replace=False)
    return {DOMAINS[code]: int(generator.integers(3, 11)) for code in codes}


def _points(generator, land, seat, kind):
    extra = generator.integers(3) if kind == "company" else 0
    communes = [seat, *generator.integers(land.n_communes, size=extra)]
    return tuple(tuple(land.points_deg[c].tolist()) for c in communes)


def _some(generator, tags, mean):
    count = min(generator.poisson(mean), len(tags))
    return frozenset(generator.choice(tags, count, replace=False).tolist())


def _open_to(generator):
    if generator.random() < 0.6:
        return None
    return frozenset(t for t in TYPES if generator.random() < 0.75)


def _tristate(generator, kind):
    if kind == "company":
        return False
    return (True, True, False, None)[generator.integers(4)]


def resampled(profiles: Profiles, count: int, *, seed: int = 0) -> Profiles:
    """Draw ``count`` intentions from the columns of others.

    What they seek, what they give, their domains, where they act and what they are come
    each from another one: as varied as records drawn one by one, and a hundred times
    sooner.
    """
    generator = np.random.default_rng(seed)

    def drawn() -> np.ndarray:
        return generator.integers(len(profiles), size=count)

    land, size = drawn(), drawn()
    points = Family(profiles.point_offsets, np.arange(len(profiles.points_deg)))
    own = {
        "public_ids": tuple(f"{k:07d}" for k in generator.permutation(count)),
        "organisation": np.arange(count),
        "need_entries": _entries(profiles.need_entries, drawn()),
        "offer_entries": _entries(profiles.offer_entries, drawn()),
        "perimeter": profiles.perimeter[land],
        "points_deg": profiles.points_deg[expand(points, land)[1]],
        "point_offsets": offsets_of(points.lengths[land]),
        "exclusions": np.empty((0, 2), np.int64),
        "links": np.empty((0, 2), np.int64),
    }
    for names in (
        ("kind", "general_interest", "model", "square", "open_to", "excluded_kinds"),
        ("needs",),
        ("offers",),
        ("domains", "maturity", "phase"),
        ("size", "staff", "value_set"),
        ("sector_set",),
        ("excluded_sector_set",),
        ("solicitations",),
    ):
        rows = size if names[0] == "size" else drawn()
        own |= {name: getattr(profiles, name)[rows] for name in names}
    return replace(profiles, **own)


def _entries(entries: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Give the territorial entries of some rows to new ones."""
    order = np.argsort(entries[:, 0], kind="stable")
    counts = np.bincount(entries[:, 0], minlength=rows.max() + 1)
    at, entry = expand(Family(offsets_of(counts), order), rows)
    return np.column_stack([at, entries[entry, 1:]])
