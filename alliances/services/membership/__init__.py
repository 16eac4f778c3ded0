"""Who belongs to an organisation: one verb each, under the lock of the organisation."""

from alliances.services.membership.claiming import (
    approve_claim,
    claim_organisation,
    escalate_claims,
    expire_claims,
    refuse_claim,
    withdraw_claim,
)
from alliances.services.membership.inviting import (
    accept_invitation,
    expire_invitations,
    invite,
    refuse_invitation,
    resend_invitation,
    revoke_invitation,
)
from alliances.services.membership.members import (
    change_role,
    leave,
    name_lead,
    remove_member,
)
from alliances.services.membership.refusals import OtherAddressError, RefusedError

__all__ = [
    "OtherAddressError",
    "RefusedError",
    "accept_invitation",
    "approve_claim",
    "change_role",
    "claim_organisation",
    "escalate_claims",
    "expire_claims",
    "expire_invitations",
    "invite",
    "leave",
    "name_lead",
    "refuse_claim",
    "refuse_invitation",
    "remove_member",
    "resend_invitation",
    "revoke_invitation",
    "withdraw_claim",
]
