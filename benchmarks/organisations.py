"""A synthetic population for the directory, drawn from a seed.

Organisations of every kind, in communes drawn by population, with one or two
intentions. Written in bulk, for measures only: the demonstration's population is
another command's.
"""

import random
from collections.abc import Iterator
from itertools import pairwise

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from alliances.enums import ActorKind, FragilityDomain, Means, PartnershipType, Size
from alliances.models import (
    Establishment,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Organisation,
)
from alliances.models.intention import SQUARE_FIELDS
from territories.models import Containment, Territory
from territories.selectors import resolve

BATCH = 2_000
KIND_WEIGHTS = (52, 26, 10, 4, 3, 3, 2)
PERIMETERS = (None, "commune", "epci", "department", "region", "country")
PERIMETER_WEIGHTS = (35, 10, 30, 16, 7, 2)
SUBJECTS = (
    "mobilité solidaire",
    "vélos",
    "jardins partagés",
    "insertion",
    "aide aux aînés",
    "numérique pour tous",
    "énergie citoyenne",
    "théâtre",
    "habitat",
    "réemploi",
    "santé au village",
    "école ouverte",
    "handicap et sport",
    "alimentation locale",
    "culture vivante",
    "menuiserie",
    "logistique",
    "services informatiques",
    "textile",
    "bâtiment",
)
FORMS = ("Ateliers", "Maison", "Réseau", "Compagnie", "Collectif", "Société", "Relais")
SENTENCES = (
    "Nous accompagnons des habitants du territoire dans leurs démarches.",
    "L’équipe réunit des salariés et des bénévoles de tous les âges.",
    "Nos ateliers sont ouverts chaque semaine aux familles.",
    "Nous cherchons des partenaires proches pour aller plus loin.",
    "La structure travaille avec les écoles, les mairies et les entreprises.",
    "Nous fabriquons, réparons et livrons dans tout le département.",
    "Les personnes éloignées de l’emploi y trouvent un métier.",
)


def populate(count: int, *, seed: int, kind: str = "", region: str = "") -> None:
    """Insert ``count`` organisations and what they are after.

    ``kind``: all of this kind; ``region``: all settled in this one.
    """
    draw = random.Random(seed)
    found = Territory.objects.of_kind("commune").exclude(population=None)
    if region:
        inside = Containment.objects.filter(territory=resolve(region).territory)
        found = found.filter(pk__in=inside.values("commune"))
    communes = list(found.order_by("pk").values_list("pk", "name", "population"))
    seats = draw.choices(communes, [row[2] for row in communes], k=count)
    containers = _containers({seat[0] for seat in seats})
    for start in range(0, count, BATCH):
        _insert(draw, seats[start : start + BATCH], containers, start, kind)


def _insert(draw, seats, containers, start, only) -> None:
    organisations = Organisation.objects.bulk_create(
        [
            _organisation(draw, seat, start + rank, only)
            for rank, seat in enumerate(seats)
        ]
    )
    intentions = Intention.objects.bulk_create(
        [
            intention
            for organisation in organisations
            for intention in _intentions(draw, organisation)
        ]
    )
    for model, field, codes in (
        (IntentionDomain, "domain", FragilityDomain.values),
        (Offer, "means", Means.values),
        (Need, "means", Means.values),
    ):
        model.objects.bulk_create(
            [
                model(intention=intention, **{field: code})
                for intention in intentions
                for code in draw.sample(codes, draw.randint(1, 4))
            ]
        )
    through = Intention.perimeter.through
    through.objects.bulk_create(
        [
            through(intention=intention, territory_id=territory)
            for intention in intentions
            for territory in _perimeter(draw, intention, containers)
        ]
    )
    Establishment.objects.bulk_create(
        [
            Establishment(organisation=organisation, commune_id=draw.choice(seats)[0])
            for organisation in draw.sample(organisations, len(organisations) // 20)
        ]
    )


def _organisation(draw, seat, rank, only) -> Organisation:
    commune, place, _population = seat
    return Organisation(
        source=f"mesure {only}".strip(),
        key=str(rank),
        name=f"{draw.choice(FORMS)} {draw.choice(SUBJECTS)} de {place} {rank}",
        kind=only or draw.choices(ActorKind.values, KIND_WEIGHTS)[0],
        summary=" ".join(draw.sample(SENTENCES, 3)) + f" {draw.choice(SUBJECTS)}.",
        seat_id=commune,
        size=draw.choice(["", *Size.values]),
        hidden_parts=draw.choices([[], ["places"], ["means", "size"]], (96, 2, 2))[0],
        is_fictitious=True,
    )


def _intentions(draw, organisation) -> Iterator[Intention]:
    for rank in range(draw.choices((1, 2), (9, 1))[0]):
        types = draw.sample(PartnershipType.values, draw.randint(1, 4))
        yield Intention(
            organisation=organisation,
            is_default=rank == 0,
            types=types,
            **_square(draw),
        )


def _square(draw) -> dict[str, int]:
    """Draw four weights that total 100, by fives."""
    cuts = [0, *sorted(draw.randint(0, 20) * 5 for _ in range(3)), 100]
    weights = (high - low for low, high in pairwise(cuts))
    return dict(zip(SQUARE_FIELDS, weights, strict=True))


def _perimeter(draw, intention, containers) -> list[int]:
    kind = draw.choices(PERIMETERS, PERIMETER_WEIGHTS)[0]
    found = containers[intention.organisation.seat_id].get(kind)
    return [found] if found else []


def _containers(communes) -> dict[int, dict[str, int]]:
    """Return, for each commune, one territory of each kind that holds it."""
    containers: dict[int, dict[str, int]] = {commune: {} for commune in communes}
    rows = Containment.objects.filter(commune__in=communes).values_list(
        "commune", "territory__kind", "territory"
    )
    for commune, kind, territory in rows:
        containers[commune][kind] = territory
    return containers
