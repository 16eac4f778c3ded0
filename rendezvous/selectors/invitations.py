"""Who was invited to a session: as the catalyst reads it, and as the invited do."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from accounts.policy import Person, visible
from alliances.models import Organisation
from alliances.selectors.solicitations import channel
from rendezvous.models import Registration, Session, SessionInvitation

SHOWN = 50


@dataclass(frozen=True)
class Invited:
    """An invitation, and all that its catalyst may know of it."""

    organisation: Organisation
    sent_at: dt.datetime
    is_registered: bool


def invited_to(session: Session, viewer: Person) -> list[Invited]:
    """Return the last invitations of a session: sent, or followed by a registration."""
    rows = visible(viewer, SessionInvitation.objects.filter(session=session))
    rows = rows.select_related("organisation__seat")
    rows = rows.defer("organisation__search_vector")
    come = Registration.objects.live().filter(session=session)
    there = set(visible(viewer, come).values_list("organisation", flat=True))
    return [
        Invited(one.organisation, one.created_at, one.organisation_id in there)
        for one in rows.order_by("-created_at", "pk")[:SHOWN]
    ]


def own_invitations(session: Session, viewer: Person) -> list[SessionInvitation]:
    """Return what waits for an answer of the organisations that one acts for."""
    if not viewer.is_authenticated:
        return []
    mine = Organisation.objects.active().filter(memberships__user=viewer.pk)
    rows = SessionInvitation.objects.delivered().filter(
        session=session, organisation__in=mine.values("pk"), declined_at=None
    )
    come = Registration.objects.live().filter(session=session)
    rows = rows.exclude(organisation__in=come.values("organisation"))
    found = visible(viewer, rows).select_related("organisation")
    found = found.defer("organisation__search_vector")
    return list(found.order_by("organisation__search_key", "pk"))


@channel
def invitations_of_the_month(
    ids: Collection[int], begins: dt.datetime, ends: dt.datetime
) -> Counter[int]:
    """Count what reached each: an invitation is one solicitation, declined or not."""
    rows = SessionInvitation.objects.filter(
        organisation__in=ids, delivered_at__gte=begins, delivered_at__lt=ends
    )
    return Counter(rows.values_list("organisation", flat=True))
