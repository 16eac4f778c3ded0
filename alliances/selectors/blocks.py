"""Who no longer wants to hear from whom: for those who block, and for the services."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest, Least

from alliances.models import Block, Introduction
from alliances.models.introduction import SAME_PAIR_DELAY


def blocked_between(one_id: int, other_id: int) -> bool:
    """Tell whether one of the two blocks the other: nothing opens between them."""
    return Block.objects.filter(
        Q(organisation=one_id, other=other_id) | Q(organisation=other_id, other=one_id)
    ).exists()


def blocks_in_force(
    now: dt.datetime, organisation_ids: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """Return who blocks whom, once nothing else explains that the two are apart.

    A block closes an introduction as any farewell does. Until the day when that pair
    could be proposed again, it does no more than the farewell: the other side would
    otherwise read the block in the lists that everybody reads.
    """
    since = now - SAME_PAIR_DELAY
    explained = Introduction.objects.filter(
        Q(closed_at=None) | Q(closed_at__gt=since),
        low=Least(OuterRef("organisation_id"), OuterRef("other_id")),
        high=Greatest(OuterRef("organisation_id"), OuterRef("other_id")),
    )
    rows = Block.objects.exclude(Exists(explained))
    if organisation_ids is not None:
        rows = rows.filter(organisation__in=organisation_ids)
    return set(rows.values_list("organisation_id", "other_id"))


def own_block(organisation_id: int, other_id: int) -> Block | None:
    """Return the block that ``organisation`` states, which its members alone may know."""
    return Block.objects.filter(organisation=organisation_id, other=other_id).first()
