"""From files to temporary tables: one COPY for each kind of row."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db import connection

from territories.assembly import Place
from territories.topology import Topology, geometry
from territories.vintage import FormerCommune, Vintage

TABLES = """
CREATE TEMPORARY TABLE staged_place (
  kind text, code text, name text, population integer,
  latitude_deg double precision, longitude_deg double precision, postal_codes text[],
  PRIMARY KEY (kind, code)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_containment (
  kind text, code text, commune text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_former_code (
  code text PRIMARY KEY, kind text, name text, successor text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_outline (
  kind text, code text, geometry text, PRIMARY KEY (kind, code)
) ON COMMIT DROP;
"""
DROP_TABLES = (
    "DROP TABLE staged_place, staged_containment, staged_former_code, staged_outline"
)
# The collections of the TopoJSON files: (role of the file, collection, kind).
OUTLINES = (
    ("commune_outlines", "communes", "commune"),
    ("group_outlines", "epci", "epci"),
    ("group_outlines", "ept", "ept"),
    ("group_outlines", "departements", "department"),
    ("group_outlines", "regions", "region"),
)
NULL = r"\N"  # no name or code is this

Row = tuple[Any, ...]


def create_tables() -> None:
    """Create the empty temporary tables, that last as long as the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)


def drop_tables() -> None:
    """Drop them, so that another loading of the same transaction can begin."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_TABLES)


def stage_places(places: list[Place]) -> None:
    """Fill ``staged_place`` and ``staged_containment``."""
    _copy("staged_place", map(_place_row, places))
    _copy(
        "staged_containment",
        (
            (place.kind, place.code, commune)
            for place in places
            for commune in place.communes
        ),
    )


def stage_former_codes(former: list[FormerCommune]) -> None:
    """Fill ``staged_former_code``."""
    rows = ((item.code, item.kind, item.name, item.successor) for item in former)
    _copy("staged_former_code", rows)


def stage_outlines(vintage: Vintage) -> None:
    """Fill ``staged_outline`` from the TopoJSON files that the vintage has."""
    topologies: dict[str, Topology] = {}
    for role, collection, kind in OUTLINES:
        if vintage.path(role) is None:
            continue
        if role not in topologies:
            topologies[role] = Topology(vintage.text(role))
        polygons = topologies[role].polygons(collection)
        rows = ((kind, code, geometry(shape)) for code, shape in polygons.items())
        _copy("staged_outline", rows)


def _place_row(place: Place) -> Row:
    return (
        place.kind,
        place.code,
        place.name,
        place.population,
        place.latitude_deg,
        place.longitude_deg,
        "{" + ",".join(place.postal_codes) + "}",
    )


def _copy(table: str, rows: Iterable[Row]) -> None:
    """Append ``rows`` to ``table``; None is NULL, an empty text stays one."""
    stream = io.StringIO()
    csv.writer(stream).writerows(map(_with_nulls, rows))
    stream.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {table} FROM STDIN (FORMAT csv, NULL '{NULL}')", stream
        )


def _with_nulls(row: Row) -> Row:
    return tuple(NULL if value is None else value for value in row)
