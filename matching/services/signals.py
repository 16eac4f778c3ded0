"""Keeping how introductions turned out, with what the score saw of the pair."""

import math
from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alliances.models import Introduction
from matching.models import COMPONENTS, TYPES, Configuration, Signal
from matching.services.runs import active_configuration

UNKNOWN = [None] * len(COMPONENTS)
# A polite farewell counts as an answer: it was none before it.
TALKED = Q(first_answer_at__isnull=False) & (
    Q(closed_at=None) | Q(first_answer_at__lt=F("closed_at"))
)
HAPPENED = {
    Signal.Kind.ACCEPTED: Q(),
    Signal.Kind.MET: TALKED,
    # Without a reason it says nothing; a block closes without one, and leaves no trace.
    Signal.Kind.DECLINED: Q(state=Introduction.State.DECLINED) & ~Q(closing_reason=""),
}


def keep_signals() -> int:
    """Keep what happened and was not kept; return how many signals were added.

    Safe to run again, and twice at once. What the score sees is computed from the
    descriptions of the day: it runs every day.
    """
    configuration = active_configuration()
    everything = Introduction.objects.all()
    return sum(
        _keep(kind, configuration, everything.filter(happened))
        for kind, happened in HAPPENED.items()
    )


def keep_met(introduction_ids: Collection[int]) -> int:
    """Keep that the two sides of these introductions talked, face to face.

    For who knows it otherwise than by messages; safe to run again.
    """
    found = Introduction.objects.filter(pk__in=introduction_ids)
    return _keep(Signal.Kind.MET, active_configuration(), found)


def _keep(
    kind: Signal.Kind, configuration: Configuration, rows: QuerySet[Introduction]
) -> int:
    known = Signal.objects.filter(introduction=OuterRef("pk"), kind=kind)
    found = rows.exclude(Exists(known)).select_related("low", "high").order_by("pk")
    added = Signal.objects.bulk_create(
        [
            Signal(
                introduction=one,
                kind=kind,
                reason=one.closing_reason if kind == Signal.Kind.DECLINED else "",
                configuration=configuration,
                components=_components(one),
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
    return len(added)


def _components(introduction: Introduction) -> Sequence[float | None]:
    """Return the mean of both sides' components, for the type that was accepted."""
    from matching.selectors.pairs import (  # noqa: PLC0415 - NumPy only when needed
        every_intention,
        pair_of,
    )

    sides = every_intention(introduction.low), every_intention(introduction.high)
    pair = pair_of(*sides)
    if pair is None:
        return UNKNOWN
    ranking = pair.ranking()
    t = max(int(ranking.named_type[0]), 0)
    if introduction.type:
        t = TYPES.index(introduction.type)
    rows = zip(ranking.low_components[t], ranking.high_components[t], strict=True)
    return [_mean(*row) for row in rows]


def _mean(one: float, other: float) -> float | None:
    known = [float(value) for value in (one, other) if not math.isnan(value)]
    return sum(known) / len(known) if known else None
