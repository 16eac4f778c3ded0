"""A session read as a problem to schedule: what each meeting would be worth.

The meetings of an organisation that has several programmes are divided between them, so
that two organisations meet at most once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import F, Q
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Block, Introduction
from alliances.selectors.refusals import Refusals
from rendezvous.models import Encounter, KindPair, Registration, Session, Wish
from rendezvous.scheduling.problem import Candidate, Problem
from rendezvous.selectors.frame import Frame, Programmes, frame_of
from rendezvous.worth import MET_MONTHS, STRANGERS, Known, worth

Pair = tuple[int, int]
MONTH = dt.timedelta(days=30)
TRIO = (ActorKind.ASSOCIATION, ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY)
Sides = dict[Pair, tuple[str, str]]


def problem_of(session: Session) -> Problem:
    """Return the problem of those who have a place now."""
    frame = frame_of(session)
    values = _values(session, frame.registrations)
    sides = _sides(values, frame.programmes)
    pairs = tuple(Candidate(ids, values[pair]) for pair, ids in sides.items())
    trios = tuple(_trios(frame, values, sides)) if frame.has_trios else ()
    return replace(frame.problem, candidates=pairs + trios)


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


def _sides(values: dict[Pair, float], programmes: Programmes) -> Sides:
    """Give each pair to one programme of each side, turn by turn, the best first."""
    turns: dict[int, int] = defaultdict(int)
    found = {}
    for pair, _value in sorted(values.items(), key=lambda kv: (-kv[1], kv[0])):
        one, other = pair
        if programmes[one] and programmes[other]:
            found[pair] = (
                _next(programmes, turns, one),
                _next(programmes, turns, other),
            )
    return found


def _next(programmes: Programmes, turns: dict[int, int], pk: int) -> str:
    people = programmes[pk]
    chosen = people[turns[pk] % len(people)]
    turns[pk] += 1
    return str(chosen[0].pk)


def _trios(
    frame: Frame, values: dict[Pair, float], sides: Sides
) -> Iterator[Candidate]:
    """Seat one of each of three kinds; worth what its three pairs are worth together."""
    by_kind = {
        kind: [one.pk for one in frame.registrations if one.kind == kind]
        for kind in TRIO
    }
    first, second, third = (by_kind[kind] for kind in TRIO)
    with_third = _partners(values, third)
    for one in first:
        for other in second:
            pair = _ordered(one, other)
            if pair not in sides:
                continue
            for last in with_third[one] & with_third[other]:
                pairs = (pair, _ordered(one, last), _ordered(other, last))
                ids = {name for each in pairs for name in sides.get(each, ())}
                # Several programmes of one organisation: their pairs may not agree.
                if len(ids) == len(TRIO):
                    worth_of_all = sum(values[each] for each in pairs)
                    yield Candidate(tuple(sorted(ids)), worth_of_all)


def _partners(values: dict[Pair, float], among: list[int]) -> dict[int, set[int]]:
    wanted, found = set(among), defaultdict(set)
    for one, other in values:
        if other in wanted:
            found[one].add(other)
        if one in wanted:
            found[other].add(one)
    return found


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
