"""What a catalyst asks of the next programmes: numbers by kind, by person, kept tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rendezvous.models import Arrangement, Attendee, Quota, Session
from rendezvous.services.locking import lock_session


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least and at most; None: as the session says."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What is asked of one programme."""

    table: int | None
    meetings: Bounds


def arrange(session: Session, values: Mapping[str, Any]) -> None:
    """Write down how people sit and move; the caller holds the lock."""
    Arrangement.objects.update_or_create(session=session, defaults=dict(values))


@transaction.atomic
def set_quotas(session: Session, asked: Mapping[tuple[str, str], Bounds]) -> None:
    """Replace the numbers of meetings by kind."""
    locked = lock_session(session)
    Quota.objects.filter(session=locked).delete()
    Quota.objects.bulk_create(
        Quota(
            session=locked,
            kind=kind,
            other=other,
            minimum=bounds.minimum or 0,
            maximum=bounds.maximum,
        )
        for (kind, other), bounds in sorted(asked.items())
    )


@transaction.atomic
def set_people(session: Session, asked: Mapping[int, OfPerson]) -> None:
    """Write down what is asked of some programmes."""
    locked = lock_session(session)
    rows = Attendee.objects.filter(registration__session=locked, pk__in=asked)
    for one in rows.select_for_update(of=("self",)).order_by("pk"):
        wanted = asked[one.pk]
        one.table = wanted.table
        one.meetings_min = wanted.meetings.minimum
        one.meetings_max = wanted.meetings.maximum
        one.save(update_fields=["table", "meetings_min", "meetings_max"])
