"""Extended access: asked for with a reason, short, and ended as soon as wanted."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import Elevation, User


@transaction.atomic
def elevate(person: User, *, reason: str, duration: dt.timedelta) -> Elevation:
    """Open an extended access; the one that was open, if any, ends now."""
    User.objects.select_for_update().get(pk=person.pk)  # two clicks: one access
    now = timezone.now()
    _end(person, now)
    return Elevation.objects.create(
        user=person, reason=reason, starts_at=now, ends_at=now + duration
    )


@transaction.atomic
def end_elevation(person: User) -> bool:
    """End the extended access of ``person``; say whether there was one."""
    return bool(_end(person, timezone.now()))


def _end(person: User, now: dt.datetime) -> int:
    return Elevation.objects.live(now).filter(user=person).update(ends_at=now)
