"""When a person was last here, to the day: retention counts from it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

PRECISION = timedelta(days=1)


def note_presence(person: User) -> None:
    """Write ``seen_at`` once a day; forget that the person was told of inactivity."""
    now = timezone.now()
    if person.seen_at is None or now - person.seen_at >= PRECISION:
        _write(person, now)


@transaction.atomic
def _write(person: User, now: datetime) -> None:
    User.objects.filter(pk=person.pk).update(seen_at=now, inactivity_notice_at=None)
