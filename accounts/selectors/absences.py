"""Who answers nobody on a given day."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import Absence, User

TOLD_AHEAD = dt.timedelta(days=30)


def is_absent(user: User, day: dt.date) -> bool:
    """Tell whether ``user`` said that they are away on ``day``."""
    return Absence.objects.filter(
        user=user, starts_on__lte=day, ends_on__gte=day
    ).exists()


def present(users: Iterable[User], day: dt.date) -> list[User]:
    """Keep the ``users`` who are not away on ``day``, in the same order."""
    people = list(users)
    away = set(
        Absence.objects.filter(
            user__in=people, starts_on__lte=day, ends_on__gte=day
        ).values_list("user_id", flat=True)
    )
    return [person for person in people if person.pk not in away]


def absences_of(users: Iterable[User | int], day: dt.date) -> dict[int, Absence]:
    """Return, by person, the absence in course on ``day`` that ends last."""
    found = Absence.objects.filter(
        user__in=users, starts_on__lte=day, ends_on__gte=day
    ).order_by("ends_on")
    return {absence.user_id: absence for absence in found}


def absences_to_tell(users: Iterable[User | int], day: dt.date) -> dict[int, Absence]:
    """Return, by person, the absence in course on ``day``, else the next of the month."""
    found = Absence.objects.filter(
        user__in=users, ends_on__gte=day, starts_on__lte=day + TOLD_AHEAD
    )
    told: dict[int, Absence] = {}
    for absence in sorted(found, key=lambda one: _precedence(one, day)):
        told.setdefault(absence.user_id, absence)
    return told


def _precedence(absence: Absence, day: dt.date) -> tuple[bool, int]:
    """Put what is in course first, the longest before; then what begins soonest."""
    if absence.starts_on <= day:
        return (False, -absence.ends_on.toordinal())
    return (True, absence.starts_on.toordinal())
