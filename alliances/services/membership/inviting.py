"""Invitations: a link in a letter, used once."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.policy import can
from alliances.enums import MembershipRole
from alliances.models import Invitation, Membership, Organisation
from alliances.services.membership import telling
from alliances.services.membership.locking import ensure_lead, locked
from alliances.services.membership.members import allow_naming_signatory
from alliances.services.membership.refusals import (
    AlreadyDoneError,
    AlreadyInvitedError,
    AlreadyMemberError,
    NotAllowedError,
    OtherAddressError,
    ResentEnoughError,
    TooManyInvitationsError,
)
from alliances.services.membership.terms import (
    INVITATION_LIFETIME,
    INVITATIONS_MAX,
    SENDS_APART,
    SENDS_MAX,
)
from alliances.services.membership.tokens import new_token

State = Invitation.State


def invite(
    organisation: Organisation, email: str, role: MembershipRole, *, by: User
) -> Invitation:
    """Write to ``email`` that it is invited; the answer is the same for every address.

    Raises
    ------
    RefusedError
        If ``by`` may not, or if this address is a member's or already invited.
    """
    try:
        with transaction.atomic():
            locked(organisation.pk)
            _allow_inviting(organisation, email, role, by=by)
            token, digest = new_token()
            now = timezone.now()
            invitation = Invitation.objects.create(
                organisation=organisation,
                email=email,
                role=role,
                token_digest=digest,
                invited_by=by,
                sent_at=now,
                expires_at=now + INVITATION_LIFETIME,
            )
            telling.invited(invitation, token)
    except IntegrityError as error:
        raise AlreadyInvitedError from error
    return invitation


def _allow_inviting(
    organisation: Organisation, email: str, role: MembershipRole, *, by: User
) -> None:
    if not can(by, "alliances.manage_team", organisation):
        raise NotAllowedError
    if role == MembershipRole.SIGNATORY:
        allow_naming_signatory(organisation, by=by)
    members = Membership.objects.filter(organisation=organisation)
    if members.filter(user__email__iexact=email).exists():
        raise AlreadyMemberError
    waiting = Invitation.objects.filter(organisation=organisation, state=State.PENDING)
    if waiting.filter(email__iexact=email).exists():
        raise AlreadyInvitedError
    if waiting.count() >= INVITATIONS_MAX:
        raise TooManyInvitationsError


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> None:
    """Send a new link; the old one is dead.

    Raises
    ------
    RefusedError
        If it is closed, was sent a moment ago, or often enough.
    """
    organisation = locked(invitation.organisation_id)
    current = _pending(invitation)
    _allow_closing(current, organisation, by=by)
    now = timezone.now()
    if current.sent_count >= SENDS_MAX or current.sent_at > now - SENDS_APART:
        raise ResentEnoughError
    token, current.token_digest = new_token()
    current.sent_at, current.expires_at = now, now + INVITATION_LIFETIME
    current.sent_count += 1
    current.save(update_fields=["token_digest", "sent_at", "expires_at", "sent_count"])
    telling.invited(current, token)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back: its link no longer works."""
    organisation = locked(invitation.organisation_id)
    current = _pending(invitation)
    _allow_closing(current, organisation, by=by)
    _close(current, State.REVOKED)


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User, *, owns: bool) -> None:
    """Join with the role offered; ``owns`` the invited address or only holds the link.

    Raises
    ------
    RefusedError
        If it is closed or expired, or gives a role that asks for the address itself.
    """
    organisation = locked(invitation.organisation_id)
    current = _pending(invitation)
    if current.expires_at <= timezone.now():
        raise AlreadyDoneError
    if current.role == MembershipRole.SIGNATORY and not owns:
        raise OtherAddressError
    member, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": current.role}
    )
    if not is_new:
        _raise_role(member, current.role)
    current.accepted_by = user
    _close(current, State.ACCEPTED)
    ensure_lead(organisation)
    telling.joined(organisation, user)


def _raise_role(member: Membership, role: str) -> None:
    """Whoever joined meanwhile by another way keeps the higher of both roles."""
    roles = MembershipRole.values
    if roles.index(role) > roles.index(member.role):
        member.role = role
        member.save(update_fields=["role"])


@transaction.atomic
def refuse_invitation(invitation: Invitation) -> None:
    """Say no; whoever holds the link may, without an account."""
    locked(invitation.organisation_id)
    _close(_pending(invitation), State.REFUSED)


@transaction.atomic
def expire_invitations(now: dt.datetime) -> int:
    """Close the invitations that were not answered in time; return how many."""
    old = Invitation.objects.filter(state=State.PENDING, expires_at__lte=now)
    expired = list(old.select_for_update(skip_locked=True))
    for invitation in expired:
        _close(invitation, State.EXPIRED)
    return len(expired)


def _allow_closing(
    invitation: Invitation, organisation: Organisation, *, by: User
) -> None:
    if not can(by, "alliances.manage_team", organisation):
        raise NotAllowedError
    is_for_signatory = invitation.role == MembershipRole.SIGNATORY
    if is_for_signatory and not can(by, "alliances.name_signatory", organisation):
        raise NotAllowedError


def _pending(invitation: Invitation) -> Invitation:
    """Read the invitation again under the lock, with the token it was found by."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "organisation"
    )
    current = rows.filter(
        pk=invitation.pk, state=State.PENDING, token_digest=invitation.token_digest
    ).first()
    if current is None:
        raise AlreadyDoneError
    return current


def _close(invitation: Invitation, state: str) -> None:
    invitation.state = state
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["state", "answered_at", "accepted_by"])
