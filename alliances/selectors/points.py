"""The places of what was found, for a map: one point per commune, not per row."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.enums import Part
from alliances.models.organisation import OrganisationQuerySet
from alliances.selectors.directory import Relation, Search, found
from alliances.selectors.profile import Profile
from territories.models import PREFIXES

MAX_POINTS = 1_000
PLACEHOLDER = "identifiant"


def points(
    organisations: OrganisationQuerySet, search: Search, *, query: QueryDict
) -> dict[str, Any]:
    """Return a GeoJSON collection: one point per commune, the most numerous first.

    An organisation that hides its places is not on the map, nor, when a place is
    searched, one that acts there from elsewhere. ``truncated`` says that communes
    were left out.
    """
    addresses = _Addresses.of(query)
    answer = found(organisations, search).showing(Part.PLACES)
    if search.is_local:
        answer = answer.seated_in(search.communes)
    rows: list[Any] = list(
        answer.filter(seat__latitude_deg__isnull=False)
        .order_by()
        .values(
            "seat__kind",
            "seat__code",
            "seat__name",
            "seat__latitude_deg",
            "seat__longitude_deg",
        )
        .annotate(
            count=Count("pk"),
            first_name=Min("name"),
            first_id=Min("public_id"),
            first_kind=Min("kind"),
        )
        .order_by("-count", "seat__name", "seat__code")[: MAX_POINTS + 1]
    )
    return {
        "type": "FeatureCollection",
        "truncated": len(rows) > MAX_POINTS,
        "features": [_feature(row, addresses) for row in rows[:MAX_POINTS]],
    }


def place_points(read: Profile) -> dict[str, Any]:
    """Return the places of one organisation that its reader may see."""
    return {
        "type": "FeatureCollection",
        "truncated": False,
        "features": [
            _point(
                place.latitude_deg,
                place.longitude_deg,
                {"name": str(place), "url": "", "kind": "", "count": 1},
            )
            for place in read.places
            if place.latitude_deg is not None and place.longitude_deg is not None
        ],
    }


def _point(
    latitude_deg: float, longitude_deg: float, properties: dict[str, Any]
) -> dict[str, Any]:
    coordinates = [round(longitude_deg, 5), round(latitude_deg, 5)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": properties,
    }


@dataclass(frozen=True)
class _Addresses:
    """Where a point leads; written once, thousands of points are made of them."""

    detail: str
    there: str

    @classmethod
    def of(cls, query: QueryDict) -> "_Addresses":
        kept = query.copy()
        for name in ("rayon", "niveau", "territoire"):
            kept.pop(name, None)
        kept["niveau"] = Relation.BASED
        return cls(
            detail=reverse("alliances:organisation_detail", args=[PLACEHOLDER]),
            there=f"{reverse('alliances:organisation_list')}?{kept.urlencode()}",
        )


def _feature(row: dict[str, Any], addresses: _Addresses) -> dict[str, Any]:
    return _point(
        row["seat__latitude_deg"],
        row["seat__longitude_deg"],
        _one(row, addresses) if row["count"] == 1 else _several(row, addresses),
    )


def _one(row: dict[str, Any], addresses: _Addresses) -> dict[str, Any]:
    return {
        "name": f"{row['first_name']} – {row['seat__name']}",
        "url": addresses.detail.replace(PLACEHOLDER, row["first_id"]),
        "kind": row["first_kind"],
        "count": 1,
    }


def _several(row: dict[str, Any], addresses: _Addresses) -> dict[str, Any]:
    """Point at the same search in that commune alone."""
    reference = f"{PREFIXES[row['seat__kind']]}-{row['seat__code']}"
    values = {"count": row["count"], "place": row["seat__name"]}
    return {
        "name": _("%(place)s : %(count)d organisations") % values,
        "url": f"{addresses.there}&territoire={reference}",
        "kind": "",
        "count": row["count"],
    }
