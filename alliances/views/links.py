"""Addresses of the directory: short, sharable, one filter more or less."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.filters import OrganisationFilter
from alliances.selectors.directory import Axis, Search
from alliances.selectors.pages import Widening

PARAMETER_OF = {
    Axis.WORDS: "q",
    Axis.TERRITORY: "territoire",
    Axis.KINDS: "nature",
    Axis.DOMAINS: "domaine",
    Axis.TYPES: "type",
    Axis.OFFERS: "offre",
    Axis.NEEDS: "besoin",
    Axis.SIZES: "taille",
}
OF_THE_PLACE = ("territoire", "rayon", "niveau")


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    remove_url: str


def asked_query(filterset: OrganisationFilter) -> QueryDict:
    """Return the valid parameters alone, without the empty ones.

    A territory found by its name is written by its reference.
    """
    query = QueryDict(mutable=True)
    form = filterset.form
    form.is_valid()
    for name in filterset.filters:
        values = [value for value in form.data.getlist(name) if value.strip()]
        if values and name in form.cleaned_data:
            query.setlist(name, values)
    if territory := filterset.search.territory:
        query["territoire"] = territory.reference
    return query


def directory_url(query: QueryDict) -> str:
    address = reverse("alliances:organisation_list")
    return f"{address}?{query.urlencode()}" if query else address


def chips(filterset: OrganisationFilter) -> list[Chip]:
    """Return one removable chip per value that filters."""
    query = asked_query(filterset)
    query.pop("tri", None)
    made: list[Chip] = []
    if "q" in query:
        made.append(Chip(f"« {query['q']} »", _without(query, "q")))
    if filterset.search.territory:
        made.append(Chip(place_label(filterset.search), _without(query, *OF_THE_PLACE)))
    for name in ("domaine", "offre", "besoin", "nature", "type", "taille"):
        labels = dict(filterset.form.fields[name].choices)
        heading = filterset.form.fields[name].label
        made += [
            Chip(f"{heading} : {labels[value]}", _without_value(query, name, value))
            for value in query.getlist(name)
        ]
    return made


def place_label(search: Search) -> str:
    """Say where ``search`` looks, in a few words."""
    place = search.territory
    if search.radius_km:
        values = {"km": search.radius_km, "place": place}
        label = _("À moins de %(km)d km de %(place)s") % values
    else:
        label = str(place)
    match search.relation:
        case "dans":
            return _("%s, implantées ici") % label
        case "agit":
            return _("%s, qui y agissent") % label
        case _:
            return label


def widening_links(
    filterset: OrganisationFilter, widenings: list[Widening]
) -> list[Link]:
    """Return the wider searches as links, each with what it would find."""
    return [_widening_link(filterset, widening) for widening in widenings]


def _widening_link(filterset: OrganisationFilter, widening: Widening) -> Link:
    query = asked_query(filterset)
    count = ngettext("%d résultat", "%d résultats", widening.count) % widening.count
    if widening.dropped is None:
        _look_around(query, widening.search)
        values = {
            "count": count,
            "km": widening.search.radius_km,
            "place": widening.search.territory,
        }
        label = _("%(count)s à moins de %(km)d km de %(place)s") % values
        return Link(label, directory_url(query))
    name = PARAMETER_OF[widening.dropped]
    heading = filterset.form.fields[name].label.lower()
    label = _("%(count)s sans le filtre « %(filter)s »") % {
        "count": count,
        "filter": heading,
    }
    dropped = OF_THE_PLACE if name == "territoire" else (name,)
    return Link(label, _without(query, *dropped))


def _look_around(query: QueryDict, search: Search) -> None:
    """Write in ``query`` the place and the words of a search that looks farther."""
    query["rayon"] = str(search.radius_km)
    if search.territory and "territoire" not in query:
        query["territoire"] = search.territory.reference
        query["q"] = " ".join(search.words)
    if not query.get("q"):
        query.pop("q", None)


def _without(query: QueryDict, *names: str) -> str:
    lighter = query.copy()
    for name in names:
        lighter.pop(name, None)
    return directory_url(lighter)


def _without_value(query: QueryDict, name: str, value: str) -> str:
    lighter = query.copy()
    lighter.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    return directory_url(lighter)
