"""What the pairs of a session are worth, all of them at once.

Nearly all are strangers who said nothing of each other: one comparison of arrays. Those
of whom something is known are valued one by one, by ``rendezvous.worth``. Imports NumPy.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import F, Q
from django.utils import timezone
from numpy.typing import NDArray

from alliances.models import Block, Introduction
from alliances.selectors.refusals import Refusals
from matching.selectors.pair_scores import best_scores
from rendezvous.models import Encounter, KindPair, Registration, Session, Wish
from rendezvous.worth import FLOOR, MET_MONTHS, Known, worth

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Pair = tuple[int, int]
MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Pairs:
    """Pairs that may meet, by positions of registrations, and what each is worth."""

    low: Integers
    high: Integers
    value: Floats


def pairs_of(session: Session, registrations: Sequence[Registration]) -> Pairs:
    """Return the pairs of registrations that may meet, in a fixed number of queries."""
    may_meet = ~_apart(session, registrations)
    low, high = np.nonzero(np.triu(may_meet, k=1))
    intentions = np.array([one.intention_id or 0 for one in registrations], np.int64)
    scores = best_scores(intentions[low], intentions[high])
    value = np.fmax(scores, FLOOR)
    position = np.full(may_meet.shape, -1, np.int64)
    position[low, high] = np.arange(len(low))
    is_kept = np.ones(len(low), bool)
    for pair, said, known in _told(session, registrations):
        at = position[pair]
        if at >= 0:
            score = None if np.isnan(scores[at]) else float(scores[at])
            found = worth(score, said, known)
            is_kept[at] = found is not None
            value[at] = found or 0.0
    return Pairs(low[is_kept], high[is_kept], value[is_kept])


def _apart(session: Session, registrations: Sequence[Registration]) -> Booleans:
    """Tell who does not meet whom: kinds, refusals and blocks, whoever said them."""
    kinds = sorted({one.kind for one in registrations})
    code = {kind: number for number, kind in enumerate(kinds)}
    own = np.array([code[one.kind] for one in registrations], np.int64)
    apart = np.ones((len(kinds), len(kinds)), bool)
    for low, high in KindPair.objects.filter(session=session).values_list(
        "low", "high"
    ):
        if low in code and high in code:
            apart[code[low], code[high]] = apart[code[high], code[low]] = False
    found: Booleans = apart[own[:, None], own[None, :]]
    for one, other in _rows(registrations, _refusing(registrations)):
        found[one, other] = found[other, one] = True
    return found


def _refusing(registrations: Sequence[Registration]) -> set[Pair]:
    organisations = {one.organisation_id for one in registrations}
    blocks = Block.objects.filter(
        organisation__in=organisations, other__in=organisations
    )
    return {
        *Refusals(organisations).pairs(),
        *blocks.values_list("organisation", "other"),
    }


def _told(
    session: Session, registrations: Sequence[Registration]
) -> Iterable[tuple[Pair, tuple[str, str], Known]]:
    """Yield the pairs of whom something is known: what each said, what they did."""
    wishes = _wishes(session, registrations)
    partners, met = _acquainted(registrations)
    named = {(min(pair), max(pair)) for pair in wishes}
    for pair in named | partners | met:
        said = wishes.get(pair, ""), wishes.get(pair[::-1], "")
        yield pair, said, Known(pair in partners, pair in met)


def _wishes(session: Session, registrations: Sequence[Registration]) -> dict[Pair, str]:
    """Everybody's wishes: for this computation alone, never for a page."""
    row = {one.pk: position for position, one in enumerate(registrations)}
    rows = Wish.objects.filter(
        registration__session=session, other__session=F("registration__session")
    )
    return {
        (row[own], row[other]): answer
        for own, other, answer in rows.values_list("registration", "other", "answer")
        if own in row and other in row
    }


def _acquainted(registrations: Sequence[Registration]) -> tuple[set[Pair], set[Pair]]:
    """Return the partners, and those who met of late; the lower position first."""
    organisations = {one.organisation_id for one in registrations}
    both = Q(low__in=organisations, high__in=organisations)
    since = timezone.now() - MET_MONTHS * MONTH
    partners = Introduction.objects.open().filter(both)
    met = Encounter.objects.filter(both, at__gte=since)
    return (
        _rows(registrations, partners.values_list("low", "high")),
        _rows(registrations, met.values_list("low", "high")),
    )


def _rows(registrations: Sequence[Registration], pairs: Iterable[Pair]) -> set[Pair]:
    """Turn pairs of organisations into positions, the lower first."""
    row = {one.organisation_id: position for position, one in enumerate(registrations)}
    found = set()
    for one, other in pairs:
        if one in row and other in row:
            low, high = sorted((row[one], row[other]))
            found.add((low, high))
    return found
