"""The levels of the country, for browsing: a reading order, not a containment tree."""

from dataclasses import dataclass

from django.db.models import Min

from territories.models import Containment, Territory


@dataclass(frozen=True)
class Division:
    """A région with its départements."""

    region: Territory
    departments: tuple[Territory, ...]


@dataclass(frozen=True)
class Divisions:
    """What the page of territories shows."""

    regions: tuple[Division, ...]
    collectivities: tuple[Territory, ...]
    projects: tuple[Territory, ...]


def divisions() -> Divisions:
    """Return the régions, the overseas collectivités, the territories of project."""
    territories = Territory.objects.current().order_by("search_key")
    departments = _departments_by_region()
    regions = territories.of_kind(Territory.Kind.REGION)
    return Divisions(
        tuple(
            Division(region, tuple(departments.get(region.pk, ())))
            for region in regions
        ),
        tuple(territories.of_kind(Territory.Kind.COLLECTIVITY)),
        tuple(territories.of_kind(Territory.Kind.PROJECT)),
    )


def _departments_by_region() -> dict[int, list[Territory]]:
    """Return the départements of each région, told by one commune of each."""
    inside = Containment.objects.filter(territory__kind=Territory.Kind.DEPARTMENT)
    witnesses = inside.values("territory").annotate(commune=Min("commune"))
    department_of = {row["commune"]: row["territory"] for row in witnesses}
    regions = Containment.objects.filter(
        territory__kind=Territory.Kind.REGION, commune__in=department_of
    )
    departments = Territory.objects.in_bulk(list(department_of.values()))
    found: dict[int, list[Territory]] = {}
    for containment in regions:
        department = departments[department_of[containment.commune_id]]
        found.setdefault(containment.territory_id, []).append(department)
    for listed in found.values():
        listed.sort(key=lambda department: department.code)
    return found
