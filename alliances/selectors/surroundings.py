"""Territories around an organisation, and those it names."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from alliances.models import Intention, Organisation
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


def within_reach(
    organisation: Organisation, project: Intention | None = None
) -> list[Territory]:
    """Return where a need or an offer may hold alone, each once.

    Where the project acts (the main one by default), what surrounds the seat, and the
    communes of the other places.
    """
    which = {"pk": project.pk} if project else {"is_default": True}
    acting = organisation.intentions.filter(**which).values("perimeter")
    sites = organisation.establishments.values("commune")
    named = Territory.objects.filter(Q(pk__in=acting) | Q(pk__in=sites))
    near = around(organisation.seat) if organisation.seat else []
    return list(dict.fromkeys([*named.order_by("name"), *near]))


def described(territory: Territory) -> str:
    """Name a territory with its level: « Nantes Métropole (intercommunalité) »."""
    if territory.kind == Territory.Kind.COUNTRY:
        return _("Toute la France")
    return f"{territory.name} ({territory.get_kind_display()})"
