"""Addresses of the proposals: short, sharable, one filter more or less."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.enums import ActorKind, FragilityDomain, PartnershipType
from alliances.models import Organisation
from alliances.selectors.projects import name_of
from matching.forms import PREFIX, WEIGHT_NAMES
from matching.selectors.asked import Asked, Zone


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class TypeLink:
    """One type to look at; ``code`` is empty for all of them."""

    code: str
    label: str
    url: str
    is_current: bool


def query_of(asked: Asked, kept: Iterable[str] = ()) -> QueryDict:
    """Return the parameters of ``asked``, and the partners kept to be compared."""
    query = QueryDict(mutable=True)
    if asked.type_code:
        query["type"] = asked.type_code
    if asked.zone:
        query["territoire"] = asked.zone.territory.reference
        if asked.zone.radius_km:
            query["rayon"] = str(asked.zone.radius_km)
    if asked.kinds:
        query["nature"] = asked.kinds[0]
    if asked.domains:
        query["domaine"] = asked.domains[0]
    if asked.project:
        query["projet"] = asked.project.public_id
    typed = asked.trial.typed if asked.trial else ()
    query.update(dict(zip(WEIGHT_NAMES.values(), map(str, typed), strict=False)))
    query.setlist("avec", list(kept))
    return query


def hidden(query: QueryDict, *, weights: bool) -> list[tuple[str, str]]:
    """Return what a form beside keeps of the address: its weights, or all the rest."""
    return [
        (name, str(value))
        for name, value in query.items()
        if name != "avec" and name.startswith(PREFIX) == weights
    ]


def with_query(address: str, query: QueryDict) -> str:
    encoded = query.urlencode()
    return f"{address}?{encoded}" if encoded else address


def list_url(organisation: Organisation, query: QueryDict | None = None) -> str:
    address = reverse("matching:proposal_list", args=[organisation.public_id])
    return with_query(address, query) if query else address


def pair_url(own: Organisation, other: Organisation, query: QueryDict) -> str:
    address = reverse("matching:proposal_detail", args=[own.public_id, other.public_id])
    return with_query(address, query)


def without(query: QueryDict, *names: str) -> QueryDict:
    lighter = query.copy()
    for name in names:
        lighter.pop(name, None)
    return lighter


def type_links(organisation: Organisation, query: QueryDict) -> list[TypeLink]:
    current = query.get("type", "")
    links = [
        TypeLink(
            "", _("Tous"), list_url(organisation, without(query, "type")), not current
        )
    ]
    for code, label in PartnershipType.choices:
        other = query.copy()
        other["type"] = code
        url = list_url(organisation, other)
        links.append(TypeLink(code, str(label), url, code == current))
    return links


def chips(organisation: Organisation, asked: Asked, query: QueryDict) -> list[Chip]:
    """Return one removable chip per filter, besides the type."""

    def chip(label: str, *names: str) -> Chip:
        return Chip(label, list_url(organisation, without(query, *names)))

    made = []
    if asked.zone:
        made.append(chip(zone_label(asked.zone), "territoire", "rayon"))
    kinds, domains = dict(ActorKind.choices), dict(FragilityDomain.choices)
    made += [chip(str(kinds[code]), "nature") for code in asked.kinds]
    made += [chip(str(domains[code]), "domaine") for code in asked.domains]
    if asked.project:
        made.append(chip(_("pour « %s »") % name_of(asked.project), "projet"))
    return made


def zone_label(zone: Zone) -> str:
    if zone.radius_km:
        values = {"km": zone.radius_km, "place": zone.territory.name}
        return _("à moins de %(km)d km de %(place)s") % values
    return _("à %s") % zone.territory.name
