"""Who no longer wants to hear from whom: for those who block, and for the services."""

from django.db.models import Q

from alliances.models import Block


def blocked_between(one_id: int, other_id: int) -> bool:
    """Tell whether one of the two blocks the other: nothing opens between them."""
    return Block.objects.filter(
        Q(organisation=one_id, other=other_id) | Q(organisation=other_id, other=one_id)
    ).exists()


def own_block(organisation_id: int, other_id: int) -> Block | None:
    """Return the block that ``organisation`` states, which its members alone may know."""
    return Block.objects.filter(organisation=organisation_id, other=other_id).first()
