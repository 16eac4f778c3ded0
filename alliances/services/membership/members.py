"""Roles, the lead contact, leaving: what changes who decides for an organisation."""

from django.db import transaction

from accounts.models import User
from accounts.policy import can
from alliances.enums import RESPONSIBLE_ROLES, MembershipRole
from alliances.models import Membership, Organisation
from alliances.services.membership import telling
from alliances.services.membership.locking import (
    ensure_lead,
    keep_one_responsible,
    locked,
    signatories_must_wait,
)
from alliances.services.membership.refusals import (
    AlreadyDoneError,
    NotAllowedError,
    SecondPersonError,
    TooEarlyError,
)


@transaction.atomic
def change_role(membership: Membership, role: MembershipRole, *, by: User) -> bool:
    """Give a member another role; tell whether anything changed.

    Raises
    ------
    RefusedError
        If ``by`` may not, or if nobody would decide any more.
    """
    organisation = locked(membership.organisation_id)
    member = _current(membership)
    _allow_managing(member, by)
    if member.role == role:
        return False
    if role == MembershipRole.SIGNATORY:
        allow_naming_signatory(organisation, by=by, person_id=member.user_id)
    member.role = role
    member.save(update_fields=["role"])
    keep_one_responsible(organisation)
    telling.role_changed(member)
    return True


@transaction.atomic
def name_lead(membership: Membership, *, by: User) -> None:
    """Make a member the lead contact: whom reminders are for."""
    organisation = locked(membership.organisation_id)
    member = _current(membership)
    if not can(by, "alliances.manage_team", organisation):
        raise NotAllowedError
    members = Membership.objects.filter(organisation=organisation)
    members.filter(is_lead=True).update(is_lead=False)
    members.filter(pk=member.pk).update(is_lead=True)


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """Take a person off the team; they lose their rights at their next request."""
    organisation = locked(membership.organisation_id)
    member = _current(membership)
    _allow_managing(member, by)
    member.delete()
    keep_one_responsible(organisation)
    ensure_lead(organisation)
    telling.removed(member)


@transaction.atomic
def leave(membership: Membership, *, successor: Membership | None = None) -> None:
    """Leave, after handing one's role over to ``successor`` if one is named.

    Raises
    ------
    RefusedError
        If nobody would decide any more, or if the successor may not yet sign.
    """
    organisation = locked(membership.organisation_id)
    member = _current(membership)
    if successor is not None:
        _hand_over(member, _current(successor), organisation)
    member.delete()
    keep_one_responsible(organisation)
    ensure_lead(organisation)
    telling.left(member)


def _hand_over(
    member: Membership, successor: Membership, organisation: Organisation
) -> None:
    """Give the role and the part of lead contact; never lower the successor."""
    if successor.pk == member.pk or successor.organisation_id != organisation.pk:
        raise AlreadyDoneError
    roles = list(MembershipRole)
    if roles.index(MembershipRole(member.role)) > roles.index(
        MembershipRole(successor.role)
    ):
        waits = signatories_must_wait(organisation, successor.user_id)
        if member.role == MembershipRole.SIGNATORY and waits:
            raise TooEarlyError
        successor.role = member.role
        telling.role_changed(successor)
    if member.is_lead:
        Membership.objects.filter(pk=member.pk).update(is_lead=False)
        successor.is_lead = True
    successor.save(update_fields=["role", "is_lead"])


def allow_naming_signatory(
    organisation: Organisation, *, by: User, person_id: int = 0
) -> None:
    """Refuse a naming that one person could make alone, or too early.

    Raises
    ------
    RefusedError
        If ``by`` may not, names themself beside others, or must wait.
    """
    if not can(by, "alliances.name_signatory", organisation):
        raise NotAllowedError
    others = Membership.objects.filter(
        organisation=organisation, role__in=RESPONSIBLE_ROLES
    ).exclude(user=by)
    if person_id == by.pk and others.exists():
        raise SecondPersonError
    if signatories_must_wait(organisation, person_id):
        raise TooEarlyError


def _current(membership: Membership) -> Membership:
    """Read the member again under the lock."""
    rows = Membership.objects.select_related("user", "organisation")
    member = rows.filter(
        pk=membership.pk, organisation=membership.organisation_id
    ).first()
    if member is None:
        raise AlreadyDoneError
    return member


def _allow_managing(member: Membership, by: User) -> None:
    if not can(by, "alliances.manage_member", member):
        raise NotAllowedError
