"""The real file, and a row to vary one thing at a time."""

import csv
from functools import cache
from pathlib import Path

from matching.evaluation import study_of

FILE = Path(__file__).parents[3] / "portal" / "data" / "partnerships.csv"


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def study():
    return study_of(rows())


def row(**changes):
    return {
        "id": "T001",
        "association": "Mobilité pour tous",
        "company": "Garages Réunis",
        "local_authority": "",
        "other_partners": "",
        "territory": "Isère",
        "domains": "mobility;employment",
        "type": "patronage",
        "association_brings": "connaissance des publics fragiles",
        "company_brings": "soutien financier",
        "association_seeks": "moyens",
        "company_seeks": "diminuer ses coûts",
        "source": "S1",
        "certainty": "partners=stated;type=stated",
    } | changes
