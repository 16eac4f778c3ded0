"""What an administrator reads of an organisation is written in its journal."""

from collections.abc import Iterable

from django.db import transaction

from accounts.policy import Person
from accounts.selectors.elevation import current_elevation
from alliances.models import Organisation, PrivilegedRead

WHAT_MAX_CHARS = 120


class NotElevatedError(PermissionError):
    """Nothing of an organisation is read by privilege without an extended access."""


def record_read(
    person: Person, organisation: Organisation, what: str
) -> PrivilegedRead:
    """Write down that ``person`` reads ``what`` of ``organisation``.

    Raises
    ------
    NotElevatedError
        If they have no extended access at this moment.
    """
    return record_reads(person, [organisation], what)[0]


@transaction.atomic
def record_reads(
    person: Person, organisations: Iterable[Organisation], what: str
) -> list[PrivilegedRead]:
    """Write down one read of each organisation."""
    elevation = current_elevation(person)
    if elevation is None:
        raise NotElevatedError
    return PrivilegedRead.objects.bulk_create(
        PrivilegedRead(
            elevation=elevation,
            user_id=elevation.user_id,
            organisation=each,
            what=what[:WHAT_MAX_CHARS],
        )
        for each in organisations
    )
