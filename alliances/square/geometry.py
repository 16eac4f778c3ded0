"""Geometry of the square of objectives: weights, barycentre, and the way back.

Pure: no Django, no clock, no I/O. A square is four non-negative integers that sum to
100, one per objective (« Coopérer efficacement », ORSE and Le RAMEAU, 2023, part 1:
« carré magique »). The four objectives stand on two axes, each from −100 to +100:

* ``x``, the stake: mobilisation (−) to performance (+);
* ``y``, the target: the organisation (−) to its ecosystem (+).

Drawn with ``y`` downwards, as on a screen, the corners never move::

    HR  organisation × mobilisation   |   ECO organisation × performance
    ----------------------------------+---------------------------------
    STK ecosystem × mobilisation      |   INN ecosystem × performance

``static/js/square.js`` repeats :func:`barycentre`, :func:`weights_at` and
:func:`scaled_to_total`; a browser test compares the two on the same values.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

TOTAL = 100
AXIS_LIMIT = 100
# DESIGN: below this distance from the centre, an axis is called balanced; above the
# second, it is called clearly on one side.
SLIGHT_LEAN = 10
CLEAR_LEAN = 40


class Corner(StrEnum):
    """The four objectives, in the order in which weights are stored."""

    HR = "hr"
    STK = "stk"
    ECO = "eco"
    INN = "inn"


# Where each objective stands: (x, y) in {−1, +1}².
SIDES: dict[Corner, tuple[int, int]] = {
    Corner.HR: (-1, -1),
    Corner.STK: (-1, 1),
    Corner.ECO: (1, -1),
    Corner.INN: (1, 1),
}


class Lean(StrEnum):
    """How far the barycentre is from the middle of one axis."""

    BALANCED = "balanced"
    SLIGHT = "slight"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the square; both coordinates in [−100, 100]."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Four non-negative integers that sum to 100.

    Raises
    ------
    ValueError
        If a weight is negative, or the four do not sum to 100.

    Examples
    --------
    >>> Weights(10, 70, 10, 10).stk
    70
    >>> Weights(10, 10, 10, 10)
    Traceback (most recent call last):
    ...
    ValueError: the four weights must sum to 100, got 40
    """

    hr: int
    stk: int
    eco: int
    inn: int

    def __post_init__(self) -> None:
        if min(self) < 0:
            message = f"a weight cannot be negative, got {min(self)}"
            raise ValueError(message)
        if sum(self) != TOTAL:
            message = f"the four weights must sum to {TOTAL}, got {sum(self)}"
            raise ValueError(message)

    def __iter__(self) -> Iterator[int]:
        return iter((self.hr, self.stk, self.eco, self.inn))

    def of(self, corner: Corner) -> int:
        """Return the weight of one objective."""
        return tuple(self)[list(Corner).index(corner)]


EVEN = Weights(25, 25, 25, 25)


def barycentre(weights: Weights) -> Point:
    r"""Return the centre of gravity of the four corners.

    .. math:: x = (ECO + INN) - (HR + STK), \quad y = (STK + INN) - (HR + ECO)

    Parameters
    ----------
    weights : Weights

    Returns
    -------
    Point
        Both coordinates are even integers in [−100, 100].

    Examples
    --------
    >>> barycentre(Weights(10, 70, 10, 10))
    Point(x=-60, y=60)
    """
    return Point(
        x=(weights.eco + weights.inn) - (weights.hr + weights.stk),
        y=(weights.stk + weights.inn) - (weights.hr + weights.eco),
    )


def weights_at(point: Point, *, previous: Weights = EVEN) -> Weights:
    r"""Return the weights whose barycentre is at ``point``, nearest to ``previous``.

    Several squares share one barycentre: with ``s`` the weight of the right side and
    ``b`` of the lower side, they are ``INN = t``, ``ECO = s − t``, ``STK = b − t``,
    ``HR = 100 − s − b + t``. The point is first moved to the nearest one that integers
    can reach (``s`` and ``b`` rounded, halves up); then ``t`` is the value that
    minimises the sum of squared differences with ``previous``; the four are rounded by
    largest remainder, ties going to HR then INN, which keeps the barycentre.

    Parameters
    ----------
    point : Point
        Taken back inside the square when it lies outside.
    previous : Weights, optional
        What the person had before moving the point.

    Returns
    -------
    Weights
        Its barycentre is within 1 of ``point`` on each axis, and no other square of
        integers with the same barycentre is nearer to ``previous``.

    Raises
    ------
    ValueError
        If a coordinate is not a finite number.

    Examples
    --------
    >>> weights_at(Point(0, 0))
    Weights(hr=25, stk=25, eco=25, inn=25)
    >>> weights_at(Point(100, 100), previous=Weights(100, 0, 0, 0))
    Weights(hr=0, stk=0, eco=0, inn=100)
    >>> weights_at(Point(20, 0), previous=Weights(40, 10, 10, 40))
    Weights(hr=35, stk=5, eco=15, inn=45)
    """
    if not (math.isfinite(point.x) and math.isfinite(point.y)):
        message = f"a point needs finite coordinates, got {point}"
        raise ValueError(message)
    right = _side_weight(point.x)
    lower = _side_weight(point.y)
    wished = (
        previous.inn
        + (right - previous.eco)
        + (lower - previous.stk)
        + (previous.hr - TOTAL + right + lower)
    ) / 4
    inn = min(max(wished, 0, right + lower - TOTAL), right, lower)
    whole = math.floor(inn + 0.5)
    return Weights(
        hr=TOTAL - right - lower + whole,
        stk=lower - whole,
        eco=right - whole,
        inn=whole,
    )


def _side_weight(coordinate: float) -> int:
    """Return the total weight of one side of an axis, from 0 to 100."""
    inside = min(max(coordinate, -AXIS_LIMIT), AXIS_LIMIT)
    return math.floor((TOTAL + inside) / 2 + 0.5)


def scaled_to_total(values: tuple[int, int, int, int]) -> Weights:
    """Scale four numbers so that they sum to 100, keeping their proportions.

    Parameters
    ----------
    values : tuple of four int
        Non-negative, in the order HR, STK, ECO, INN; four zeros give equal weights.

    Returns
    -------
    Weights
        By largest remainder; equal remainders go to the first in the order.

    Raises
    ------
    ValueError
        If a value is negative.

    Examples
    --------
    >>> scaled_to_total((10, 10, 10, 0))
    Weights(hr=34, stk=33, eco=33, inn=0)
    >>> scaled_to_total((0, 0, 0, 0))
    Weights(hr=25, stk=25, eco=25, inn=25)
    """
    if min(values) < 0:
        message = f"a weight cannot be negative, got {min(values)}"
        raise ValueError(message)
    total = sum(values)
    if total == 0:
        return EVEN
    whole = [TOTAL * value // total for value in values]
    remainders = [TOTAL * value % total for value in values]
    largest_first = sorted(range(4), key=lambda index: -remainders[index])
    for index in largest_first[: TOTAL - sum(whole)]:
        whole[index] += 1
    return Weights(*whole)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a square says, ready to be put in words.

    ``ranks`` lists the objectives by decreasing weight, those of equal weight
    together; ``stake`` and ``target`` are the leans of the two axes, whose direction
    is the sign of the barycentre.
    """

    ranks: tuple[tuple[int, tuple[Corner, ...]], ...]
    centre: Point
    stake: Lean
    target: Lean


def reading(weights: Weights) -> Reading:
    """Return the order of the objectives and the lean of each axis.

    Examples
    --------
    >>> told = reading(Weights(10, 70, 10, 10))
    >>> told.ranks[0]
    (70, (<Corner.STK: 'stk'>,))
    >>> told.stake, told.target
    (<Lean.CLEAR: 'clear'>, <Lean.CLEAR: 'clear'>)
    """
    centre = barycentre(weights)
    ranks = tuple(
        (weight, tuple(corner for corner in Corner if weights.of(corner) == weight))
        for weight in sorted(set(weights), reverse=True)
    )
    return Reading(ranks, centre, _lean(centre.x), _lean(centre.y))


def _lean(coordinate: float) -> Lean:
    distance = abs(coordinate)
    if distance < SLIGHT_LEAN:
        return Lean.BALANCED
    return Lean.SLIGHT if distance < CLEAR_LEAN else Lean.CLEAR


def drawn_at(point: Point, *, size: float, margin: float = 0.0) -> tuple[float, float]:
    """Return where ``point`` is drawn in a square of ``size``, y downwards.

    Parameters
    ----------
    point : Point
    size : float
        Side of the drawn square, in the units of the drawing.
    margin : float, optional
        What precedes it on the left and above, in the same units.

    Examples
    --------
    >>> drawn_at(Point(0, 100), size=200, margin=20)
    (120.0, 220.0)
    """
    scale = size / (2 * AXIS_LIMIT)
    return (
        round(margin + (point.x + AXIS_LIMIT) * scale, 2),
        round(margin + (point.y + AXIS_LIMIT) * scale, 2),
    )
