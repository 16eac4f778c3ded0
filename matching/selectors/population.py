"""The intentions that may be proposed, laid out for the kernel.

A bounded number of queries whatever the number of intentions; see
docs/decisions/0081 for what is read where several readings were possible.
"""

import datetime as dt
import gc
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from numpy.typing import NDArray

from alliances import tags
from alliances.enums import HIDEABLE_PARTS, PARTNER_PARTS, Part
from alliances.models import (
    Establishment,
    Exclusion,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Organisation,
)
from alliances.policy import visible_parts
from matching import kernel
from matching.selectors.geography import Atlas, atlas

Integers = NDArray[np.int64]

# Beyond this many members, belonging to one network no longer means knowing each other.
SMALL_NETWORK_MEMBERS = 100
GONE = -1  # the row of an intention that is not here
FIELDS = (
    "pk",
    "public_id",
    "organisation_id",
    "types",
    "phase",
    "square_hr",
    "square_stk",
    "square_eco",
    "square_inn",
    "organisation__kind",
    "organisation__seat_id",
    "organisation__size",
    "organisation__staff",
    "organisation__general_interest",
    "organisation__economic_model",
    "organisation__maturity",
    "organisation__sectors",
    "organisation__values",
    "organisation__network_head_id",
    "organisation__hidden_parts",
)


@dataclass(frozen=True)
class Population:
    """Some intentions, by increasing primary key, and their columns.

    ``only_seat`` tells which perimeters stand for the seat's commune because none was
    given ("to be completed").
    """

    intention_ids: Integers
    organisation_ids: Integers
    profiles: kernel.Profiles
    only_seat: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.intention_ids)

    def rows_of(self, intention_ids: Iterable[int]) -> Integers:
        """Return the rows of those that are here, in increasing order."""
        wanted = np.unique(np.fromiter(intention_ids, np.int64))
        return np.flatnonzero(np.isin(self.intention_ids, wanted))

    def places_of(self, intention_ids: Integers) -> Integers:
        """Return the row of each, ``GONE`` for one that is not here."""
        if not len(self):
            return np.full(len(intention_ids), GONE)
        at = np.searchsorted(self.intention_ids, intention_ids).clip(max=len(self) - 1)
        return np.where(self.intention_ids[at] == intention_ids, at, GONE)

    @cached_property
    def row(self) -> dict[int, int]:
        return {pk: row for row, pk in enumerate(self.intention_ids.tolist())}

    @cached_property
    def fingerprint(self) -> str:
        """Change with anything that the kernel reads."""
        digest = hashlib.sha256(self.intention_ids.tobytes())
        for value in vars(self.profiles).values():
            if isinstance(value, np.ndarray):
                digest.update(value.tobytes())
            elif isinstance(value, tuple):
                digest.update("\0".join(value).encode())
        for family in (self.profiles.perimeters, self.profiles.values):
            digest.update(family.members.tobytes() + family.offsets.tobytes())
        return digest.hexdigest()


class Audience(StrEnum):
    """Who a score is told to: it is made of what they may read, and nothing else.

    The hard rules read everything for every audience: a pair that they keep out is
    absent for all, and absent looks the same whatever the reason.
    """

    PARTNERS = "partners"
    PUBLIC = "public"


def matchable_population(
    day: dt.date, audience: Audience = Audience.PARTNERS
) -> Population:
    """Return everyone who looks for partners on ``day`` and said what matching needs."""
    return population_of(Intention.objects.matchable_on(day), audience)


def population_of(
    intentions: QuerySet[Intention], audience: Audience = Audience.PARTNERS
) -> Population:
    """Return these intentions, matchable or not."""
    return recorded(intentions, audience)[0]


def recorded(
    intentions: QuerySet[Intention], audience: Audience = Audience.PARTNERS
) -> tuple[Population, list[kernel.Intention]]:
    """Return these intentions, laid out and one by one, in the same order."""
    rows = list(intentions.order_by("pk").values_list(*FIELDS))
    chosen = None if len(rows) > LARGE else [row[0] for row in rows]
    with _collecting_later():
        reader = _Reader(rows, chosen, audience)
        records = [reader.record(dict(zip(FIELDS, row, strict=True))) for row in rows]
        profiles = kernel.build_profiles(records, reader.territories())
    population = Population(
        intention_ids=np.array([row[0] for row in rows], np.int64),
        organisation_ids=np.array([row[2] for row in rows], np.int64),
        profiles=profiles,
        only_seat=np.array(reader.only_seat, bool),
    )
    return population, records


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Spare the collector a million small objects that are no cycles: a third less."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


LARGE = 2_000  # above, tables are read whole rather than by a list of keys


class _Reader:
    """The side tables of some intentions, read once."""

    def __init__(
        self,
        rows: list[tuple[Any, ...]],
        chosen: Collection[int] | None,
        audience: Audience,
    ) -> None:
        self.atlas: Atlas = atlas()
        self.audience = audience
        self.only_seat: list[bool] = []
        self._areas: dict[str, Integers] = {}
        self._names: dict[int, str] = {}
        self._domains = _grouped(IntentionDomain, "domain", "weight", among=chosen)
        self._needs = _grouped(Need, "means", "territory_id", among=chosen)
        self._offers = _grouped(Offer, "means", "territory_id", among=chosen)
        through = Intention.perimeter.through
        self._perimeters = _grouped(through, "territory_id", among=chosen)
        among = None if chosen is None else {row[2] for row in rows}
        self._establishments = _grouped(
            Establishment, "commune_id", by="organisation_id", among=among
        )
        self._exclusions = _grouped(
            Exclusion, "sector", "kind", "other_id", by="organisation_id", among=among
        )
        self._networks = _networks(rows)

    def territories(self) -> kernel.Territories:
        return kernel.Territories(self.atlas.population, self._areas)

    def record(self, row: dict[str, Any]) -> kernel.Intention:
        parts = self._parts(row)
        pk, organisation_id = row["pk"], row["organisation_id"]
        exclusions = self._exclusions[organisation_id]
        shows = parts.__contains__
        return kernel.Intention(
            public_id=row["public_id"],
            organisation=str(organisation_id),
            kind=row["organisation__kind"],
            square=_square(row) if shows(Part.SQUARE) else None,
            needs=self._means(self._needs[pk]) if shows(Part.MEANS) else (),
            offers=self._means(self._offers[pk]) if shows(Part.MEANS) else (),
            domains=dict(self._domains[pk]) if shows(Part.DOMAINS) else {},
            perimeter=self._perimeter(row, shows(Part.PLACES)),
            points=self._points(row) if shows(Part.PLACES) else (),
            size=(row["organisation__size"] or None) if shows(Part.SIZE) else None,
            staff=row["organisation__staff"] if shows(Part.SIZE) else None,
            values=_tags(row["organisation__values"], shows(Part.VALUES)),
            sectors=tags.sectors(row["organisation__sectors"]),
            links=self._links(row),
            open_to=frozenset(row["types"]),
            general_interest=row["organisation__general_interest"],
            model=row["organisation__economic_model"] or None,
            maturity=row["organisation__maturity"] if shows(Part.MATURITY) else None,
            phase=self._phase(row),
            excluded_kinds=frozenset(kind for _, kind, _ in exclusions if kind),
            excluded_sectors=tags.tags(sector for sector, _, _ in exclusions),
            excluded_organisations=frozenset(str(o) for _, _, o in exclusions if o),
        )

    def _parts(self, row: dict[str, Any]) -> frozenset[Part]:
        return shown_to(self.audience, tuple(row["organisation__hidden_parts"]))

    def _phase(self, row: dict[str, Any]) -> str | None:
        return None if self.audience is Audience.PUBLIC else row["phase"] or None

    def _perimeter(self, row: dict[str, Any], is_shown: bool) -> tuple[str, ...]:
        names = [self._area(pk) for (pk,) in self._perimeters[row["pk"]]]
        known = tuple(sorted({name for name in names if name}))
        self.only_seat.append(not known)
        if not is_shown:
            return ()
        seat = self._area(row["organisation__seat_id"])
        return known or ((seat,) if seat else ())

    def _area(self, territory_id: int | None) -> str:
        """Return the name of an area that has communes, or an empty text."""
        if territory_id is None:
            return ""
        if territory_id not in self._names:
            self._names[territory_id] = self._named(territory_id)
        return self._names[territory_id]

    def _named(self, territory_id: int) -> str:
        if self.atlas.is_everywhere(territory_id):
            return kernel.EVERYWHERE
        communes = self.atlas.communes_of(territory_id)
        if not len(communes):
            return ""
        name = self.atlas.reference(territory_id)
        self._areas[name] = communes
        return name

    def _means(
        self, lines: list[tuple[str, int | None]]
    ) -> tuple[tuple[str, str | None], ...]:
        """A means said for a place that no longer exists holds nowhere."""
        everywhere = [(means, None) for means, place in lines if place is None]
        local = [
            (means, None if name == kernel.EVERYWHERE else name)
            for means, place in lines
            if place is not None and (name := self._area(place))
        ]
        return (*everywhere, *local)

    def _points(self, row: dict[str, Any]) -> tuple[tuple[float, float], ...]:
        places = [row["organisation__seat_id"]]
        places += [pk for (pk,) in self._establishments[row["organisation_id"]]]
        found = map(self.atlas.point_of, places)
        return tuple(dict.fromkeys(point for point in found if point))

    def _links(self, row: dict[str, Any]) -> frozenset[str]:
        head = row["organisation__network_head_id"]
        if head is None:
            return frozenset()
        members = self._networks[head]
        mates = members if len(members) <= SMALL_NETWORK_MEMBERS else []
        return frozenset({str(head), *map(str, mates)} - {str(row["organisation_id"])})


def _grouped(
    model: type[Any],
    *columns: str,
    by: str = "intention_id",
    among: Collection[int] | None,
) -> dict[int, list[tuple[Any, ...]]]:
    rows = model.objects.order_by("pk")
    if among is not None:
        rows = rows.filter(**{f"{by}__in": list(among)})
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for owner, *values in rows.values_list(by, *columns):
        found[owner].append(tuple(values))
    return found


def _networks(rows: list[tuple[Any, ...]]) -> dict[int, list[int]]:
    """Return the members of the networks that these intentions belong to."""
    at = FIELDS.index("organisation__network_head_id")
    heads = {row[at] for row in rows if row[at] is not None}
    members = Organisation.objects.active().filter(network_head__in=heads)
    found: dict[int, list[int]] = defaultdict(list)
    for head_id, member_id in members.values_list("network_head_id", "pk"):
        found[head_id].append(member_id)
    return found


def _square(row: dict[str, Any]) -> tuple[float, float, float, float] | None:
    if row["square_hr"] is None:
        return None
    return row["square_hr"], row["square_stk"], row["square_eco"], row["square_inn"]


def _tags(texts: list[str], is_shown: bool) -> frozenset[str]:
    return tags.tags(texts) if is_shown else frozenset()


@lru_cache(maxsize=256)
def shown_to(audience: Audience, hidden: tuple[str, ...]) -> frozenset[Part]:
    """Return the parts of a profile, some of which are hidden, that an audience reads."""
    if audience is Audience.PARTNERS:
        return PARTNER_PARTS - (frozenset(map(Part, hidden)) & HIDEABLE_PARTS)
    organisation = Organisation(hidden_parts=list(hidden))
    return frozenset(visible_parts(AnonymousUser(), organisation))
