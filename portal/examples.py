"""Real partnerships, read once from a file. Pure: no Django, no clock.

What may be shown is said in portal/data/README.md: the rows whose partners and content
are known. A cell that is empty is unknown, never "none"; what the sources do not say
is labelled as the platform's own reading. Origin: ``data/README.md``.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "partnerships.csv"
# Fit to be shown to users without caveat (portal/data/README.md).
SHOWN = frozenset(
    [
        "P001",
        "P003",
        "P005",
        "P007",
        "P008",
        "P013",
        "P016",
        "P017",
        "P018",
        "P024",
        "P025",
        "P026",
        "P030",
        "P032",
        "P043",
        "P045",
        "P069",
    ]
)
UNTYPED = frozenset({"unspecified", ""})


@dataclass(frozen=True, slots=True)
class Source:
    """A publication; ``address`` is empty when it is not on the web."""

    title: str
    address: str = ""


# docs/sources.md.
SOURCES: Mapping[str, Source] = {
    "S0": Source("CFSI, « Réussir ses partenariats pluri-acteurs », 2018"),
    "S1": Source(
        "Le RAMEAU, « Co-construction en territoire », note du LH Forum, 2014-2015"
    ),
    "S2": Source("ORSE et Le RAMEAU, « Coopérer efficacement », 2023"),
    "S3": Source("JURIS associations, dossier « Alliances », 2018"),
    "W19": Source(
        "Damien Birambeau, Jaccede, cours « Les alliances qui changent les "
        "territoires », ESSEC et Le RAMEAU"
    ),
    "W55": Source("Veja, présentation du projet", "https://project.veja-store.com"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One party of a partnership: who, what it brings, what it was after."""

    label: str
    names: tuple[str, ...]
    brings: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One partnership, with what is certain and what is not.

    ``type`` is empty when no source gives it; ``is_type_proposed``,
    ``are_domains_proposed`` and ``are_seeks_proposed`` tell that the platform, not
    the source, says so.
    """

    slug: str
    sides: tuple[Side, ...]
    territory: str
    domains: tuple[str, ...]
    type: str
    is_type_proposed: bool
    are_domains_proposed: bool
    are_seeks_proposed: bool
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        """The first name of each kind of party; others when it stands alone."""
        main = [side for side in self.sides if side.label != "other"]
        shown = main if len(main) > 1 else self.sides
        names = [*shown[0].names[:2]] if len(shown) == 1 else []
        return " – ".join(names or [side.names[0] for side in shown])


@cache
def examples() -> tuple[Example, ...]:
    """Return the partnerships that may be shown, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            example_from(row) for row in csv.DictReader(file) if row["id"] in SHOWN
        )


def example_from(row: Mapping[str, str]) -> Example:
    """Return the example that a row of the file tells."""
    certainty = dict(
        part.partition("=")[::2] for part in row["certainty"].split(";") if "=" in part
    )
    is_typed = certainty["type"] != "unknown" and row["type"] not in UNTYPED
    return Example(
        slug=row["id"].lower(),
        sides=sides_of(row),
        territory=row["territory"],
        domains=values(row["domains"]),
        type=row["type"] if is_typed else "",
        is_type_proposed=certainty["type"] == "inferred",
        are_domains_proposed=certainty["domains"] == "inferred",
        are_seeks_proposed=certainty.get("seeks") == "inferred",
        sources=sources_of(row["source"]),
    )


def sides_of(row: Mapping[str, str]) -> tuple[Side, ...]:
    """Return the parties that the row names."""
    found = (
        Side(
            "association",
            values(row["association"]),
            values(row["association_brings"]),
            values(row["association_seeks"]),
        ),
        Side(
            "company",
            values(row["company"]),
            values(row["company_brings"]),
            values(row["company_seeks"]),
        ),
        Side("local_authority", values(row["local_authority"])),
        Side("other", values(row["other_partners"])),
    )
    return tuple(side for side in found if side.names)


def values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, in French typography.

    Examples
    --------
    >>> values("main-d'œuvre ; réseau")
    ('main-d’œuvre', 'réseau')
    >>> values("")
    ()
    """
    parts = (part.strip().replace("'", "’") for part in cell.split(";"))
    return tuple(part for part in parts if part)


def sources_of(cell: str) -> tuple[Source, ...]:
    """Return the publications cited by their codes, each once.

    Examples
    --------
    >>> [each.title[:9] for each in sources_of("S3 l.1-2; S2 l.3; S3 l.9")]
    ['JURIS ass', 'ORSE et L']
    """
    codes = re.findall(r"\b[SW][0-9]+\b", cell)
    return tuple(SOURCES[code] for code in dict.fromkeys(codes) if code in SOURCES)


def filtered(*, domain: str = "", type_: str = "") -> list[Example]:
    """Return the examples of a domain and of a type; all of them without."""
    return [
        each
        for each in examples()
        if (not domain or domain in each.domains) and (not type_ or type_ == each.type)
    ]


def example_of(slug: str) -> Example | None:
    """Return the example of this address, or None."""
    return next((each for each in examples() if each.slug == slug), None)
