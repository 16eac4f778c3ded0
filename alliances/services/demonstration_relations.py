"""A few answers and introductions between fictitious organisations."""

from collections.abc import Iterator

from django.utils import timezone

from alliances.models import Interest, Membership, Organisation
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
