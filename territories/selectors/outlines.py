"""The shapes that the map of a territory shows, as GeoJSON."""

import hashlib
import json

from django.db.models import Count, Max
from django.urls import reverse

from territories.models import (
    Containment,
    LoadedVintage,
    Outline,
    Territory,
)
from territories.selectors.contents import parts

FORMAT = "1"  # part of the tag: a change of what is sent is fetched again


def outlines_tag(territory: Territory) -> str:
    """Return a tag that changes when the outlines of ``territory`` may have."""
    vintages = LoadedVintage.objects.order_by("valid_from")
    parts = [
        FORMAT,
        territory.reference,
        *vintages.values_list("fingerprint", flat=True),
    ]
    if territory.kind == Territory.Kind.PROJECT:
        drawn = Containment.objects.filter(territory=territory)
        parts.append(str(drawn.aggregate(count=Count("pk"), last=Max("pk"))))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:20]


def outlines(territory: Territory) -> str:
    """Return the parts of ``territory`` as a GeoJSON FeatureCollection."""
    shapes = Outline.objects.filter(
        territory__in=parts(territory).order_by().values("pk")
    )
    rows = shapes.values_list(
        "geometry", "territory__kind", "territory__code", "territory__name"
    )
    features = ",".join(
        _feature(geometry, Territory(kind=kind, code=code, name=name), territory)
        for geometry, kind, code, name in rows.order_by("territory__code").iterator()
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _feature(geometry: str, part: Territory, shown: Territory) -> str:
    properties: dict[str, object] = {
        "name": part.name,
        "url": reverse("portal:territory_detail", args=[part.reference]),
    }
    if part.reference == shown.reference:
        properties |= {"level": 3, "here": True}
    text = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{text},"geometry":{geometry}}}'
