"""From the files of a vintage to territories and their communes. Pure: no Django."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from territories.search_text import search_key
from territories.vintage import Commune, Group, Petr, Vintage, VintageError

COUNTRY_NAME = "France"
CODE_LENGTH = 60  # characters, as stored

# A grouping may belong to a PETR for a part of its communes only, which the file of
# memberships does not say. DESIGN: the sum of the members must agree with the
# population that BANATIC gives to the PETR, within 20 %; otherwise its communes are
# not known and it is left out (docs/decisions/0040).
PETR_POPULATION_TOLERANCE = 0.2


@dataclass(frozen=True)
class Place:
    """A territory to store, with the codes of its communes."""

    kind: str
    code: str
    name: str
    communes: tuple[str, ...]
    population: int | None
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    postal_codes: tuple[str, ...] = field(default=())


def places(vintage: Vintage) -> list[Place]:
    """Assemble every territory of ``vintage``.

    Returns
    -------
    list of Place
        The country, the régions, the départements and overseas collectivités, the
        EPCI, the EPT, the PETR whose communes are known, then the communes, each of
        which contains itself. The population of a territory is the sum of its
        communes', all of the same year; the centre of one without coordinates of its
        own is the mean of its communes' weighted by population.

    Raises
    ------
    VintageError
        If a grouping names a commune that is not in force.
    """
    communes = {commune.code: commune for commune in vintage.communes()}
    epcis = vintage.epcis()
    groups = [
        ("country", Group("FR", COUNTRY_NAME, tuple(communes))),
        *_divisions(vintage, communes.values()),
        *(("epci", group) for group in epcis),
        *(("ept", group) for group in vintage.epts()),
        *(("project", group) for group in _projects(vintage.petrs(), epcis, communes)),
    ]
    return [
        *(_place(kind, group, communes) for kind, group in groups),
        *map(_commune_place, communes.values()),
    ]


def slug(name: str) -> str:
    """Return ``name`` in lower-case ASCII words joined by hyphens, bounded.

    Examples
    --------
    >>> slug("Pays de Saint-Étienne – Cœur d’Ardenne")
    'pays-de-saint-etienne-coeur-d-ardenne'
    """
    words = search_key(name).split()
    while len("-".join(words)) > CODE_LENGTH:
        words.pop()
    return "-".join(words)


def _divisions(
    vintage: Vintage, communes: Iterable[Commune]
) -> Iterator[tuple[str, Group]]:
    of_region: dict[str, list[str]] = {}
    of_department: dict[str, list[str]] = {}
    for commune in communes:
        of_region.setdefault(commune.region, []).append(commune.code)
        of_department.setdefault(commune.department, []).append(commune.code)
    for region in vintage.regions():
        if not region.is_collectivity:
            codes = tuple(of_region.get(region.code, ()))
            yield "region", Group(region.code, region.name, codes)
    for department in vintage.departments():
        kind = "collectivity" if department.is_collectivity else "department"
        codes = tuple(of_department.get(department.code, ()))
        yield kind, Group(department.code, department.name, codes)


def _projects(
    petrs: Iterable[Petr], epcis: Iterable[Group], communes: dict[str, Commune]
) -> Iterator[Group]:
    by_siren = {epci.code: epci.communes for epci in epcis}
    for petr in petrs:
        codes = tuple(
            code for siren in petr.members for code in by_siren.get(siren, ())
        )
        population = sum(communes[code].population or 0 for code in codes)
        if _agrees(population, petr.population):
            name = re.sub(r'"([^"]*)"', r"« \1 »", petr.name)
            yield Group(slug(name), name, codes)


def _agrees(population: int, expected: int | None) -> bool:
    return bool(expected) and math.isclose(
        population / (expected or 1), 1, abs_tol=PETR_POPULATION_TOLERANCE
    )


def _place(kind: str, group: Group, communes: dict[str, Commune]) -> Place:
    unknown = [code for code in group.communes if code not in communes]
    if unknown:
        message = f"{kind} {group.code} names communes not in force: {unknown[:5]}"
        raise VintageError(message)
    members = [communes[code] for code in group.communes]
    centre = (group.latitude_deg, group.longitude_deg)
    return Place(
        kind,
        group.code,
        group.name,
        group.communes,
        sum(commune.population or 0 for commune in members) or None,
        *(centre if None not in centre or kind == "country" else _centre(members)),
    )


def _commune_place(commune: Commune) -> Place:
    return Place(
        "commune",
        commune.code,
        commune.name,
        (commune.code,),
        commune.population,
        commune.latitude_deg,
        commune.longitude_deg,
        commune.postal_codes,
    )


def _centre(communes: list[Commune]) -> tuple[float | None, float | None]:
    """Return the mean of the centroids, weighted by population."""
    known = [
        (commune.latitude_deg, commune.longitude_deg, commune.population or 1)
        for commune in communes
        if commune.latitude_deg is not None and commune.longitude_deg is not None
    ]
    total = sum(weight for _, _, weight in known)
    if not total:
        return None, None
    return (
        round(sum(latitude * weight for latitude, _, weight in known) / total, 4),
        round(sum(longitude * weight for _, longitude, weight in known) / total, 4),
    )
