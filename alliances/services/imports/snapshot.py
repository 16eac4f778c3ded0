"""What the base holds of the organisations of a file, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce

from alliances.models import (
    Exclusion,
    Intention,
    IntentionDomain,
    Membership,
    Need,
    Offer,
    Organisation,
)

Lines = dict[Any, Any]  # what a line says -> its primary key


@dataclass(slots=True)
class Held:
    """One organisation of the base with its main intention, line by line."""

    organisation: Organisation
    intention: Intention | None = None
    is_taken_over: bool = False
    domains: Lines = field(default_factory=dict)
    needs: Lines = field(default_factory=dict)
    offers: Lines = field(default_factory=dict)
    perimeter: Lines = field(default_factory=dict)
    exclusions: Lines = field(default_factory=dict)


def held_organisations(source: str, keys: Iterable[str]) -> dict[str, Held]:
    """Return, by key, the organisations of ``source``, their rows locked."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related(
        "merged_into"
    )
    organisations = rows.filter(source=source, key__in=list(keys)).defer(
        "search_vector", "merged_into__search_vector"
    )
    by_id = {each.pk: Held(each) for each in organisations}
    _add_members(by_id)
    _add_exclusions(by_id)
    _add_intentions(by_id)
    return {held.organisation.key: held for held in by_id.values()}


def _add_members(by_id: dict[int, Held]) -> None:
    taken_over = Membership.objects.filter(organisation__in=list(by_id))
    for organisation_id in taken_over.values_list("organisation_id", flat=True):
        by_id[organisation_id].is_taken_over = True


def _add_exclusions(by_id: dict[int, Held]) -> None:
    for row in Exclusion.objects.filter(organisation__in=list(by_id)):
        by_id[row.organisation_id].exclusions[exclusion_line(row)] = row.pk


def exclusion_line(row: Exclusion) -> tuple[str, object]:
    """Return what an exclusion says: a sector, a kind or an organisation."""
    if row.sector:
        return "sector", row.sector
    return ("kind", row.kind) if row.kind else ("key", row.other_id)


def _add_intentions(by_id: dict[int, Held]) -> None:
    held_of: dict[int, Held] = {}
    intentions = Intention.objects.filter(organisation__in=list(by_id), is_default=True)
    for intention in intentions:
        held = by_id[intention.organisation_id]
        held.intention = intention
        held_of[intention.pk] = held
    _add_lines(held_of)


def held_projects(organisations: Iterable[Organisation]) -> list[Held]:
    """Return the projects of these organisations besides the main ones, line by line."""
    owners = {each.pk: each for each in organisations if each.pk}
    rows = Intention.objects.filter(organisation__in=owners, is_default=False)
    held_of = {
        row.pk: Held(owners[row.organisation_id], row) for row in rows.order_by("pk")
    }
    _add_lines(held_of)
    return list(held_of.values())


def _add_lines(held_of: dict[int, Held]) -> None:
    ids = list(held_of)
    for domain in IntentionDomain.objects.filter(intention__in=ids):
        line = (domain.domain, domain.weight)
        held_of[domain.intention_id].domains[line] = domain.pk
    for need in Need.objects.filter(intention__in=ids):
        held_of[need.intention_id].needs[need.means, need.territory_id] = need.pk
    for offer in Offer.objects.filter(intention__in=ids):
        held_of[offer.intention_id].offers[offer.means, offer.territory_id] = offer.pk
    for link in Intention.perimeter.through.objects.filter(intention_id__in=ids):
        held_of[link.intention_id].perimeter[link.territory_id] = link.pk


def keys_of(source: str, keys: Iterable[str]) -> dict[str, int]:
    """Return the primary key of the organisations of ``source`` by their key.

    The key of an organisation that was merged leads to the one that was kept.
    """
    rows = Organisation.objects.filter(source=source, key__in=list(keys))
    return dict(rows.values_list("key", Coalesce("merged_into", "pk")))


def holders(column: str, values: Iterable[str]) -> dict[str, Organisation]:
    """Return who bears each identifier of ``column`` (siren, siret or rna)."""
    rows = Organisation.objects.filter(**{f"{column}__in": list(values)})
    rows = rows.only("pk", "source", "key", "name", column)
    return {getattr(each, column): each for each in rows}
