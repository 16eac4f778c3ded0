"""Saying when one answers nobody."""

import datetime as dt

from django.db import transaction

from accounts.models import Absence, User

MAX_ABSENCES = 20


class TooManyAbsencesError(ValueError):
    """Nobody plans that many absences: old ones are to be removed first."""


@transaction.atomic
def state_absence(user: User, starts_on: dt.date, ends_on: dt.date) -> Absence:
    """Write one period; stated twice, it is written once.

    Raises
    ------
    TooManyAbsencesError
        If ``user`` has as many periods to come as one may have.
    """
    User.objects.select_for_update().get(pk=user.pk)
    mine = Absence.objects.filter(user=user)
    same = mine.filter(starts_on=starts_on, ends_on=ends_on).first()
    if same is not None:
        return same
    if mine.count() >= MAX_ABSENCES:
        raise TooManyAbsencesError
    return Absence.objects.create(user=user, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def remove_absence(absence: Absence) -> None:
    """Forget one period."""
    Absence.objects.filter(pk=absence.pk).delete()
