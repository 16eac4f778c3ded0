"""Distances on the globe. Pure: no Django, no I/O."""

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid (IUGG)
POLE_DEG = 90.0
MERIDIAN_DEG = 180.0


@dataclass(frozen=True)
class Box:
    """Bounds in degrees, WGS 84; every point of a circle lies within its box."""

    south_deg: float
    north_deg: float
    west_deg: float
    east_deg: float


def great_circle_km(
    latitude_a_deg: float,
    longitude_a_deg: float,
    latitude_b_deg: float,
    longitude_b_deg: float,
) -> float:
    """Return the great-circle distance between two points, in kilometres.

    The haversine formula, on a sphere of mean radius: within 0.6 % of the geodesic.

    Examples
    --------
    >>> round(great_circle_km(48.8566, 2.3522, 43.2965, 5.3698))  # Paris, Marseille
    660
    """
    latitude_a, latitude_b = math.radians(latitude_a_deg), math.radians(latitude_b_deg)
    half_latitude = (latitude_b - latitude_a) / 2
    half_longitude = math.radians(longitude_b_deg - longitude_a_deg) / 2
    chord = (
        math.sin(half_latitude) ** 2
        + math.cos(latitude_a) * math.cos(latitude_b) * math.sin(half_longitude) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def bounding_box(latitude_deg: float, longitude_deg: float, *, radius_km: float) -> Box:
    """Return bounds that hold every point within ``radius_km`` of a centre.

    Near a pole or the 180th meridian the box spans every longitude, so that it is
    never too small.

    Raises
    ------
    ValueError
        If ``radius_km`` is negative or not a number.

    Examples
    --------
    >>> box = bounding_box(47.0, -1.5, radius_km=111.195)
    >>> round(box.south_deg, 2), round(box.north_deg, 2), round(box.west_deg, 2)
    (46.0, 48.0, -2.97)
    """
    if not radius_km >= 0:
        message = f"radius_km must be zero or more, got {radius_km}"
        raise ValueError(message)
    angle = radius_km / EARTH_RADIUS_KM
    south = latitude_deg - math.degrees(angle)
    north = latitude_deg + math.degrees(angle)
    if max(-south, north) >= POLE_DEG:
        south, north = max(south, -POLE_DEG), min(north, POLE_DEG)
        return Box(south, north, -MERIDIAN_DEG, MERIDIAN_DEG)
    width_deg = math.degrees(
        math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(latitude_deg))))
    )
    west, east = longitude_deg - width_deg, longitude_deg + width_deg
    if max(-west, east) > MERIDIAN_DEG:
        return Box(south, north, -MERIDIAN_DEG, MERIDIAN_DEG)
    return Box(south, north, west, east)
