"""The sessions whose figures one may put side by side, and how they compare."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policy import Person, can, visible
from alliances.enums import MandateRole
from alliances.models import Mandate
from alliances.policy.roles import territories_of
from rendezvous.models import Session
from rendezvous.selectors.figures import Figures

MOST_COMPARED = 6
MOST_LISTED = 60


def comparable_sessions(viewer: Person) -> list[Session]:
    """Return the sessions of one's mandates that have begun, the last first."""
    if not viewer.is_authenticated:
        return []
    observed = Mandate.objects.filter(user=viewer, role=MandateRole.OBSERVER)
    territories = observed.current(timezone.localdate()).values("territory")
    rows = Session.objects.public().filter(
        Q(territory__in=territories_of(viewer)) | Q(territory__in=territories),
        begins_at__lte=timezone.now(),
    )
    found = visible(viewer, rows).select_related("territory")
    listed = list(found.order_by("-begins_at", "-pk")[:MOST_LISTED])
    allowed = {one.territory_id: one for one in listed}
    readable = {
        pk for pk, one in allowed.items() if can(viewer, "rendezvous.view_figures", one)
    }
    return [one for one in listed if one.territory_id in readable]


@dataclass(frozen=True)
class Row:
    """One figure of every session; None where it is hidden or has no meaning yet."""

    label: str
    values: tuple[float | None, ...]
    digits: int = 0


def rows_of(compared: Sequence[Figures]) -> list[Row]:
    """Return the figures line by line: counts, then shares, whatever the size."""
    if not compared:
        return []
    funnels = [one.funnel for one in compared]
    steps = [
        Row(label, tuple(funnel.steps[at][1] for funnel in funnels))
        for at, (label, _value) in enumerate(funnels[0].steps)
    ]
    return [
        Row(_("Organisations inscrites"), tuple(o.organisations for o in compared)),
        Row(_("Organisations venues"), tuple(one.came for one in compared)),
        *steps,
        Row(
            _("Envie partagée, sur 100 rencontres faites"),
            tuple(one.mutual_pct for one in funnels),
        ),
        Row(
            _("Se sont parlé, sur 100 envies partagées"),
            tuple(one.talked_pct for one in funnels),
        ),
        Row(
            _("Accord, sur 100 envies partagées"),
            tuple(one.agreement_pct for one in funnels),
        ),
        Row(_("Fiches d’engagement signées"), tuple(o.cards_signed for o in compared)),
        Row(_("Suites arrêtées"), tuple(one.stopped for one in compared)),
        Row(
            _("Mois jusqu’à l’accord, pour la moitié des accords"),
            tuple(one.months_to_agreement for one in compared),
            digits=1,
        ),
    ]
