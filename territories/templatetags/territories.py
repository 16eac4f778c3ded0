"""Words of a territory's page."""

from collections.abc import Iterable

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories.models import Territory
from territories.references import department_code

register = template.Library()

SHOWN_POSTAL_CODES = 6
OVERSEAS_COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")


@register.filter
def postal_codes(territory: Territory) -> str:
    """Say the postal codes of a commune, the first ones when they are many."""
    codes = territory.postal_codes
    label = ngettext("code postal", "codes postaux", len(codes))
    if len(codes) <= SHOWN_POSTAL_CODES:
        return f"{label} {', '.join(codes)}"
    return _("%(label)s %(first)s à %(last)s") % {
        "label": label,
        "first": min(codes),
        "last": max(codes),
    }


@register.filter
def kind_plural(kind: str) -> str:
    """Name a kind of territory, in the plural."""
    plurals = {
        Territory.Kind.COUNTRY: _("pays"),
        Territory.Kind.REGION: _("régions"),
        Territory.Kind.DEPARTMENT: _("départements"),
        Territory.Kind.COLLECTIVITY: _("collectivités d’outre-mer"),
        Territory.Kind.EPCI: _("intercommunalités"),
        Territory.Kind.EPT: _("établissements publics territoriaux"),
        Territory.Kind.COMMUNE: _("communes"),
        Territory.Kind.PROJECT: _("territoires de projet"),
    }
    return plurals[Territory.Kind(kind)]


@register.filter
def parts_title(territory: Territory) -> str:
    """Say what the map of ``territory`` shows."""
    titles = {
        Territory.Kind.COUNTRY: _("Les régions et les collectivités d’outre-mer"),
        Territory.Kind.REGION: _("Ses départements"),
        Territory.Kind.COMMUNE: _("Les communes voisines"),
    }
    return titles.get(Territory.Kind(territory.kind), _("Ses communes"))


@register.filter
def map_items(parts: Iterable[Territory]) -> list[dict[str, str]]:
    """Return the entries of the list beside a map: name, address, population."""
    return [
        {
            "label": part.name,
            "url": reverse("portal:territory_detail", args=[part.reference]),
            "note": _("%(count)s hab.") % {"count": intcomma(part.population)}
            if part.population
            else "",
        }
        for part in parts
    ]


@register.filter
def map_label(territory: Territory) -> str:
    """Name the map of ``territory``, otherwise than the heading above it."""
    return _("Carte : %(name)s") % {"name": territory.name}


@register.filter
def map_source(territory: Territory) -> str:
    """Name the source of a map; say when there is none to draw."""
    if department_code(territory.code) in OVERSEAS_COLLECTIVITIES:
        return _("Les contours de cette collectivité ne sont pas dans les fichiers.")
    return _(
        "Contours simplifiés : IGN Admin Express, Etalab. Populations municipales "
        "2023 : Insee. Licence Ouverte 2.0."
    )
