"""What two organisations say about each other, once one of them is another one."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models import (
    Block,
    Exclusion,
    Interest,
    Introduction,
    Organisation,
    Suggestion,
)

SIDES = (("organisation", "other"), ("other", "organisation"))


def fuse_stated(
    model: type[Exclusion | Block],
    kept: Organisation,
    absorbed: Organisation,
    *,
    said: Sequence[str],
) -> None:
    """Drop what would be stated twice, or about oneself; the rest moves as it is."""
    rows = model._base_manager  # noqa: SLF001
    both = (kept.pk, absorbed.pk)
    rows.filter(organisation__in=both, other__in=both).delete()
    for own, peer in SIDES:
        columns = (*said, f"{peer}_id")
        stated = set(rows.filter(**{own: kept}).values_list(*columns))
        doubles = [
            row.pk
            for row in rows.filter(**{own: absorbed})
            if tuple(getattr(row, name) for name in columns) in stated
        ]
        rows.filter(pk__in=doubles).delete()


def fuse_live_interests(kept: Organisation, absorbed: Organisation) -> None:
    """Of two answers about the same pair, the last one counts; the other is closed."""
    both = (kept.pk, absorbed.pk)
    Interest.objects.filter(organisation__in=both, other__in=both).delete()
    live = Interest.objects.filter(closed_at=None)
    for own, peer in SIDES:
        answers = {
            getattr(one, f"{peer}_id"): one for one in live.filter(**{own: kept})
        }
        for theirs in live.filter(**{own: absorbed}):
            mine = answers.get(getattr(theirs, f"{peer}_id"))
            if mine is not None:
                first = min((mine, theirs), key=lambda one: one.answered_at)
                first.closed_at = timezone.now()
                first.save(update_fields=["closed_at"])


def fuse_introductions(kept: Organisation, absorbed: Organisation) -> None:
    """Name the kept one in each pair; of two open with the same partner, keep one.

    The more recent is ended, and its conversation stays readable.
    """
    theirs = Introduction.objects.filter(Q(low=absorbed) | Q(high=absorbed))
    for introduction in theirs.order_by("pk"):
        partner = _partner(introduction, absorbed)
        low, high = sorted((kept.pk, partner))
        twin = Introduction.objects.filter(
            low=low, high=high, state=Introduction.State.OPEN
        ).first()
        if twin and introduction.state == Introduction.State.OPEN:
            _end(max(twin, introduction, key=lambda one: one.opened_at))
        Introduction.objects.filter(pk=introduction.pk).update(low=low, high=high)


def fuse_suggestions(kept: Organisation, absorbed: Organisation) -> None:
    """Name the kept one in each pair; of two that wait for the same pair, the first."""
    Suggestion.objects.between(kept.pk, absorbed.pk).delete()
    for suggestion in Suggestion.objects.of(absorbed.pk).order_by("pk"):
        low, high = sorted((kept.pk, _partner(suggestion, absorbed)))
        twins = Suggestion.objects.between(low, high).filter(closed_at=None)
        if suggestion.closed_at is None and twins.exists():
            suggestion.delete()
            continue
        Suggestion.objects.filter(pk=suggestion.pk).update(low=low, high=high)


def _partner(row: Introduction | Suggestion, side: models.Model) -> int:
    low, high = row.sides
    return high if low == side.pk else low


def _end(introduction: Introduction) -> None:
    Introduction.objects.filter(pk=introduction.pk).update(
        state=Introduction.State.ENDED, closed_at=timezone.now()
    )
