"""Organisations that may be the one that somebody is about to create."""

from collections.abc import Iterable

from alliances.enums import Part
from alliances.identifiers.checks import Identifier
from alliances.models import Organisation, OrganisationQuerySet
from territories.models import Territory
from territories.search_text import search_key

MIN_NAME_LENGTH = 4  # below, every name resembles another
MAX_SHOWN = 3


def holder_of(
    identifier: Identifier, number: str, *, other_than: int = 0
) -> Organisation | None:
    """Return the active organisation that bears this number."""
    if not number:
        return None
    rows = Organisation.objects.exclude(pk=other_than)
    return rows.filter(**{identifier.value: number}).first()


def namesakes(
    name: str, commune: Territory | None, *, other_than: int = 0
) -> list[Organisation]:
    """Return active organisations of nearly this name, in this commune or nowhere."""
    key = search_key(name)
    if len(key) < MIN_NAME_LENGTH:
        return []
    rows = Organisation.objects.active().exclude(pk=other_than).for_list()
    near = rows.filter(search_key__startswith=key[: max(MIN_NAME_LENGTH, len(key) - 3)])
    if commune is not None:
        near = near.showing(Part.PLACES).filter(seat=commune)
    return [row for row in near.order_by("pk")[:50] if _resembles(row.search_key, key)][
        :MAX_SHOWN
    ]


def _resembles(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or set(one.split()) == set(other.split())


def organisations_named(
    text: str, *, among: OrganisationQuerySet
) -> list[Organisation]:
    """Return the organisations that ``text`` may designate: a number, or a name."""
    digits = "".join(text.split()).upper()
    for identifier in Identifier:
        if found := among.filter(**{identifier.value: digits}).first():
            return [found]
    key = search_key(text[:200])
    if len(key) < MIN_NAME_LENGTH - 1:
        return []
    exact = list(among.filter(search_key=key).for_list()[: MAX_SHOWN + 3])
    return exact or list(
        among.filter(search_key__startswith=key).for_list()[: MAX_SHOWN + 3]
    )


def in_order(pks: Iterable[int]) -> list[Organisation]:
    """Return organisations by primary key, by name."""
    return list(Organisation.objects.filter(pk__in=pks).for_list().order_by("name"))
