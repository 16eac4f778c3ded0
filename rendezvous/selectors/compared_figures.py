"""The sessions whose figures one may put side by side."""

from django.db.models import Q
from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.enums import MandateRole
from alliances.models import Mandate
from alliances.policy.roles import territories_of
from rendezvous.models import Session

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
