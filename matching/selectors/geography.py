"""Communes and what territories are made of, as arrays kept per vintage."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from matching.kernel import EVERYWHERE
from territories.models import Containment, Territory

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Atlas:
    """Every commune, and the communes of every territory.

    ``communes`` holds primary keys in increasing order; the other arrays follow it.
    Territories are flat: those of ``territories[i]`` are
    ``members[offsets[i]:offsets[i + 1]]``, as positions in ``communes``.
    """

    communes: Integers
    population: NDArray[np.float64]
    points_deg: NDArray[np.float64]
    territories: Integers
    offsets: Integers
    members: Integers
    countries: frozenset[int]

    def is_everywhere(self, territory_id: int) -> bool:
        return territory_id in self.countries

    def communes_of(self, territory_id: int) -> Integers:
        """Return positions of communes; none for a territory that is not known."""
        at = int(np.searchsorted(self.territories, territory_id))
        if at < len(self.territories) and self.territories[at] == territory_id:
            return self.members[self.offsets[at] : self.offsets[at + 1]]
        return self.positions(np.array([territory_id]))

    def positions(self, commune_ids: Integers) -> Integers:
        """Return positions in ``communes``, leaving out what is not a commune."""
        if not len(self.communes):
            return np.empty(0, np.int64)
        at = np.searchsorted(self.communes, commune_ids)
        at = np.minimum(at, len(self.communes) - 1)
        return at[self.communes[at] == commune_ids]

    def reference(self, territory_id: int) -> str:
        """Return the name of a territory for the kernel."""
        return EVERYWHERE if self.is_everywhere(territory_id) else str(territory_id)

    def point_of(self, commune_id: int | None) -> tuple[float, float] | None:
        return None if commune_id is None else self._points.get(commune_id)

    @cached_property
    def _points(self) -> dict[int, tuple[float, float]]:
        """The communes that have a point: asked one by one, for thousands."""
        known = ~np.isnan(self.points_deg).any(axis=1)
        communes, points = self.communes[known].tolist(), self.points_deg[known]
        return dict(zip(communes, map(tuple, points.tolist()), strict=True))


_kept: dict[tuple[object, ...], Atlas] = {}


def atlas() -> Atlas:
    """Return the atlas of the present vintage, read once per process and vintage."""
    version = vintage()
    if version not in _kept:
        _kept.clear()
        _kept[version] = _read()
    return _kept[version]


def vintage() -> tuple[object, ...]:
    """Change with the geography."""
    contained = Containment.objects.aggregate(n=Count("pk"), last=Max("pk"))
    named = Territory.objects.aggregate(
        n=Count("pk"),
        last=Max("pk"),
        people=Sum("population"),
        north=Sum("latitude_deg"),
        since=Max("valid_from"),
    )
    return (*contained.values(), *named.values())


def _read() -> Atlas:
    kinds = Territory.Kind
    rows = np.array(
        Territory.objects.filter(kind=kinds.COMMUNE)
        .order_by("pk")
        .values_list("pk", "population", "latitude_deg", "longitude_deg"),
        dtype=float,
    ).reshape(-1, 4)
    communes = rows[:, 0].astype(np.int64)
    pairs = np.array(
        Containment.objects.order_by("territory_id", "commune_id").values_list(
            "territory_id", "commune_id"
        ),
        dtype=np.int64,
    ).reshape(-1, 2)
    pairs = pairs[np.isin(pairs[:, 1], communes)]
    territories, first = np.unique(pairs[:, 0], return_index=True)
    return Atlas(
        communes=communes,
        population=rows[:, 1],
        points_deg=rows[:, 2:4],
        territories=territories,
        offsets=np.append(first, len(pairs)),
        members=np.searchsorted(communes, pairs[:, 1]),
        countries=frozenset(
            Territory.objects.filter(kind=kinds.COUNTRY).values_list("pk", flat=True)
        ),
    )
