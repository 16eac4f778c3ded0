"""Where organisations are, for the directory: communes around a place, distances."""

from typing import Any

from django.db.models import ExpressionWrapper, FloatField, QuerySet

from territories.geo import great_circle_km
from territories.models import Containment, Territory
from territories.models import distance_km as distance_expression
from territories.references import COUNTRY, department_code

# What a list or a page says of a place, and what a distance needs.
PLACE_FIELDS = ("kind", "code", "name", "latitude_deg", "longitude_deg")
# Identifiers of communes, known or still to be read.
Communes = frozenset[int] | QuerySet[Any, Any]


def has_coordinates(territory: Territory) -> bool:
    return territory.latitude_deg is not None and territory.longitude_deg is not None


def is_everywhere(territory: Territory) -> bool:
    """Tell whether ``territory`` holds every place, so that it filters nothing."""
    return territory.kind == Territory.Kind.COUNTRY


def communes_around(territory: Territory, radius_km: int | None) -> Communes:
    """Return the communes of ``territory``, and those within ``radius_km`` of it.

    The radius is counted from the centre of the territory. Without a radius they are
    a query, that the database joins rather than reads as a list.
    """
    inside = Containment.objects.filter(territory=territory).values("commune")
    if radius_km is None or not has_coordinates(territory):
        return inside
    communes = Territory.objects.of_kind(Territory.Kind.COMMUNE)
    near = communes.within_km(
        territory.latitude_deg or 0, territory.longitude_deg or 0, radius_km=radius_km
    )
    contained = inside.values_list("commune", flat=True)
    return frozenset(near.values_list("pk", flat=True)).union(contained)


def distance_km(territory: Territory, centre: Territory) -> float | None:
    """Return the distance between two places, or None when one has no centre."""
    degrees = (
        centre.latitude_deg,
        centre.longitude_deg,
        territory.latitude_deg,
        territory.longitude_deg,
    )
    known = [value for value in degrees if value is not None]
    return great_circle_km(*known) if len(known) == len(degrees) else None


def seat_distance(centre: Territory) -> ExpressionWrapper:
    """Return the SQL distance from ``centre`` to the seat.

    An organisation without a seat is as far as can be: LEAST leaves NULL out.
    """
    formula = distance_expression(
        centre.latitude_deg or 0, centre.longitude_deg or 0, path="seat__"
    )
    return ExpressionWrapper(formula, output_field=FloatField())


def commune_named(words: tuple[str, ...]) -> tuple[Territory, tuple[str, ...]] | None:
    """Return the most populated commune that ``words`` name, and the other words."""
    spans = {
        " ".join([*article, *words[start:end]]): (start, end)
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
        for article in ((), ("la",), ("le",), ("les",))
    }
    communes = Territory.objects.current().of_kind(Territory.Kind.COMMUNE)
    named = communes.filter(search_key__in=spans).order_by("-population", "pk")
    place = named.first()
    if place is None:
        return None
    start, end = spans[place.search_key]
    return place, words[:start] + words[end:]


def map_reference(*places: Territory | None) -> str:
    """Return the territory to draw under ``places``: a département, or the country."""
    around = {_around(place) for place in places if place is not None}
    return around.pop() if len(around) == 1 else COUNTRY


def _around(place: Territory) -> str:
    """Return ``place`` when it has parts to draw, the département of a commune."""
    if place.kind != Territory.Kind.COMMUNE:
        return place.reference
    return f"DEP-{department_code(place.code)}"
