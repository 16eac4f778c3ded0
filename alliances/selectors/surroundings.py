"""Territories around an organisation, and those it names."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from alliances.models import Organisation
from territories.models import Territory

# From near to far.
KINDS_AROUND = (
    Territory.Kind.COMMUNE,
    Territory.Kind.EPT,
    Territory.Kind.EPCI,
    Territory.Kind.PROJECT,
    Territory.Kind.DEPARTMENT,
    Territory.Kind.COLLECTIVITY,
    Territory.Kind.REGION,
    Territory.Kind.COUNTRY,
)


def around(commune: Territory) -> list[Territory]:
    """Return the territories that contain ``commune``, itself included, near to far."""
    containing = Territory.objects.current().containing(commune)
    country = Territory.objects.filter(kind=Territory.Kind.COUNTRY)
    found = {t.pk: t for t in (commune, *containing, *country)}
    rank = {kind: place for place, kind in enumerate(KINDS_AROUND)}
    return sorted(found.values(), key=lambda t: (rank[Territory.Kind(t.kind)], t.name))


def in_order(pks: Iterable[int]) -> list[Territory]:
    """Return territories by primary key, by name."""
    return list(Territory.objects.filter(pk__in=set(pks)).order_by("name"))


def perimeter_of(organisation: Organisation) -> list[Territory]:
    """Return the territories where the default intention acts, by name."""
    return list(
        Territory.objects.filter(
            intentions__organisation=organisation, intentions__is_default=True
        ).order_by("name")
    )


def described(territory: Territory) -> str:
    """Name a territory with its level: « Nantes Métropole (intercommunalité) »."""
    if territory.kind == Territory.Kind.COUNTRY:
        return _("Toute la France")
    return f"{territory.name} ({territory.get_kind_display()})"
