"""Until when a person has read a conversation."""

import datetime as dt

from django.db.models.functions import Greatest

from accounts.models import User
from alliances.models import Reading


def mark_read(conversation_id: int, user: User, *, until: dt.datetime) -> None:
    """Keep that ``user`` has read what was sent ``until`` then; it never goes back."""
    made, is_new = Reading.objects.get_or_create(
        conversation_id=conversation_id,
        user=user,
        defaults={"read_at": until},
    )
    if not is_new and made.read_at < until:
        Reading.objects.filter(pk=made.pk).update(read_at=Greatest("read_at", until))
