"""TopoJSON to GeoJSON geometries. Pure: no Django.

TopoJSON stores each shared border once, as an *arc* of integer steps on a grid;
GeoJSON wants closed rings of longitudes and latitudes (RFC 7946, section 3.1).
"""

import json
from typing import Any

DECIMALS = 4  # about ten metres: finer than the outlines themselves

Point = tuple[float, float]
Ring = list[Point]


class Topology:
    """A TopoJSON document whose arcs are decoded once.

    Parameters
    ----------
    text : str
        A quantised TopoJSON document (TopoJSON format specification, section 2.1).

    Attributes
    ----------
    arcs : list of list of (float, float)
        Longitudes and latitudes in degrees; a border shared by two objects is one arc.

    Examples
    --------
    >>> square = '''{"type": "Topology",
    ...   "transform": {"scale": [0.5, 0.5], "translate": [2, 46]},
    ...   "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
    ...   "objects": {"all": {"type": "GeometryCollection", "geometries": [
    ...     {"type": "Polygon", "id": "A", "arcs": [[0, -2]]}]}}}'''
    >>> Topology(square).polygons("all")["A"]
    [[[(2.0, 46.0), (3.0, 46.0), (3.0, 47.0), (2.0, 47.0), (2.0, 46.0)]]]
    """

    def __init__(self, text: str) -> None:
        document = json.loads(text)
        self._objects: dict[str, Any] = document["objects"]
        transform = document["transform"]
        self.arcs = [
            _decoded(arc, transform["scale"], transform["translate"])
            for arc in document["arcs"]
        ]

    def polygons(self, name: str) -> dict[str, list[list[Ring]]]:
        """Return the polygons of each object of the collection ``name``, by id.

        Objects without a geometry are left out. A polygon is a list of rings, the
        outer one first; every ring is closed.
        """
        found: dict[str, list[list[Ring]]] = {}
        for geometry in self._objects[name]["geometries"]:
            if geometry["type"] == "Polygon":
                found[geometry["id"]] = [self._rings(geometry["arcs"])]
            elif geometry["type"] == "MultiPolygon":
                found[geometry["id"]] = [self._rings(arcs) for arcs in geometry["arcs"]]
        return found

    def _rings(self, polygon: list[list[int]]) -> list[Ring]:
        return [self._ring(arcs) for arcs in polygon]

    def _ring(self, arcs: list[int]) -> Ring:
        ring: Ring = []
        for index in arcs:
            points = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            ring.extend(points[1:] if ring else points)
        return ring


def geometry(polygons: list[list[Ring]]) -> str:
    """Return ``polygons`` as the text of a compact GeoJSON geometry.

    Examples
    --------
    >>> geometry([[[(2.0, 46.0), (3.0, 46.0), (3.0, 47.0), (2.0, 46.0)]]])
    '{"type":"Polygon","coordinates":[[[2.0,46.0],[3.0,46.0],[3.0,47.0],[2.0,46.0]]]}'
    """
    if len(polygons) == 1:
        shape = {"type": "Polygon", "coordinates": polygons[0]}
    else:
        shape = {"type": "MultiPolygon", "coordinates": polygons}
    return json.dumps(shape, separators=(",", ":"))


def _decoded(arc: list[list[int]], scale: list[float], origin: list[float]) -> Ring:
    column = row = 0
    points: Ring = []
    for step_x, step_y in arc:
        column += step_x
        row += step_y
        points.append(
            (
                round(column * scale[0] + origin[0], DECIMALS),
                round(row * scale[1] + origin[1], DECIMALS),
            )
        )
    return points
