"""Who comes and how they may sit: what everybody knows of a session to schedule.

A programme is an attendee who shares nobody's; those who share it make it present when
its first person is not. Neither wishes nor scores are read here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from alliances.enums import ActorKind
from rendezvous.models import (
    Arrangement,
    Attendee,
    KindPair,
    Quota,
    Registration,
    Session,
)
from rendezvous.models.arrangement import EVEN, WAITING
from rendezvous.scheduling import problem as scheduling

Programmes = dict[int, list[list[Attendee]]]
# The kinds of a table of three, one of each.
TRIO = (ActorKind.ASSOCIATION, ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY)


@dataclass(frozen=True)
class Frame:
    """Those who have a place, their programmes, and the problem without its meetings."""

    registrations: list[Registration]
    programmes: Programmes
    problem: scheduling.Problem
    has_trios: bool


def arrangement_of(session: Session) -> Arrangement:
    """Return what was asked of the programme, or the usual."""
    found = Arrangement.objects.filter(session=session).first()
    return found or Arrangement(session=session)


def frame_of(session: Session) -> Frame:
    """Return what is to be scheduled, for those who have a place now."""
    registrations = _present(session)
    programmes = _programmes(registrations)
    arrangement = arrangement_of(session)
    kinds = KindPair.objects.filter(session=session).values_list("low", "high")
    problem = scheduling.Problem(
        rounds=session.rounds,
        tables=session.tables,
        participants=tuple(
            _participant(registration, people, session)
            for registration in registrations
            for people in programmes[registration.pk]
        ),
        kinds=frozenset(frozenset(pair) for pair in kinds),
        minimum=session.meetings_min,
        maximum=session.meetings_max,
        quotas=_quotas(session),
        buffer=arrangement.buffer,
        spread=EVEN if arrangement.spreads_breaks else None,
        waiting=WAITING if arrangement.waits_less else 0.0,
    )
    return Frame(registrations, programmes, problem, arrangement.has_trios)


def _quotas(session: Session) -> tuple[scheduling.Quota, ...]:
    rows = Quota.objects.filter(session=session).order_by("kind", "other")
    return tuple(
        scheduling.Quota(one.kind, one.other, one.minimum, one.maximum) for one in rows
    )


def _present(session: Session) -> list[Registration]:
    rows = Registration.objects.confirmed().filter(
        session=session, organisation__archived_at=None
    )
    return list(rows.order_by("pk"))


def _programmes(registrations: Iterable[Registration]) -> Programmes:
    """Return, by registration, the people of each programme, its first person first."""
    rows = Attendee.objects.filter(registration__in=[one.pk for one in registrations])
    found: dict[int, dict[int, list[Attendee]]] = defaultdict(dict)
    for one in rows.order_by("registration", "position"):
        lead = one.shares_with_id or one.pk
        found[one.registration_id].setdefault(lead, []).append(one)
    return defaultdict(
        list, {pk: list(by_lead.values()) for pk, by_lead in found.items()}
    )


def _participant(
    registration: Registration, people: list[Attendee], session: Session
) -> scheduling.Participant:
    there = {
        number
        for one in people
        for number in range(one.from_round, one.until_round + 1)
    }
    first, last = min(there), max(there)
    return scheduling.Participant(
        id=str(people[0].pk),
        kind=registration.kind,
        first=first,
        last=last,
        # Fewer tables or rounds than when it was asked: what is left of it.
        table=_within(people[0].table, session.tables),
        minimum=people[0].meetings_min,
        maximum=people[0].meetings_max,
        away=frozenset(range(first, last + 1)) - there,
    )


def _within(table: int | None, tables: int) -> int | None:
    return table if table is not None and table <= tables else None
