"""The map of France to start from: drawn once per process, no script, no tile."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse

from territories.drawing import (
    FRAME,
    HEIGHT,
    MAP_HEIGHT,
    NAME_HEIGHT,
    WIDTH,
    FranceDrawing,
    france,
)
from territories.models import Territory
from territories.vintage import Vintage

register = template.Library()


@register.inclusion_tag("components/france_map.html")
def france_map() -> dict[str, Any]:
    """Draw the régions, each a link to its page; nothing before they are loaded."""
    names = dict(
        Territory.objects.current()
        .of_kind(Territory.Kind.REGION)
        .values_list("code", "name")
    )
    drawing = _drawing()
    regions = [
        {
            "name": names[shape.code],
            "url": reverse("portal:territory_detail", args=[f"REG-{shape.code}"]),
            "path": shape.path,
            "label_x": shape.frame_left + FRAME // 2
            if shape.frame_left is not None
            else None,
        }
        for shape in drawing.regions
        if shape.code in names
    ]
    return {
        "regions": sorted(regions, key=lambda region: region["name"]),
        "borders": drawing.borders,
        "frames": [
            shape.frame_left
            for shape in drawing.regions
            if shape.frame_left is not None
        ],
        "frame_size": FRAME,
        "frame_top": MAP_HEIGHT,
        "label_y": HEIGHT - NAME_HEIGHT // 4,
        "view_box": f"0 0 {WIDTH} {HEIGHT}",
    }


@lru_cache(maxsize=1)
def _drawing() -> FranceDrawing:
    return france(Vintage().text("country_map"))
