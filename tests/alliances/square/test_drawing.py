import math

import pytest
from hypothesis import given

from alliances.square.drawing import CENTRE, figure, spread, weights_or_none
from alliances.square.geometry import Corner, Point, Weights
from tests.alliances.square.test_geometry import squares


@given(squares())
def test_the_areas_of_the_four_tiles_add_up_to_one_quadrant(weights):
    area = sum(tile.side**2 for tile in figure(weights).tiles)

    assert math.isclose(area, CENTRE**2, rel_tol=1e-3)


@given(squares())
def test_every_tile_touches_the_centre_from_its_own_quadrant(weights):
    touching = {
        tile.corner: (
            math.isclose(tile.x, CENTRE)
            if tile.corner in {Corner.ECO, Corner.INN}
            else math.isclose(tile.x + tile.side, CENTRE, abs_tol=0.011),
            math.isclose(tile.y, CENTRE)
            if tile.corner in {Corner.STK, Corner.INN}
            else math.isclose(tile.y + tile.side, CENTRE, abs_tol=0.011),
        )
        for tile in figure(weights).tiles
    }

    assert touching == dict.fromkeys(Corner, (True, True))


def test_markers_that_would_hide_one_another_are_moved_apart():
    placed = spread([Point(300, 100)] * 3, least=26)

    assert placed == [Point(300, 100), Point(274, 100), Point(248, 100)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (None, None),
        ((10, 70, 10, 10), Weights(10, 70, 10, 10)),
        (Weights(25, 25, 25, 25), Weights(25, 25, 25, 25)),
    ],
)
def test_what_a_model_holds_becomes_weights(values, expected):
    assert weights_or_none(values) == expected
