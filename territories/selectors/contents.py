"""What a territory is part of, and what it is made of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from territories.models import Containment, Territory, TerritoryQuerySet
from territories.references import department_code

GROUPS = (
    Territory.Kind.REGION,
    Territory.Kind.DEPARTMENT,
    Territory.Kind.COLLECTIVITY,
    Territory.Kind.EPCI,
    Territory.Kind.EPT,
    Territory.Kind.PROJECT,
)
_RANK = {kind: rank for rank, kind in enumerate((Territory.Kind.COUNTRY, *GROUPS))}


@dataclass(frozen=True)
class Overlap:
    """A territory and the communes that it shares with the one that is shown."""

    territory: Territory
    shared_count: int
    commune_count: int

    @property
    def is_partial(self) -> bool:
        """Tell whether it reaches beyond the territory that is shown."""
        return self.shared_count < self.commune_count


@dataclass(frozen=True)
class Contents:
    """Where a territory stands among the others.

    ``around`` hold the whole of it, the widest first; ``inside`` share some of its
    communes only, grouped by kind in the order of ``GROUPS``.
    """

    commune_count: int
    around: tuple[Territory, ...]
    inside: tuple[Overlap, ...]


def contents(territory: Territory) -> Contents:
    """Compare ``territory`` with every grouping that shares a commune with it."""
    mine = Containment.objects.filter(territory=territory)
    commune_count = mine.count()
    if territory.kind == Territory.Kind.COUNTRY:
        return Contents(commune_count, (), _wholes())
    shared = _shared(territory, mine.values("commune"))
    others = Territory.objects.current().in_bulk(list(shared))
    totals = _commune_counts(list(others))
    overlaps = sorted(
        (Overlap(others[pk], shared[pk], totals[pk]) for pk in others), key=_order
    )
    around = [item for item in overlaps if item.shared_count == commune_count]
    inside = [item for item in overlaps if item.shared_count < commune_count]
    return Contents(
        commune_count, tuple(item.territory for item in around), tuple(inside)
    )


def parts(territory: Territory) -> TerritoryQuerySet:
    """Return what its map shows and its list names, in alphabetical order.

    The country has its régions and overseas collectivités, a région its
    départements, the others their communes; a commune is shown among its neighbours
    of the same intercommunalité.
    """
    current = Territory.objects.current().order_by("search_key", "code")
    if territory.kind == Territory.Kind.COUNTRY:
        return current.of_kind(Territory.Kind.REGION, Territory.Kind.COLLECTIVITY)
    shown = surroundings(territory) if is_commune(territory) else territory
    communes = Containment.objects.filter(territory=shown).values("commune")
    if territory.kind == Territory.Kind.REGION:
        departments = Containment.objects.filter(
            territory__kind=Territory.Kind.DEPARTMENT, commune__in=communes
        )
        return current.filter(pk__in=departments.values("territory"))
    return current.filter(pk__in=communes)


def surroundings(commune: Territory) -> Territory:
    """Return its intercommunalité; its département when it belongs to none."""
    around = Territory.objects.current().containing(commune)
    epci = around.of_kind(Territory.Kind.EPCI).first()
    department = around.filter(
        kind__in=(Territory.Kind.DEPARTMENT, Territory.Kind.COLLECTIVITY),
        code=department_code(commune.code),
    )
    return epci or department.first() or commune


def is_commune(territory: Territory) -> bool:
    return territory.kind == Territory.Kind.COMMUNE


def _shared(territory: Territory, communes: "QuerySet[Containment, Any]") -> dict[int, int]:
    kinds = (Territory.Kind.COUNTRY, *GROUPS)
    rows = Containment.objects.filter(commune__in=communes, territory__kind__in=kinds)
    others = rows.exclude(territory=territory).values_list("territory")
    return dict(others.annotate(Count("commune")).order_by())


def _commune_counts(territories: list[int]) -> dict[int, int]:
    rows = Containment.objects.filter(territory__in=territories)
    counts = rows.values_list("territory").annotate(Count("commune"))
    return dict(counts.order_by())


def _wholes() -> tuple[Overlap, ...]:
    """Return the régions and the overseas collectivités, each whole."""
    kinds = (Territory.Kind.REGION, Territory.Kind.COLLECTIVITY)
    wholes = Territory.objects.current().of_kind(*kinds)
    counted = wholes.annotate(communes=Count(F("containments"))).order_by("search_key")
    return tuple(
        Overlap(territory, territory.communes, territory.communes)
        for territory in counted
    )


def _order(item: Overlap) -> tuple[int, str]:
    kind = Territory.Kind(item.territory.kind)
    return _RANK[kind], item.territory.search_key
