"""A catalyst suggests that two organisations meet; what they do of it is theirs.

What is written, returned and raised here depends on the catalyst and on what is public:
never on what one of the two refuses, blocks, answered or has left. Whether the
suggestion reaches them is decided apart, by a job (``delivering``).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.models import Organisation, Suggestion
from alliances.models.suggestion import SUGGESTION_LIFETIME
from alliances.selectors.suggestions import (
    belongs_to_either,
    mandated_territory,
    suggestions_left,
)
from alliances.services.introductions.locking import lock_pair
from jobs.services import enqueue
from territories.models import Territory

DELIVERY_JOB = "alliances.deliver_suggestion"


class UnsuggestedError(Exception):
    """Nothing was suggested, for a reason that is not private to the organisations."""


class NotSharedError(UnsuggestedError):
    """No territory of the catalyst holds both organisations."""


class OwnOrganisationError(UnsuggestedError):
    """The catalyst belongs to one of the two: it answers for itself."""


class AlreadySuggestedError(UnsuggestedError):
    """The same pair was suggested lately, by this catalyst or by another."""


class NoneLeftError(UnsuggestedError):
    """The catalyst made as many suggestions this month as one may."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a catalyst writes to both; bounded by the form."""

    reason: str
    is_signed: bool = False


@transaction.atomic
def suggest(
    one: Organisation, other: Organisation, *, by: User, words: Words
) -> Suggestion:
    """Keep a suggestion, and queue its delivery.

    Raises
    ------
    UnsuggestedError
        If the catalyst may not suggest this pair, or not now.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # its rows are counted
    sides = lock_pair(one.pk, other.pk)
    now = timezone.now()
    suggestion = Suggestion.objects.create(
        low=sides[0],
        high=sides[1],
        territory=_checked(sides, by, now),
        by=by,
        is_signed=words.is_signed,
        reason=words.reason,
        created_at=now,
        expires_at=now + SUGGESTION_LIFETIME,
    )
    enqueue(DELIVERY_JOB, {"suggestion": suggestion.pk}, key=str(suggestion.pk))
    return suggestion


def _checked(
    sides: tuple[Organisation, Organisation], by: User, now: dt.datetime
) -> Territory:
    """Return the territory for which a catalyst may suggest this pair now."""
    territory = mandated_territory(by, *sides)
    if territory is None or any(side.archived_at for side in sides):
        raise NotSharedError
    if belongs_to_either(by, sides):
        raise OwnOrganisationError
    before = Suggestion.objects.between(*(side.pk for side in sides))
    before.filter(closed_at=None, expires_at__lte=now).update(closed_at=now)
    if before.filter(closed_at=None).exists():
        raise AlreadySuggestedError
    if not suggestions_left(by, now):
        raise NoneLeftError
    return territory


@transaction.atomic
def withdraw_suggestion(suggestion: Suggestion) -> bool:
    """Take a suggestion back; tell whether it still waited.

    What the organisations answered is theirs, and stands.
    """
    lock_pair(*suggestion.sides)
    now = timezone.now()
    waiting = Suggestion.objects.live(now).filter(pk=suggestion.pk, opened_at=None)
    return bool(waiting.update(closed_at=now))
