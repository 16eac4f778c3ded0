"""What the templates of the square draw: figures only, no word and no colour.

In each quadrant stands a smaller square that touches the centre; its area is
proportional to the weight, so that the four areas always add up to one quadrant.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from alliances.square.geometry import (
    SIDES,
    TOTAL,
    Corner,
    Point,
    Weights,
    barycentre,
    drawn_at,
)

SIZE = 320
CENTRE = SIZE / 2
LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of one objective, in the units of the drawing."""

    corner: Corner
    weight: int
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawn square: its four tiles and its barycentre."""

    tiles: tuple[Tile, ...]
    marker_x: float
    marker_y: float


def figure(weights: Weights) -> Figure:
    """Return where the tiles and the barycentre of ``weights`` are drawn."""
    marker_x, marker_y = drawn_at(barycentre(weights), size=SIZE)
    tiles = tuple(_tile(corner, weights.of(corner)) for corner in Corner)
    return Figure(tiles, marker_x, marker_y)


def _tile(corner: Corner, weight: int) -> Tile:
    side = round(CENTRE * math.sqrt(weight / TOTAL), 2)
    right, lower = (sign > 0 for sign in SIDES[corner])
    return Tile(
        corner=corner,
        weight=weight,
        x=CENTRE if right else round(CENTRE - side, 2),
        y=CENTRE if lower else round(CENTRE - side, 2),
        side=side,
    )


def weights_or_none(values: Sequence[int] | Weights | None) -> Weights | None:
    """Accept what models hold: four integers, or nothing."""
    if values is None or isinstance(values, Weights):
        return values
    return Weights(*values)


def spread(points: Sequence[Point], *, least: float) -> list[Point]:
    """Move apart the markers that would hide one another.

    Each marker keeps its place unless one before it stands nearer than ``least``; it
    is then moved to the right, or to the left near the edge, until it is free.
    """
    placed: list[Point] = []
    for point in points:
        step = least if point.x + least * len(points) <= SIZE else -least
        moved = point
        while any(math.dist(_xy(moved), _xy(other)) < least for other in placed):
            moved = Point(moved.x + step, moved.y)
        placed.append(moved)
    return placed


def _xy(point: Point) -> tuple[float, float]:
    return (point.x, point.y)
