"""Who has not come for long."""

import datetime as dt

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Greatest

from accounts.fictitious import without_fictitious
from accounts.models import User

INACTIVE_AFTER = dt.timedelta(days=730)
NOTICE_BEFORE = dt.timedelta(days=30)


def not_come_since(moment: dt.datetime) -> QuerySet[User]:
    """Return the people whose last sign of life is before ``moment``."""
    people = without_fictitious(User.objects.filter(erased_at=None))
    known = people.annotate(
        came_at=Greatest(
            "date_joined",
            "last_login",
            "seen_at",
            Max("usersession__last_seen_at"),
            Max("api_tokens__used_at"),
        )
    )
    return known.filter(came_at__lt=moment).order_by("pk")


def to_be_told(now: dt.datetime) -> QuerySet[User]:
    """Return those who will be erased in thirty days and were not told since."""
    silent = not_come_since(now - INACTIVE_AFTER + NOTICE_BEFORE)
    return silent.exclude(inactivity_notice_at__gte=F("came_at"))


def to_be_erased(now: dt.datetime) -> QuerySet[User]:
    """Return those told thirty days ago who did not come back."""
    silent = not_come_since(now - INACTIVE_AFTER)
    return silent.filter(
        inactivity_notice_at__gte=F("came_at"),
        inactivity_notice_at__lte=now - NOTICE_BEFORE,
    )
