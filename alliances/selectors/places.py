"""Where organisations are, for the directory: communes around a place, distances."""

import math

from django.db.models import Case, ExpressionWrapper, F, FloatField, Q, Value, When
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from territories.geo import EARTH_RADIUS_KM, bounding_box, great_circle_km
from territories.models import Containment, Territory


def has_coordinates(territory: Territory) -> bool:
    return territory.latitude_deg is not None and territory.longitude_deg is not None


def is_everywhere(territory: Territory) -> bool:
    """Tell whether ``territory`` holds every place, so that it filters nothing."""
    return territory.kind == Territory.Kind.COUNTRY


def communes_around(territory: Territory, radius_km: int | None) -> frozenset[int]:
    """Return the communes of ``territory``, and those within ``radius_km`` of it.

    The radius is counted from the centre of the territory.
    """
    inside = Containment.objects.filter(territory=territory)
    communes = frozenset(inside.values_list("commune", flat=True))
    if radius_km is None or not has_coordinates(territory):
        return communes
    return communes | _within(territory, radius_km)


def _within(centre: Territory, radius_km: int) -> frozenset[int]:
    latitude_deg, longitude_deg = centre.latitude_deg or 0, centre.longitude_deg or 0
    box = bounding_box(latitude_deg, longitude_deg, radius_km=radius_km)
    near = Territory.objects.of_kind(Territory.Kind.COMMUNE).filter(
        latitude_deg__range=(box.south_deg, box.north_deg),
        longitude_deg__range=(box.west_deg, box.east_deg),
    )
    return frozenset(
        pk
        for pk, latitude, longitude in near.values_list(
            "pk", "latitude_deg", "longitude_deg"
        )
        if great_circle_km(latitude_deg, longitude_deg, latitude, longitude)
        <= radius_km
    )


def distance_km(territory: Territory, centre: Territory) -> float | None:
    """Return the distance between two places, or None when one has no centre."""
    if not (has_coordinates(territory) and has_coordinates(centre)):
        return None
    return great_circle_km(
        centre.latitude_deg or 0,
        centre.longitude_deg or 0,
        territory.latitude_deg or 0,
        territory.longitude_deg or 0,
    )


def seat_distance(centre: Territory) -> ExpressionWrapper:
    """Return the SQL distance from ``centre`` to the seat, NULL when it is unknown."""
    latitude, longitude = "seat__latitude_deg", "seat__longitude_deg"
    centre_latitude = math.radians(centre.latitude_deg or 0)
    centre_longitude = math.radians(centre.longitude_deg or 0)
    half_latitude = (Radians(F(latitude)) - centre_latitude) / 2.0
    half_longitude = (Radians(F(longitude)) - centre_longitude) / 2.0
    chord = Power(Sin(half_latitude), 2) + (
        math.cos(centre_latitude)
        * Cos(Radians(F(latitude)))
        * Power(Sin(half_longitude), 2)
    )
    distance = 2 * EARTH_RADIUS_KM * ASin(Sqrt(Least(chord, Value(1.0))))
    return ExpressionWrapper(
        Case(When(Q(**{f"{latitude}__isnull": False}), then=distance)),
        output_field=FloatField(),
    )
