"""The jobs of organisations and their members."""

from datetime import timedelta

from django.utils import timezone

from alliances.services import membership
from jobs.registry import Payload, handler


@handler("alliances.close_requests_to_join", every=timedelta(days=1))
def close_requests_to_join(payload: Payload) -> None:
    """Expire invitations and claims; tell the catalysts of the claims that wait."""
    now = timezone.now()
    membership.expire_invitations(now)
    membership.expire_claims(now)
    membership.escalate_claims(now)
