"""Opening the introduction that two yeses ask for."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import (
    Conversation,
    Interest,
    Introduction,
    Membership,
    Organisation,
)
from alliances.notices import INTRODUCTION_OPENED
from alliances.selectors.openings import (
    may_be_introduced,
    waiting_pairs,
    yes_between,
)
from alliances.services.introductions.delivering import note_opening
from alliances.services.introductions.locking import lock_pair
from notifications.services import notify

BOTH = 2


def open_waiting() -> int:
    """Open every introduction that waits and now may; return how many.

    Each in its own transaction, those that said yes twice first, first.
    """
    now = timezone.now()
    pairs = waiting_pairs(now)
    return sum(open_pair(low, high) is not None for low, high in pairs)


@transaction.atomic
def open_pair(one_id: int, other_id: int) -> Introduction | None:
    """Open the introduction of two organisations if both want it and it may open."""
    sides = lock_pair(one_id, other_id)
    return open_locked(sides, timezone.now())


def open_locked(
    sides: tuple[Organisation, Organisation],
    now: dt.datetime,
    *,
    have_met: bool = False,
) -> Introduction | None:
    """As ``open_pair``, for who holds the locks of both sides, the low one first.

    Those who ``have_met`` do not wait for room (docs/decisions/0190).
    """
    low, high = sides
    said = list(yes_between(low.pk, high.pk, now))
    if len(said) < BOTH or not may_be_introduced(low, high, now, have_met=have_met):
        return None
    introduction = Introduction.objects.create(
        low=low, high=high, type=_type_of(said), opened_at=now
    )
    Conversation.objects.create(introduction=introduction)
    Interest.objects.filter(pk__in=[one.pk for one in said]).update(closed_at=now)
    note_opening(low, high, now)
    for own in sides:
        _tell(introduction, own, said)
    return introduction


def _type_of(said: Iterable[Interest]) -> str:
    """Return the type that both named; none when they differ."""
    types = {one.type for one in said}
    return types.pop() if len(types) == 1 else ""


def _tell(
    introduction: Introduction, own: Organisation, said: Iterable[Interest]
) -> None:
    answered = [one.by_id for one in said if one.organisation_id == own.pk]
    other = introduction.other_than(own)
    notify(
        INTRODUCTION_OPENED,
        _people(own, answered),
        key=f"introduction:{introduction.public_id}",
        path=reverse(
            "alliances:introduction_detail",
            args=[own.public_id, introduction.public_id],
        ),
        context={"own": own.name, "other": other.name},
    )


def _people(own: Organisation, answered: Iterable[int | None]) -> list[User]:
    """Return the lead contact and whoever answered, if they still belong to it.

    When nobody is left of them, those who decide for the organisation.
    """
    rows = Membership.objects.filter(organisation=own, user__is_active=True)
    members = list(rows.select_related("user").order_by("pk"))
    told = [one for one in members if one.is_lead or one.user_id in answered]
    deciding = [one for one in members if one.role != MembershipRole.CONTRIBUTOR]
    return [one.user for one in told or deciding]
