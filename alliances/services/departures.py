"""A person who is erased leaves everything; what they led goes to who remains."""

from django.db import transaction

from accounts.models import User
from alliances.enums import RESPONSIBLE_ROLES
from alliances.models import Membership, Organisation
from alliances.services.membership import telling


@transaction.atomic
def leave_everything(user: User) -> None:
    """End every membership of ``user``, even that of the last responsible person.

    An organisation left without anybody is claimed anew, like one that was imported.
    Members of each organisation are changed under its lock, and those who decide for
    it are told what depended on the person, never who it was.
    """
    mine = Membership.objects.filter(user=user).values("organisation")
    organisations = Organisation.objects.filter(pk__in=mine).order_by("pk")
    for organisation in organisations.select_for_update(no_key=True):
        left = list(Membership.objects.filter(user=user, organisation=organisation))
        Membership.objects.filter(pk__in=[one.pk for one in left]).delete()
        lead = _new_lead(organisation)
        if organisation.archived_at is None:
            for one in left:
                telling.erased(one, lead=lead)


def _new_lead(organisation: Organisation) -> Membership | None:
    """Make the oldest responsible member the lead contact, if there is none any more."""
    members = Membership.objects.filter(organisation=organisation)
    if members.filter(is_lead=True).exists():
        return None
    responsible = members.filter(role__in=RESPONSIBLE_ROLES).select_related("user")
    oldest = responsible.order_by("created_at", "pk").first()
    if oldest is not None:
        Membership.objects.filter(pk=oldest.pk).update(is_lead=True)
    return oldest
