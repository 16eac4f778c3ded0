import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.square.geometry import (
    EVEN,
    Corner,
    Lean,
    Point,
    Weights,
    barycentre,
    drawn_at,
    reading,
    scaled_to_total,
    weights_at,
)


@st.composite
def squares(draw):
    first, second, third = sorted(draw(st.tuples(*[st.integers(0, 100)] * 3)))
    return Weights(first, second - first, third - second, 100 - third)


points = st.builds(
    Point,
    st.floats(-150, 150, allow_nan=False),
    st.floats(-150, 150, allow_nan=False),
)


def distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (Weights(100, 0, 0, 0), Point(-100, -100)),
        (Weights(0, 100, 0, 0), Point(-100, 100)),
        (Weights(0, 0, 100, 0), Point(100, -100)),
        (Weights(0, 0, 0, 100), Point(100, 100)),
        (Weights(20, 20, 50, 10), Point(20, -40)),
    ],
)
def test_each_objective_pulls_to_its_own_corner(weights, expected):
    assert barycentre(weights) == expected


@given(squares())
def test_a_barycentre_is_two_even_numbers_inside_the_square(weights):
    centre = barycentre(weights)

    assert (centre.x % 2, centre.y % 2) == (0, 0)
    assert max(abs(centre.x), abs(centre.y)) <= 100


@given(squares())
def test_a_square_left_in_place_is_given_back_unchanged(weights):
    assert weights_at(barycentre(weights), previous=weights) == weights


@given(points, squares())
def test_a_dragged_point_is_reached_within_one_on_each_axis(point, previous):
    reached = barycentre(weights_at(point, previous=previous))

    assert abs(reached.x - min(max(point.x, -100), 100)) <= 1
    assert abs(reached.y - min(max(point.y, -100), 100)) <= 1


@given(points, squares())
def test_no_other_square_at_that_place_is_nearer_to_the_previous_one(point, previous):
    chosen = weights_at(point, previous=previous)
    right, lower = chosen.eco + chosen.inn, chosen.stk + chosen.inn
    others = [
        (100 - right - lower + inn, lower - inn, right - inn, inn)
        for inn in range(max(0, right + lower - 100), min(right, lower) + 1)
    ]

    nearest = min(distance(other, previous) for other in others)
    assert distance(chosen, previous) == nearest


@pytest.mark.parametrize("point", [Point(math.nan, 0), Point(0, math.inf)])
def test_a_point_that_is_not_finite_is_refused(point):
    with pytest.raises(ValueError, match="finite"):
        weights_at(point)


@pytest.mark.parametrize("values", [(-1, 1, 50, 50), (25, 25, 25, 24)])
def test_four_weights_are_non_negative_and_sum_to_100(values):
    with pytest.raises(ValueError, match=r"negative|sum to 100"):
        Weights(*values)


@given(st.tuples(*[st.integers(0, 999)] * 4))
def test_scaling_keeps_proportions_within_one(values):
    scaled = scaled_to_total(values)
    total = sum(values)

    exact = [100 * value / total for value in values] if total else [25] * 4
    assert all(abs(a - b) < 1 for a, b in zip(scaled, exact, strict=True))


@given(squares())
def test_scaling_leaves_a_complete_square_alone(weights):
    assert scaled_to_total(tuple(weights)) == weights


def test_a_negative_number_cannot_be_scaled():
    with pytest.raises(ValueError, match="negative"):
        scaled_to_total((-1, 50, 50, 50))


def test_a_reading_ranks_the_objectives_and_says_where_they_lean():
    told = reading(Weights(20, 20, 50, 10))

    assert told.ranks == (
        (50, (Corner.ECO,)),
        (20, (Corner.HR, Corner.STK)),
        (10, (Corner.INN,)),
    )
    assert (told.stake, told.target) == (Lean.SLIGHT, Lean.CLEAR)


def test_an_even_square_leans_nowhere():
    told = reading(EVEN)

    assert (told.centre, told.stake, told.target) == (
        Point(0, 0),
        Lean.BALANCED,
        Lean.BALANCED,
    )


@given(squares())
def test_a_drawn_barycentre_stays_in_the_drawing(weights):
    x, y = drawn_at(barycentre(weights), size=320, margin=2)

    assert 2 <= x <= 322
    assert 2 <= y <= 322
