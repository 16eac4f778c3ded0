"""When a person was last here, to the day: retention counts from it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

PRECISION = timedelta(days=1)


@transaction.atomic
def note_presence(person: User) -> None:
    """Write ``seen_at`` once a day; forget that the person was told of inactivity."""
    now = timezone.now()
    if person.seen_at is not None and now - person.seen_at < PRECISION:
        return
    User.objects.filter(pk=person.pk).update(seen_at=now, inactivity_notice_at=None)
