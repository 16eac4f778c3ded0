"""Where the invented organisations have their seat: real communes of six régions."""

import csv
import gzip
import random
from dataclasses import dataclass
from pathlib import Path

COMMUNES = Path("territories/data/communes_2026.csv.gz")
MIN_POPULATION = 900
# Around which intercommunalités, and how much; the rest of the départements follows.
EPCI_WEIGHTS = {
    "244400644": 7,  # Saint-Nazaire
    "244400404": 8,  # Nantes
    "200067635": 4,  # Clisson
    "200071678": 4,  # Cholet
    "200070373": 4,  # Loir – Lucé – Bercé
    "200073112": 4,  # Sud Sarthe
    "247200348": 4,  # Pays fléchois
    "200054807": 14,  # Aix – Marseille
    "248400251": 4,  # Avignon
    "248300543": 5,  # Toulon
    "246700488": 8,  # Strasbourg
    "200066009": 4,  # Mulhouse
    "245400676": 5,  # Nancy
    "200093201": 12,  # Lille
    "200039865": 4,  # Metz
    "246200364": 4,  # Lens – Liévin
    "248000531": 4,  # Amiens
    "249740119": 4,  # La Réunion: Nord, Est, Territoire de la Côte Ouest, Sud
    "249740093": 3,
    "249740101": 4,
    "249740077": 3,
    "249740085": 4,
    "200046977": 10,  # Lyon
    "244200770": 5,  # Saint-Étienne
    "200040715": 5,  # Grenoble
    "200068781": 4,  # Valence
}
DEPARTMENT_WEIGHTS = {
    "44": 3,
    "72": 2,
    "49": 2,
    "13": 2,
    "04": 3,
    "05": 2,
    "88": 3,
    "67": 2,
    "62": 2,
    "59": 2,
    "42": 2,
    "07": 3,
    "974": 1,
}


@dataclass(frozen=True)
class Commune:
    """A commune, and the codes of what contains it."""

    code: str
    name: str
    epci: str
    department: str
    region: str
    population: int

    def reference(self, level: str) -> str:
        """Return the territory reference of this level; empty for no level."""
        return {
            "commune": f"COM-{self.code}",
            "epci": f"EPCI-{self.epci}",
            "department": f"DEP-{self.department}",
            "region": f"REG-{self.region}",
            "country": "FR",
            "": "",
        }[level]


class Communes:
    """The communes to draw from, near each other so that pairs can meet."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.names = {row["nom"] for row in rows}
        groups: dict[str, list[Commune]] = {}
        for row in rows:
            group = row["epci"] if row["epci"] in EPCI_WEIGHTS else row["dep"]
            commune = commune_of(row)
            if commune and group in EPCI_WEIGHTS | DEPARTMENT_WEIGHTS:
                groups.setdefault(group, []).append(commune)
        self.groups = groups
        weights = EPCI_WEIGHTS | DEPARTMENT_WEIGHTS
        self.weights = [weights[group] for group in groups]

    @classmethod
    def of_the_demonstration(cls) -> "Communes":
        """Read the reference geography of the repository."""
        with gzip.open(COMMUNES, "rt", encoding="utf-8") as file:
            return cls(list(csv.DictReader(file)))

    def drawn(self, draw: random.Random) -> Commune:
        """Return a commune, towns more often than villages."""
        group = draw.choices(list(self.groups.values()), self.weights)[0]
        return draw.choices(group, [each.population**0.5 for each in group])[0]


def commune_of(row: dict[str, str]) -> Commune | None:
    """Return the commune of a row, or None when it is too small or alone."""
    population = int(row["population"] or 0)
    if population < MIN_POPULATION or not row["epci"]:
        return None
    return Commune(
        code=row["code"],
        name=row["nom"],
        epci=row["epci"],
        department=row["dep"],
        region=row["reg"],
        population=population,
    )
