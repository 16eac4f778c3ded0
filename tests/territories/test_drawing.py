import re

import pytest

from territories.drawing import HEIGHT, WIDTH, fitted, france, path
from territories.vintage import Vintage

MAX_INLINE_BYTES = 45_000


def test_the_map_of_france_fits_its_budget_and_its_frame():
    drawing = france(Vintage().text("country_map"))
    starts = [
        (int(x), int(y))
        for shape in drawing.regions
        for x, y in re.findall(r"M([0-9]+) ([0-9]+)", shape.path)
    ]

    assert len(drawing.regions) == 18
    assert sum(shape.frame_left is not None for shape in drawing.regions) == 5
    assert len(drawing.borders) + sum(len(s.path) for s in drawing.regions) < (
        MAX_INLINE_BYTES
    )
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in starts)


def test_north_is_up_and_east_is_right():
    project = fitted([(0.0, 40.0), (10.0, 50.0)], left=0, width=100, height=100)
    (west, south), (east, north) = project((0.0, 40.0)), project((10.0, 50.0))

    assert west < east
    assert north < south


def test_a_path_leaves_out_points_that_do_not_move():
    def project(point):
        return round(point[0]), round(point[1])

    square = [(0.0, 0.0), (0.1, 0.0), (5.0, 0.0), (5.0, 5.0), (0.0, 0.0)]

    assert path([square], project) == "M0 0l5 0 0 5z"
    assert path([[(1.0, 1.0), (1.1, 1.1)]], project) == ""


def test_a_frame_needs_a_point():
    with pytest.raises(ValueError, match="no point"):
        fitted([], left=0, width=10, height=10)
