"""A few answers and introductions between fictitious organisations."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils import timezone

from alliances.models import (
    Conversation,
    Interest,
    Introduction,
    Membership,
    Organisation,
)
from alliances.models.introduction import ANSWER_LIFETIME
from alliances.services.introductions import open_pair

Organisations = dict[str, Organisation]


def load_relations(
    rows: Iterator[dict[str, str]], organisations: Organisations
) -> None:
    """State the answers that were never given, and open what two yeses ask for.

    What people of the demonstration answered since is theirs.
    """
    for row in rows:
        own, other = organisations[row["key"]], organisations[row["other"]]
        if not Interest.objects.filter(organisation=own, other=other).exists():
            _answer(own, other, row)
            open_pair(own.pk, other.pk)


def _answer(own: Organisation, other: Organisation, row: dict[str, str]) -> None:
    member = Membership.objects.filter(organisation=own).order_by("pk").first()
    now = timezone.now()
    Interest.objects.create(
        organisation=own,
        other=other,
        answer=row["answer"],
        type=row["type"],
        reason_code=row["reason"],
        by=member.user if member else None,
        answered_at=now,
        expires_at=now + ANSWER_LIFETIME,
    )


def introduce_past(
    met: Mapping[frozenset[int], dt.datetime],
) -> dict[frozenset[int], Introduction]:
    """Return the introductions of organisations that met and said yes, at those dates.

    One that is open stays; the others are opened in bulk, as of then: nobody is told.
    """
    every = frozenset().union(*met)
    there = Introduction.objects.open().filter(low__in=every, high__in=every)
    found = {frozenset(one.sides): one for one in there}
    new = [
        Introduction(low_id=min(pair), high_id=max(pair), opened_at=at)
        for pair, at in met.items()
        if pair not in found
    ]
    Introduction.objects.bulk_create(new)
    Conversation.objects.bulk_create(Conversation(introduction=one) for one in new)
    Interest.objects.bulk_create(
        Interest(
            organisation_id=own,
            other_id=other,
            answer=Interest.Answer.YES,
            answered_at=one.opened_at,
            expires_at=one.opened_at + ANSWER_LIFETIME,
            closed_at=one.opened_at,
        )
        for one in new
        for own, other in (one.sides, one.sides[::-1])
    )
    return found | {frozenset(one.sides): one for one in new}
