"""Preparing a session, opening and closing its registrations, calling it off."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import User
from rendezvous.enums import SessionState
from rendezvous.models import Attendee, Capacity, KindPair, Session
from rendezvous.selectors.live import plan_of
from rendezvous.services.arranging import arrange
from rendezvous.services.live import follow_plan
from rendezvous.services.locking import lock_session
from rendezvous.services.promoting import promote
from rendezvous.services.telling import tell_cancelled, tell_moved
from territories.models import Territory

KindPairs = frozenset[tuple[str, str]]


class CalledOffError(Exception):
    """A session that was called off is not taken up again: it is copied."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a catalyst decides of a session; bounded by the form."""

    title: str
    event_type: str
    description: str
    place: str
    zone: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    languages: list[str]
    rules_text: str
    tables: int
    rounds: int
    round_minutes: int
    break_minutes: int
    meetings_min: int
    meetings_max: int
    capacities: Mapping[str, int]
    kind_pairs: KindPairs
    arrangement: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """Return what is written on the row of the session itself."""
        values = asdict(self)
        del values["capacities"], values["kind_pairs"], values["arrangement"]
        return values


@transaction.atomic
def create_session(territory: Territory, plan: Plan, *, by: User) -> Session:
    session = Session.objects.create(territory=territory, by=by, **plan.columns())
    _set_kinds(session, plan)
    return session


@transaction.atomic
def edit_session(session: Session, plan: Plan) -> Session:
    """Write the plan down; a kind that has more places calls those who wait.

    Those who come are told when it is elsewhere or at another hour.

    Raises
    ------
    CalledOffError
        If the session was called off meanwhile.
    """
    locked = lock_session(session)
    if locked.state == SessionState.CANCELLED:
        raise CalledOffError
    former, hours, now = _whereabouts(locked), plan_of(locked), timezone.now()
    if plan.rules_text != locked.rules_text:
        locked.rules_version += 1
    for name, value in plan.columns().items():
        setattr(locked, name, value)
    locked.save()
    _set_kinds(locked, plan)
    _stay_within(locked)
    follow_plan(locked, hours, now=now)
    promote(locked)
    if locked.is_coming(now) and _whereabouts(locked) != former:
        tell_moved(locked)
    return locked


@transaction.atomic
def change_state(session: Session, state: SessionState) -> bool:
    """Open, close or call off; say whether anything changed."""
    locked = lock_session(session)
    if locked.state in (state, SessionState.CANCELLED):
        return False
    if state == SessionState.CLOSED and locked.state != SessionState.OPEN:
        return False
    was_public = locked.is_public
    locked.state = state
    locked.save(update_fields=["state", "updated_at"])
    if state == SessionState.CANCELLED and was_public:
        tell_cancelled(locked)
    return True


def _whereabouts(session: Session) -> tuple[str, str, dt.datetime]:
    """Return what whoever comes has written down."""
    return session.place, session.zone, session.begins_at


def _set_kinds(session: Session, plan: Plan) -> None:
    arrange(session, plan.arrangement)
    Capacity.objects.filter(session=session).exclude(kind__in=plan.capacities).delete()
    Capacity.objects.bulk_create(
        [
            Capacity(session=session, kind=kind, places=places)
            for kind, places in sorted(plan.capacities.items())
        ],
        update_conflicts=True,
        unique_fields=["session", "kind"],
        update_fields=["places"],
    )
    KindPair.objects.filter(session=session).delete()
    KindPair.objects.bulk_create(
        KindPair(session=session, low=low, high=high)
        for low, high in sorted(plan.kind_pairs)
    )


def _stay_within(session: Session) -> None:
    """With fewer rounds than before, everybody leaves at the latest with the last."""
    last = Value(session.rounds)
    late = Attendee.objects.filter(
        registration__session=session, until_round__gt=session.rounds
    )
    late.update(until_round=last, from_round=Least(F("from_round"), last))
