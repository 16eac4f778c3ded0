"""Territory references of a file to places of the base, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from territories.models import FormerCode, Territory

Kind = Territory.Kind
KINDS_OF_PREFIX = {
    "FR": (Kind.COUNTRY,),
    "REG": (Kind.REGION, Kind.COLLECTIVITY),
    "DEP": (Kind.DEPARTMENT, Kind.COLLECTIVITY),
    "EPCI": (Kind.EPCI,),
    "EPT": (Kind.EPT,),
    "COM": (Kind.COMMUNE,),
    "PRJ": (Kind.PROJECT,),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A territory, and whether the reference is that of a former one."""

    territory: Territory
    is_former: bool


def resolve_references(references: Iterable[str]) -> dict[str, Place]:
    """Return the place of each known reference."""
    wanted = set(references)
    found = _current(wanted)
    return found | _former(wanted - set(found))


def _current(references: set[str]) -> dict[str, Place]:
    codes = {_code(reference) for reference in references}
    territories = Territory.objects.filter(code__in=codes).select_related("successor")
    by_kind = {(each.kind, each.code): each for each in territories}
    found = {}
    for reference in references:
        for kind in KINDS_OF_PREFIX[reference.partition("-")[0]]:
            if territory := by_kind.get((kind, _code(reference))):
                found[reference] = _in_force(territory)
    return found


def _in_force(territory: Territory) -> Place:
    if territory.valid_until is not None and territory.successor is not None:
        return Place(territory.successor, is_former=True)
    return Place(territory, is_former=False)


def _former(references: set[str]) -> dict[str, Place]:
    codes = {_code(each) for each in references if each.startswith("COM-")}
    if not codes:
        return {}
    rows = FormerCode.objects.filter(code__in=codes).select_related("territory")
    return {f"COM-{row.code}": Place(row.territory, is_former=True) for row in rows}


def _code(reference: str) -> str:
    return reference.partition("-")[2] or "FR"
