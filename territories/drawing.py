"""France drawn as SVG paths, overseas régions beside it. Pure: no Django.

Equirectangular projection, true at 46.5° N for the European part; each overseas région
has its own frame and its own scale (a map to choose from, not to measure on).
"""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from territories.topology import Point, Ring, Topology

WIDTH, MAP_HEIGHT, FRAME = 1000, 1010, 184
NAME_HEIGHT = 36  # for the name under a frame
HEIGHT = MAP_HEIGHT + FRAME + NAME_HEIGHT
MARGIN = 14
OVERSEAS = ("01", "02", "03", "04", "06")  # codes of the régions, in reading order
EUROPE_WEST_DEG = (
    -6.0
)  # everything east of it and north of 40° is drawn on the main map
EUROPE_SOUTH_DEG = 40.0


@dataclass(frozen=True)
class RegionShape:
    """The SVG path data of one région; where its frame is when it has one."""

    code: str
    path: str
    frame_left: int | None = None


@dataclass(frozen=True)
class FranceDrawing:
    """What the template draws, in the units of its ``viewBox``.

    ``borders`` is one path of the limits of the départements.
    """

    regions: tuple[RegionShape, ...]
    borders: str


@dataclass(frozen=True)
class Projection:
    """From degrees to the units of a drawing."""

    west_deg: float
    north_deg: float
    units_per_degree: float
    squeeze: float
    left: float
    top: float

    def __call__(self, point: Point) -> tuple[int, int]:
        """Return the whole units of ``point`` (longitude, latitude)."""
        longitude_deg, latitude_deg = point
        scale = self.units_per_degree
        return (
            round(self.left + (longitude_deg - self.west_deg) * self.squeeze * scale),
            round(self.top + (self.north_deg - latitude_deg) * scale),
        )


def france(text: str) -> FranceDrawing:
    """Draw the country from a TopoJSON of its ``regions`` and ``departements``.

    Returns
    -------
    FranceDrawing
        With the European régions first, then the overseas ones in their frames.
    """
    topology = Topology(text)
    regions = topology.polygons("regions")
    rings = {
        code: [ring for part in shape for ring in part]
        for code, shape in regions.items()
    }
    europe = {code: shape for code, shape in rings.items() if code not in OVERSEAS}
    project = fitted(
        (point for shape in europe.values() for ring in shape for point in ring),
        left=0,
        width=WIDTH,
        height=MAP_HEIGHT,
    )
    shapes = [RegionShape(code, path(shape, project)) for code, shape in europe.items()]
    for position, code in enumerate(code for code in OVERSEAS if code in rings):
        left = position * (WIDTH - FRAME) // (len(OVERSEAS) - 1)
        shapes.append(RegionShape(code, _framed(rings[code], left), left))
    borders = path(filter(_is_european, topology.arcs), project, closed=False)
    return FranceDrawing(tuple(shapes), borders)


def fitted(
    points: Iterable[Point], *, left: float, width: float, height: float, top: float = 0
) -> Projection:
    """Return the projection that fits ``points`` within a frame, centred, with margins.

    Raises
    ------
    ValueError
        If there are no points.
    """
    known = list(points)
    if not known:
        message = "no point to fit"
        raise ValueError(message)
    west, east = min(x for x, _ in known), max(x for x, _ in known)
    south, north = min(y for _, y in known), max(y for _, y in known)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze or 1, north - south or 1
    scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    return Projection(
        west_deg=west,
        north_deg=north,
        units_per_degree=scale,
        squeeze=squeeze,
        left=left + (width - wide * scale) / 2,
        top=top + (height - high * scale) / 2,
    )


def path(lines: Iterable[Ring], project: Projection, *, closed: bool = True) -> str:
    """Return SVG path data for ``lines``: one absolute move each, then whole steps.

    Points that fall on the one before are left out; so are lines of a single point.
    """
    return "".join(
        _line(steps, closed=closed)
        for line in lines
        if len(steps := _distinct(map(project, line))) > 1
    )


def _framed(rings: list[Ring], left: int) -> str:
    project = fitted(
        (point for ring in rings for point in ring),
        left=left,
        top=MAP_HEIGHT,
        width=FRAME,
        height=FRAME,
    )
    return path(rings, project)


def _distinct(points: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


def _line(points: list[tuple[int, int]], *, closed: bool) -> str:
    if closed and len(points) > 2 and points[0] == points[-1]:  # noqa: PLR2004
        points = points[:-1]
    start_x, start_y = points[0]
    steps = "".join(
        _step(x - previous_x, y - previous_y)
        for (previous_x, previous_y), (x, y) in itertools.pairwise(points)
    )
    return f"M{start_x} {start_y}l{steps.lstrip()}{'z' if closed else ''}"


def _step(x: int, y: int) -> str:
    """Write one step; a minus sign separates as well as a space."""
    return f"{'' if x < 0 else ' '}{x}{'' if y < 0 else ' '}{y}"


def _is_european(line: Ring) -> bool:
    longitude_deg, latitude_deg = line[0]
    return longitude_deg > EUROPE_WEST_DEG and latitude_deg > EUROPE_SOUTH_DEG
