"""A synthetic population over the real communes: plausible, reproducible, fictitious.

Drawn from the archetypes of the demonstration; meant for measures, not for reading.
"""

import random
import tomllib
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import pgtrigger
from django.db import connection, transaction

from accounts.public_id import ALPHABET, LENGTH
from alliances.demonstration import FOLDER
from alliances.demonstration.generator.draws import drawn_staff, moved, some
from alliances.demonstration.generator.names import elided
from alliances.enums import Size, size_of
from alliances.models import Intention, Organisation
from alliances.models.intention import SQUARE_FIELDS, all_types
from alliances.services.statistics import update_statistics
from alliances.signals import intentions_changed
from territories.models import Containment, Territory

SOURCE = "seed"
BATCH = 2_000
LEVELS = {
    "epci": Territory.Kind.EPCI,
    "department": Territory.Kind.DEPARTMENT,
    "region": Territory.Kind.REGION,
    "country": Territory.Kind.COUNTRY,
}
Progress = Callable[[int, int], None]


class NoGeographyError(RuntimeError):
    """There is no commune to place organisations in."""


@dataclass(slots=True)
class Geography:
    """The communes, by weight, and the territories that contain each of them."""

    communes: list[tuple[int, str]]
    thresholds: list[float]
    containers: dict[int, dict[str, int]]

    @classmethod
    def loaded(cls, within: Territory | None = None) -> "Geography":
        """Read the communes of the base; a town weighs the root of its population."""
        found = Territory.objects.current().of_kind(Territory.Kind.COMMUNE)
        if within is not None:
            inside = Containment.objects.filter(territory=within)
            found = found.filter(pk__in=inside.values("commune"))
        rows = list(
            found.filter(population__gt=0)
            .order_by("code")
            .values_list("pk", "name", "population")
        )
        if not rows:
            raise NoGeographyError
        containers: dict[int, dict[str, int]] = defaultdict(dict)
        pairs = Containment.objects.filter(territory__kind__in=LEVELS.values())
        for commune, territory, kind in pairs.values_list(
            "commune_id", "territory_id", "territory__kind"
        ):
            containers[commune][kind] = territory
        return cls(
            communes=[(pk, name) for pk, name, _ in rows],
            thresholds=list(accumulate((count or 0) ** 0.5 for _, _, count in rows)),
            containers=containers,
        )

    def drawn(self, draw: random.Random) -> tuple[int, str]:
        """Return the primary key and the name of a commune."""
        return self.communes[
            bisect(self.thresholds, draw.random() * self.thresholds[-1])
        ]

    def territory(self, commune: int, level: str) -> int:
        """Return the territory of this level around a commune, or the commune."""
        return self.containers[commune].get(LEVELS.get(level, ""), commune)


@dataclass(slots=True)
class Drawn:
    """Rows of one batch, before their primary keys are known."""

    organisations: list[Organisation] = field(default_factory=list)
    intentions: list[Intention] = field(default_factory=list)
    archetypes: list[dict[str, Any]] = field(default_factory=list)
    perimeters: list[int] = field(default_factory=list)


@transaction.atomic
def seed_population(
    count: int,
    *,
    seed: int,
    territory: Territory | None = None,
    progress: Progress | None = None,
) -> int:
    """Replace the synthetic population by ``count`` organisations drawn from ``seed``.

    They settle in ``territory``, or anywhere. The same count, seed and geography give
    the same organisations, public identifiers included. No change of it is written
    down: nobody made any.
    """
    with pgtrigger.ignore():
        geography = Geography.loaded(territory)
        return _seed(count, geography, seed=seed, progress=progress)


def _seed(
    count: int, geography: Geography, *, seed: int, progress: Progress | None
) -> int:
    _remove(BATCH)
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    changed: list[int] = []
    for first in range(0, count, BATCH):
        batch = _drawn(range(first, min(first + BATCH, count)), geography, draw)
        changed += _store(batch, draw)
        if progress:
            progress(min(first + BATCH, count), count)
    update_statistics()
    intentions_changed.send(sender=seed_population, intention_ids=changed)
    return len(changed)


@transaction.atomic
def remove_population(batch: int = BATCH) -> int:
    """Delete the synthetic population and all that hangs from it."""
    with pgtrigger.ignore():
        return _remove(batch)


def _remove(batch: int) -> int:
    ids = list(Organisation.objects.filter(source=SOURCE).values_list("pk", flat=True))
    for first in range(0, len(ids), batch):
        Organisation.objects.filter(pk__in=ids[first : first + batch]).delete()
    return len(ids)


def _drawn(numbers: Iterable[int], geography: Geography, draw: random.Random) -> Drawn:
    archetypes = tomllib.loads(
        (FOLDER / "generator" / "archetypes.toml").read_text(encoding="utf-8")
    )["archetype"]
    nouns = (FOLDER / "generator" / "nouns.txt").read_text(encoding="utf-8").split("\n")
    shares = [each["share"] for each in archetypes]
    batch = Drawn()
    for number in numbers:
        archetype = draw.choices(archetypes, shares)[0]
        commune, town = geography.drawn(draw)
        name = elided(draw.choice(archetype["names"]), draw.choice(nouns[:-1]))
        batch.organisations.append(
            _organisation(number, f"{name} – {town}", commune, archetype, draw)
        )
        batch.intentions.append(_intention(archetype, draw))
        batch.archetypes.append(archetype)
        level = draw.choice(archetype["perimeter"])
        batch.perimeters.append(geography.territory(commune, level))
    return batch


def _organisation(
    number: int,
    name: str,
    commune: int,
    archetype: dict[str, Any],
    draw: random.Random,
) -> Organisation:
    staff = drawn_staff(archetype["staff"], draw)
    interest = draw.choice(archetype.get("general_interest", [""]))
    return Organisation(
        public_id=_public_id(draw),
        source=SOURCE,
        key=f"seed-{number:06}",
        name=name[:200],
        kind=archetype["kind"],
        sub_kind=archetype.get("sub_kind", ""),
        economic_model=archetype.get("model", ""),
        seat_id=commune,
        staff=staff,
        size=Size(size_of(staff)).value,
        general_interest={"yes": True, "no": False}.get(interest),
        maturity=draw.randint(*archetype["maturity"]),
        sectors=archetype.get("sectors", []),
        values=some(archetype["values"], draw, at_least=1),
        is_fictitious=True,
    )


def _public_id(draw: random.Random) -> str:
    first = draw.choice(ALPHABET[8:])
    return first + "".join(draw.choices(ALPHABET, k=LENGTH - 1))


def _intention(archetype: dict[str, Any], draw: random.Random) -> Intention:
    square = dict(zip(SQUARE_FIELDS, moved(archetype["square"], draw), strict=True))
    return Intention(
        public_id=_public_id(draw),
        is_default=True,
        types=archetype.get("types") or all_types(),
        phase=draw.choice(archetype.get("phase", [""])),
        **square,
    )


def _store(batch: Drawn, draw: random.Random) -> list[int]:
    Organisation.objects.bulk_create(batch.organisations)
    for organisation, intention in zip(
        batch.organisations, batch.intentions, strict=True
    ):
        intention.organisation = organisation
    Intention.objects.bulk_create(batch.intentions)
    _store_perimeters(batch)
    _store_aims(batch, draw)
    return [intention.pk for intention in batch.intentions]


def _store_perimeters(batch: Drawn) -> None:
    ids = [intention.pk for intention in batch.intentions]
    _insert(
        "INSERT INTO alliances_intention_perimeter (intention_id, territory_id)"
        " SELECT * FROM unnest(%s::bigint[], %s::bigint[])",
        [ids, batch.perimeters],
    )


def _store_aims(batch: Drawn, draw: random.Random) -> None:
    """Insert domains, needs and offers: one statement each, whatever their number."""
    domains: tuple[list[Any], ...] = ([], [], [])
    needs: tuple[list[Any], ...] = ([], [])
    offers: tuple[list[Any], ...] = ([], [])
    for intention, archetype in zip(batch.intentions, batch.archetypes, strict=True):
        for item in some(archetype["domains"], draw, at_least=2):
            domain, _, weight = item.partition(":")
            _append(domains, intention.pk, domain, int(weight))
        for means in some(archetype["needs"], draw, at_least=2):
            _append(needs, intention.pk, means)
        for means in some(archetype["offers"], draw, at_least=2):
            _append(offers, intention.pk, means)
    _insert(
        "INSERT INTO alliances_intentiondomain (intention_id, domain, weight)"
        " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::smallint[])",
        domains,
    )
    for table, rows in (("alliances_need", needs), ("alliances_offer", offers)):
        _insert(
            f"INSERT INTO {table} (intention_id, means, note, unit)"  # noqa: S608 - no input
            " SELECT id, means, '', '' FROM"
            " unnest(%s::bigint[], %s::text[]) AS line(id, means)",
            rows,
        )


def _append(columns: tuple[list[Any], ...], *values: object) -> None:
    for column, value in zip(columns, values, strict=True):
        column.append(value)


def _insert(statement: str, columns: Sequence[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
