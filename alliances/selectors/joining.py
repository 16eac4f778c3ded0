"""Invitations and requests to join, as the persons concerned read them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.policy import Person, visible
from alliances.models import Claim, Invitation
from alliances.policy import verified_addresses, waiting_for

LINES_MAX = 100


@dataclass(frozen=True)
class Joining:
    """What a person is asked, and what they asked."""

    claims: list[Claim]
    invitations: list[Invitation]

    @property
    def is_asking(self) -> bool:
        """Tell whether anything waits for an answer."""
        return bool(self.claims or self.invitations)


def joining_of(person: Person) -> Joining:
    """Return the requests of ``person`` that wait, and the invitations they received."""
    claims = Claim.objects.filter(user=person.pk, state=Claim.State.PENDING)
    claims = claims.filter(organisation__archived_at=None)
    received = Invitation.objects.annotate(address=Lower("email")).filter(
        address__in=verified_addresses(person),
        state=Invitation.State.PENDING,
        expires_at__gt=timezone.now(),
    )
    return Joining(
        list(claims.select_related("organisation").order_by("created_at")),
        list(
            visible(person, received)
            .select_related("organisation", "invited_by")
            .order_by("sent_at")
        ),
    )


def live_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can still be answered."""
    return Invitation.objects.filter(
        state=Invitation.State.PENDING,
        expires_at__gt=timezone.now(),
        organisation__archived_at=None,
    ).select_related("organisation", "invited_by")


def claims_to_decide(person: Person) -> list[Claim]:
    """Return the queue of ``person``, the oldest first."""
    waiting = waiting_for(person, Claim.objects.all())
    rows = waiting.select_related("organisation__seat", "user")
    return list(rows.order_by("created_at", "pk")[:LINES_MAX])
