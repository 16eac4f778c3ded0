"""What a person who goes leaves behind."""

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import Membership, Organisation

RESPONSIBLE = (MembershipRole.REFERENT, MembershipRole.SIGNATORY)


def left_without_responsible(user: User) -> list[Organisation]:
    """Return the organisations that nobody else would decide for without ``user``."""
    others = Membership.objects.filter(role__in=RESPONSIBLE).exclude(user=user)
    mine = Organisation.objects.active().filter(
        memberships__user=user, memberships__role__in=RESPONSIBLE
    )
    alone = mine.exclude(pk__in=others.values("organisation"))
    return list(alone.for_list().order_by("name", "pk"))
