"""Small random populations: every unknown, exclusion and territorial entry occurs."""

import random

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
    Territories,
)

N_COMMUNES = 24
TAGS = ("a", "b", "c", "services_a_la_personne")


def territories(seed: int = 0) -> Territories:
    """Communes in groups of 2, 6 and 12, and two areas across the groups."""
    generator = random.Random(seed)
    population = [
        generator.choice([0, 40, 900, 15000, float("nan")]) for _ in range(24)
    ]
    areas = {f"COM-{c}": [c] for c in range(N_COMMUNES)}
    for name, width in (("EPCI", 2), ("DEP", 6), ("REG", 12)):
        for start in range(0, N_COMMUNES, width):
            areas[f"{name}-{start // width}"] = list(range(start, start + width))
    areas["PRJ-across"] = [1, 5, 6, 13]
    areas["PRJ-coast"] = [0, 23]
    return Territories(
        np.array(population, float),
        {name: np.array(communes) for name, communes in areas.items()},
    )


def intentions(count: int, *, seed: int, local_rate: float = 0.3) -> list[Intention]:
    """Draw intentions; ``local_rate`` is the share of entries with their own area."""
    generator = random.Random(seed)
    areas = [*territories().areas, "FR"]
    return [
        _intention(generator, number, areas, count=count, local_rate=local_rate)
        for number in range(count)
    ]


def _intention(generator, number, areas, *, count, local_rate):
    def maybe(value, rate=0.75):
        return value if generator.random() < rate else None

    def tags(rate=0.5, choices=TAGS):
        return frozenset(t for t in choices if generator.random() < rate / 2)

    def entries():
        return tuple(
            (
                means,
                generator.choice(areas) if generator.random() < local_rate else None,
            )
            for means in generator.choices(MEANS[:8], k=generator.randrange(5))
        )

    return Intention(
        public_id=f"{generator.randrange(10**9):09d}-{number}",
        organisation=f"o{generator.randrange(count)}",
        kind=generator.choice((*KINDS, "association", "company", "company")),
        square=maybe(_square(generator), 0.85),
        needs=entries(),
        offers=entries(),
        domains={
            d: generator.choice([0, 1, 5, 10])
            for d in generator.sample(DOMAINS, generator.randrange(4))
        },
        perimeter=tuple(generator.sample(areas, generator.choice([0, 1, 1, 1, 2]))),
        points=tuple(
            (generator.uniform(43, 46), generator.uniform(3, 6))
            for _ in range(generator.choice([0, 1, 1, 2]))
        ),
        size=maybe(generator.choice(SIZES), 0.6),
        staff=maybe(float(generator.randrange(5000)), 0.6),
        values=tags(),
        sectors=tags(),
        links=frozenset({f"o{generator.randrange(count)}"}),
        open_to=maybe(frozenset(t for t in TYPES if generator.random() < 0.8), 0.5),
        general_interest=generator.choice([True, False, None]),
        model=maybe(generator.choice(MODELS), 0.5),
        maturity=maybe(generator.randrange(4), 0.5),
        phase=maybe(generator.choice(PHASES), 0.5),
        excluded_kinds=frozenset({generator.choice(KINDS)})
        if generator.random() < 0.1
        else frozenset(),
        excluded_sectors=frozenset({generator.choice(TAGS)})
        if generator.random() < 0.1
        else frozenset(),
        excluded_organisations=frozenset({f"o{generator.randrange(count)}"})
        if generator.random() < 0.2
        else frozenset(),
        solicitations=generator.randrange(3),
    )


def _square(generator):
    cuts = sorted(generator.choices(range(101), k=3))
    return tuple(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
