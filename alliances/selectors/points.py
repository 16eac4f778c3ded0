"""The places of what was found, for a map: one point per commune, not per row."""

from typing import Any

from django.db.models import Count, Min
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.enums import Part
from alliances.models.organisation import OrganisationQuerySet
from alliances.selectors.directory import Search, found
from alliances.selectors.profile import Profile
from territories.models import PREFIXES

MAX_POINTS = 1_000


def points(
    organisations: OrganisationQuerySet, search: Search, *, query: QueryDict
) -> dict[str, Any]:
    """Return a GeoJSON collection: one point per commune, the most numerous first.

    An organisation that hides its places is not on the map. ``truncated`` says that
    communes were left out.
    """
    rows = list(
        found(organisations, search)
        .showing(Part.PLACES)
        .filter(seat__latitude_deg__isnull=False)
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
        "features": [_feature(row, query) for row in rows[:MAX_POINTS]],
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


def _feature(row: dict[str, Any], query: QueryDict) -> dict[str, Any]:
    return _point(
        row["seat__latitude_deg"],
        row["seat__longitude_deg"],
        _one(row) if row["count"] == 1 else _several(row, query),
    )


def _one(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"{row['first_name']} – {row['seat__name']}",
        "url": reverse("alliances:organisation_detail", args=[row["first_id"]]),
        "kind": row["first_kind"],
        "count": 1,
    }


def _several(row: dict[str, Any], query: QueryDict) -> dict[str, Any]:
    """Point at the same search in that commune alone."""
    there = query.copy()
    there.pop("rayon", None)
    there["territoire"] = f"{PREFIXES[row['seat__kind']]}-{row['seat__code']}"
    there["niveau"] = "dans"
    values = {"count": row["count"], "place": row["seat__name"]}
    return {
        "name": _("%(place)s : %(count)d organisations") % values,
        "url": f"{reverse('alliances:organisation_list')}?{there.urlencode()}",
        "kind": "",
        "count": row["count"],
    }
