"""A person who is erased leaves everything; what they led goes to who remains."""

from django.db import transaction

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import Membership, Organisation

RESPONSIBLE = (MembershipRole.REFERENT, MembershipRole.SIGNATORY)


@transaction.atomic
def leave_everything(user: User) -> None:
    """End every membership of ``user``, even that of the last responsible person.

    An organisation left without anybody is claimed anew, like one that was imported.
    Members of each organisation are changed under its lock.
    """
    mine = Membership.objects.filter(user=user).values("organisation")
    organisations = Organisation.objects.filter(pk__in=mine).order_by("pk")
    for organisation in organisations.select_for_update(no_key=True):
        Membership.objects.filter(user=user, organisation=organisation).delete()
        _ensure_lead(organisation)


def _ensure_lead(organisation: Organisation) -> None:
    """Give the part of lead contact to the oldest responsible member if none has it."""
    members = Membership.objects.filter(organisation=organisation)
    if members.filter(is_lead=True).exists():
        return
    oldest = members.filter(role__in=RESPONSIBLE).order_by("created_at", "pk").first()
    if oldest is not None:
        Membership.objects.filter(pk=oldest.pk).update(is_lead=True)
