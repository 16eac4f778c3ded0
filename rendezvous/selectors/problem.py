"""A session read as a problem to schedule; identifiers are those of programmes.

A programme is an attendee who shares nobody's; those who share it make it present when
its first person is not. The meetings of an organisation that has several programmes are
divided between them, so that two organisations meet at most once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from alliances.models import Block, Introduction
from alliances.selectors.refusals import Refusals
from rendezvous.models import (
    Attendee,
    Encounter,
    KindPair,
    Registration,
    Session,
    Wish,
)
from rendezvous.scheduling.problem import Candidate, Participant, Problem
from rendezvous.worth import MET_MONTHS, STRANGERS, Known, worth

Pair = tuple[int, int]
MONTH = dt.timedelta(days=30)


def problem_of(session: Session) -> Problem:
    """Return the problem of those who have a place now."""
    registrations = _present(session)
    programmes = _programmes(registrations)
    values = _values(session, registrations)
    kinds = KindPair.objects.filter(session=session).values_list("low", "high")
    return Problem(
        rounds=session.rounds,
        tables=session.tables,
        participants=tuple(
            _participant(registration, people)
            for registration in registrations
            for people in programmes[registration.pk]
        ),
        candidates=_candidates(values, programmes),
        kinds=frozenset(frozenset(pair) for pair in kinds),
        minimum=session.meetings_min,
        maximum=session.meetings_max,
    )


@dataclass(frozen=True)
class _Between:
    """What is known of pairs of organisations, in a fixed number of queries."""

    refusals: Refusals
    blocked: frozenset[Pair]
    partners: frozenset[Pair]
    met: frozenset[Pair]

    def is_apart(self, one: int, other: int) -> bool:
        pair = _ordered(one, other)
        return pair in self.blocked or (
            bool(self.refusals) and self.refusals.between(one, other)
        )

    def known(self, one: int, other: int) -> Known:
        pair = _ordered(one, other)
        if pair not in self.partners and pair not in self.met:
            return STRANGERS
        return Known(pair in self.partners, pair in self.met)


def _present(session: Session) -> list[Registration]:
    rows = Registration.objects.confirmed().filter(
        session=session, organisation__archived_at=None
    )
    return list(rows.order_by("pk"))


def _programmes(
    registrations: Iterable[Registration],
) -> dict[int, list[list[Attendee]]]:
    """Return, by registration, the people of each programme, its first person first."""
    rows = Attendee.objects.filter(registration__in=[one.pk for one in registrations])
    found: dict[int, dict[int, list[Attendee]]] = defaultdict(dict)
    for one in rows.order_by("registration", "position"):
        lead = one.shares_with_id or one.pk
        found[one.registration_id].setdefault(lead, []).append(one)
    return defaultdict(
        list, {pk: list(by_lead.values()) for pk, by_lead in found.items()}
    )


def _participant(registration: Registration, people: list[Attendee]) -> Participant:
    there = {
        number
        for one in people
        for number in range(one.from_round, one.until_round + 1)
    }
    first, last = min(there), max(there)
    return Participant(
        id=str(people[0].pk),
        kind=registration.kind,
        first=first,
        last=last,
        away=frozenset(range(first, last + 1)) - there,
    )


def _values(session: Session, registrations: list[Registration]) -> dict[Pair, float]:
    """Return what each pair of registrations that may meet is worth."""
    allowed = {
        _ordered_text(*pair)
        for pair in KindPair.objects.filter(session=session).values_list("low", "high")
    }
    between = _between({one.organisation_id for one in registrations})
    scores = _scores(registrations)
    wishes = _wishes(session)
    found: dict[Pair, float] = {}
    for at, one in enumerate(registrations):
        for other in registrations[at + 1 :]:
            ids = one.organisation_id, other.organisation_id
            is_kept_out = _ordered_text(one.kind, other.kind) not in allowed
            if is_kept_out or between.is_apart(*ids):
                continue
            said = (
                wishes.get((one.pk, other.pk), ""),
                wishes.get((other.pk, one.pk), ""),
            )
            score = scores.get(_ordered(one.intention_id or 0, other.intention_id or 0))
            value = worth(score, said, between.known(*ids))
            if value is not None:
                found[one.pk, other.pk] = value
    return found


def _candidates(
    values: dict[Pair, float], programmes: dict[int, list[list[Attendee]]]
) -> tuple[Candidate, ...]:
    """Give each pair to one programme of each side, turn by turn, the best first."""
    turns: dict[int, int] = defaultdict(int)
    found = []
    for (one, other), value in sorted(values.items(), key=lambda kv: (-kv[1], kv[0])):
        if programmes[one] and programmes[other]:
            ids = tuple(_next(programmes[pk], turns, pk) for pk in (one, other))
            found.append(Candidate(ids, value))
    return tuple(found)


def _next(people: list[list[Attendee]], turns: dict[int, int], pk: int) -> str:
    chosen = people[turns[pk] % len(people)]
    turns[pk] += 1
    return str(chosen[0].pk)


def _between(organisations: set[int]) -> _Between:
    both = Q(low__in=organisations, high__in=organisations)
    since = timezone.now() - MET_MONTHS * MONTH
    return _Between(
        Refusals(organisations),
        frozenset(
            _ordered(*pair)
            for pair in Block.objects.filter(
                organisation__in=organisations, other__in=organisations
            ).values_list("organisation", "other")
        ),
        frozenset(Introduction.objects.open().filter(both).values_list("low", "high")),
        frozenset(
            Encounter.objects.filter(both, at__gte=since).values_list("low", "high")
        ),
    )


def _scores(registrations: list[Registration]) -> dict[Pair, float]:
    from matching.selectors.pair_scores import scores_between  # noqa: PLC0415 - NumPy

    intentions = {one.intention_id for one in registrations if one.intention_id}
    return scores_between(intentions) if len(intentions) > 1 else {}


def _wishes(session: Session) -> dict[Pair, str]:
    """Everybody's wishes: for this computation alone, never for a page."""
    rows = Wish.objects.filter(
        registration__session=session, other__session=F("registration__session")
    )
    return {
        (own, other): answer
        for own, other, answer in rows.values_list("registration", "other", "answer")
    }


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _ordered_text(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
