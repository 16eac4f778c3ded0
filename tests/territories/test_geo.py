import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories.geo import EARTH_RADIUS_KM, bounding_box, great_circle_km

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
HALF_TURN_KM = math.pi * EARTH_RADIUS_KM


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_at_most_half_a_turn(a, b, c, d):
    there, back = great_circle_km(a, b, c, d), great_circle_km(c, d, a, b)

    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= HALF_TURN_KM + 1e-6


@given(latitudes, longitudes)
def test_a_place_is_at_no_distance_of_itself(latitude, longitude):
    assert great_circle_km(latitude, longitude, latitude, longitude) == 0


@given(latitudes, longitudes, latitudes, longitudes)
def test_the_haversine_agrees_with_the_angle_between_two_vectors(a, b, c, d):
    def vector(latitude, longitude):
        la, lo = math.radians(latitude), math.radians(longitude)
        return (math.cos(la) * math.cos(lo), math.cos(la) * math.sin(lo), math.sin(la))

    u, v = vector(a, b), vector(c, d)
    chord = math.dist(u, v)
    expected = 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2))

    assert great_circle_km(a, b, c, d) == pytest.approx(expected, abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes, st.floats(0, 3_000))
def test_a_box_leaves_out_nothing_of_its_circle(a, b, c, d, radius_km):
    box = bounding_box(a, b, radius_km=radius_km)
    is_inside = (
        box.south_deg - 1e-9 <= c <= box.north_deg + 1e-9
        and box.west_deg - 1e-9 <= d <= box.east_deg + 1e-9
    )

    assert is_inside or great_circle_km(a, b, c, d) > radius_km - 1e-6


@pytest.mark.parametrize("radius_km", [-1.0, math.nan])
def test_a_radius_that_means_nothing_is_refused(radius_km):
    with pytest.raises(ValueError, match="zero or more"):
        bounding_box(47.0, -1.5, radius_km=radius_km)
