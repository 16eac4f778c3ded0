"""From a suggestion to what both organisations read, and to the introduction it opens."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.models import Interest, Organisation, Suggestion
from alliances.notices import SUGGESTION_OPENED, SUGGESTION_RECEIVED
from alliances.selectors.recipients import deciding_of
from alliances.selectors.suggestions import is_still_mandated, may_be_delivered
from alliances.services.introductions.locking import lock_pair
from notifications.services import notify


@transaction.atomic
def deliver_suggestion(suggestion_id: int) -> bool:
    """Let both organisations read a suggestion if it may be; tell whether they now do."""
    found = Suggestion.objects.filter(pk=suggestion_id).first()
    if found is None:
        return False
    low, high = lock_pair(*found.sides)
    now = timezone.now()
    waiting = Suggestion.objects.live(now).filter(pk=suggestion_id, delivered_at=None)
    suggestion = waiting.select_related("by", "territory").first()
    if suggestion is None or not may_be_delivered(suggestion, low, high, now):
        return False
    suggestion.delivered_at = now
    suggestion.save(update_fields=["delivered_at"])
    for own, other in ((low, high), (high, low)):
        _tell(suggestion, own, other, now)
    return True


def deliver_waiting_suggestions() -> int:
    """Deliver those that now may be, the oldest first; return how many."""
    rows = Suggestion.objects.live(timezone.now()).filter(delivered_at=None)
    waiting = list(rows.order_by("created_at", "pk").values_list("pk", flat=True))
    return sum(deliver_suggestion(one) for one in waiting)


@transaction.atomic
def expire_suggestions() -> int:
    """Close those that no longer count, whatever became of them; return how many."""
    now = timezone.now()
    old = Suggestion.objects.filter(closed_at=None, expires_at__lte=now)
    return old.update(closed_at=now)


def note_opening(low: Organisation, high: Organisation, now: dt.datetime) -> None:
    """Write that two yeses followed, for who holds the locks of both sides."""
    read = Suggestion.objects.live(now).delivered().between(low.pk, high.pk)
    for suggestion in read.filter(opened_at=None).select_related("by"):
        suggestion.opened_at = now
        suggestion.save(update_fields=["opened_at"])
        if suggestion.by and is_still_mandated(suggestion.by, low, high):
            notify(
                SUGGESTION_OPENED,
                [suggestion.by],
                key=f"suggestion:{suggestion.public_id}",
                path=reverse("alliances:suggestion_list") + "?liste=opened",
                context={"own": low.name, "other": high.name},
            )


def _tell(
    suggestion: Suggestion, own: Organisation, other: Organisation, now: dt.datetime
) -> None:
    """Tell those who decide, without the words; nobody is asked again after a no."""
    notify(
        SUGGESTION_RECEIVED,
        _people(own, other, now),
        key=f"suggestion:{suggestion.public_id}:{own.public_id}",
        path=reverse(
            "alliances:interest_answer", args=[own.public_id, other.public_id]
        ),
        context={
            "own": own.name,
            "other": other.name,
            "territory": suggestion.territory.name,
        },
    )


def _people(own: Organisation, other: Organisation, now: dt.datetime) -> list[User]:
    refused = Interest.objects.live(now).filter(
        organisation=own, other=other, answer=Interest.Answer.NO
    )
    return [] if refused.exists() else deciding_of(own.pk)
