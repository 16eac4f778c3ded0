"""Whom to tell about a conversation."""

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import Introduction, Membership, Message

DECIDING = (MembershipRole.REFERENT, MembershipRole.SIGNATORY)


def leads_of(organisation_id: int) -> list[User]:
    """Return the lead contact of an organisation, else those who decide for it."""
    members = Membership.objects.filter(
        organisation=organisation_id, user__is_active=True
    ).select_related("user")
    lead = [one.user for one in members.filter(is_lead=True)]
    return lead or [
        one.user for one in members.filter(role__in=DECIDING).order_by("pk")
    ]


def deciding_of(organisation_id: int) -> list[User]:
    """Return those who decide for an organisation."""
    members = Membership.objects.filter(
        organisation=organisation_id, role__in=DECIDING, user__is_active=True
    )
    return [one.user for one in members.select_related("user").order_by("pk")]


def followers_of(
    introduction: Introduction, organisation_id: int, *, but: User
) -> list[User]:
    """Return whom to tell on one side: its lead, and its members who wrote there."""
    wrote = Message.objects.filter(
        conversation__introduction=introduction, organisation=organisation_id
    ).values("author")
    members = Membership.objects.filter(
        organisation=organisation_id, user__in=wrote, user__is_active=True
    ).select_related("user")
    writers = [one.user for one in members.order_by("pk")]
    found = {one.pk: one for one in (*leads_of(organisation_id), *writers)}
    return [one for one in found.values() if one.pk != but.pk]
