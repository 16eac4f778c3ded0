"""Load the sessions of the demonstration: one for this evening, one of some weeks ago.

Both are their catalyst's, in the territory that the demonstration gives them. What
people did with the evening is theirs: one that was played stays, and another follows.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.demonstration import SOURCE as POPULATION
from alliances.demonstration import accounts
from alliances.models import Intention, Organisation
from rendezvous.demonstration import (
    EVENING,
    FIRST_NUMBER,
    PAST,
    Coming,
    Setting,
    began_at,
    begins_at,
    evening,
    past,
    who_comes,
    wishes,
)
from rendezvous.enums import RegistrationState, SessionState
from rendezvous.models import (
    Attendee,
    Capacity,
    KindPair,
    Registration,
    Session,
    Wish,
)
from rendezvous.services.demonstration_afterwards import attend_past, follow_past
from rendezvous.services.demonstration_programme import publish_past
from rendezvous.services.live import Action, Seen, act
from rendezvous.services.telling import tell_registered
from rendezvous.services.upkeep import remember_encounters
from rendezvous.wording import RULES_TEXT
from territories.selectors import resolve

CATALYST = "catalyst"
NOTHING = Seen(revision=0, step=0)  # of a clock that nobody started
ROUND = dt.timedelta(minutes=9)  # of which two to change tables


class NoPopulationError(LookupError):
    """The organisations of the demonstration are not loaded."""


@dataclass(frozen=True)
class Loaded:
    """What is there now."""

    evening: Session
    past: Session
    is_new: bool


@transaction.atomic
def load_sessions(now: dt.datetime) -> Loaded:
    """Load both sessions, for who starts the demonstration at ``now``; safe to run again.

    Raises
    ------
    NoPopulationError
        If the organisations are not there.
    """
    cast = _Cast.of_demonstration()
    was_there = Session.objects.filter(public_id=PAST).exists()
    return Loaded(_evening(cast, now), _past(cast, now), not was_there)


@dataclass(frozen=True)
class _Cast:
    """Who prepares and who may come."""

    catalyst: User
    territory_id: int
    organisations: dict[str, Organisation]
    projects: dict[int, Intention]
    people: dict[str, User]

    @classmethod
    def of_demonstration(cls) -> "_Cast":
        catalyst = next(one for one in accounts() if one.role == CATALYST)
        user = User.objects.filter(email=catalyst.email).first()
        rows = Organisation.objects.filter(source=POPULATION, archived_at=None)
        keys = {one.key for one in (*who_comes("evening"), *who_comes("past"))}
        found = {one.key: one for one in rows.filter(key__in=keys).for_list()}
        if user is None or not found:
            raise NoPopulationError
        projects = Intention.objects.filter(
            organisation__in=found.values(), is_default=True
        ).prefetch_related("needs", "offers")
        emails = [one.email for one in accounts()]
        return cls(
            user,
            resolve(catalyst.territory).territory.pk,
            found,
            {one.organisation_id: one for one in projects},
            {one.name: one for one in User.objects.filter(email__in=emails)},
        )


def _evening(cast: _Cast, now: dt.datetime) -> Session:
    """Return the evening to come: the one that is there, put off, or a new one."""
    rows = Session.objects.filter(public_id__startswith=EVENING)
    last = rows.order_by("-public_id").first()
    if last is not None and last.ends_at > now:
        return last
    if last is not None and not last.schedules.exists():
        return _put_off(last, begins_at(now))
    number = int(last.public_id.removeprefix(EVENING)) + 1 if last else FIRST_NUMBER
    return _hold_evening(cast, f"{EVENING}{number}", begins_at(now))


def _put_off(session: Session, begins: dt.datetime) -> Session:
    """Nobody played it: it is for the evening of who comes back another day."""
    length = session.ends_at - session.begins_at
    session.begins_at, session.ends_at = begins, begins + length
    session.save(update_fields=["begins_at", "ends_at", "updated_at"])
    return session


def _hold_evening(cast: _Cast, public_id: str, begins: dt.datetime) -> Session:
    session = _hold(cast, public_id, evening(), begins)
    places = _register(cast, session, who_comes("evening"))
    Wish.objects.bulk_create(
        Wish(registration=places[own], other=places[other], answer=answer)
        for own, other, answer in wishes()
        if own in places and other in places
    )
    with_people = Attendee.objects.filter(registration__session=session)
    for one in places.values():
        if with_people.filter(registration=one, user__isnull=False).exists():
            tell_registered(session, one)
    return session


def _past(cast: _Cast, now: dt.datetime) -> Session:
    known = Session.objects.filter(public_id=PAST).first()
    if known is not None:
        return known
    session = _hold(cast, PAST, past(), began_at(now))
    Session.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
    session.refresh_from_db()
    _register(cast, session, who_comes("past"))
    publish_past(session, by=cast.catalyst)
    act(session, Action.GO_ON, seen=NOTHING, by=cast.catalyst, now=session.begins_at)
    attend_past(session, by=cast.catalyst)
    remember_encounters(now)
    follow_past(session)
    return session


def _hold(
    cast: _Cast, public_id: str, setting: Setting, begins: dt.datetime
) -> Session:
    session = Session.objects.create(
        public_id=public_id,
        territory_id=cast.territory_id,
        by=cast.catalyst,
        title=setting.title,
        description=setting.description,
        place=setting.place,
        begins_at=begins,
        ends_at=begins + setting.rounds * ROUND,
        rules_text=RULES_TEXT,
        tables=setting.tables,
        rounds=setting.rounds,
        meetings_min=setting.meetings_min,
        meetings_max=setting.meetings_max,
        state=SessionState.OPEN,
    )
    kinds = sorted(setting.capacities)
    Capacity.objects.bulk_create(
        Capacity(session=session, kind=kind, places=setting.capacities[kind])
        for kind in kinds
    )
    KindPair.objects.bulk_create(
        KindPair(session=session, low=low, high=high)
        for at, low in enumerate(kinds)
        for high in kinds[at + 1 :]
    )
    return session


def _register(
    cast: _Cast, session: Session, coming: Sequence[Coming]
) -> dict[str, Registration]:
    """Give a place to each organisation that is there; the first come registered first."""
    there = [one for one in coming if one.key in cast.organisations]
    asked = min(session.begins_at, timezone.now()) - dt.timedelta(days=14)
    rows = Registration.objects.bulk_create(
        _place(cast, session, one, asked + number * dt.timedelta(hours=3))
        for number, one in enumerate(there)
    )
    places = {one.key: row for one, row in zip(there, rows, strict=True)}
    for one in there:
        _seat(cast, places[one.key], one, session.rounds)
    return places


def _place(
    cast: _Cast, session: Session, one: Coming, asked: dt.datetime
) -> Registration:
    organisation = cast.organisations[one.key]
    project = cast.projects.get(organisation.pk)
    return Registration(
        session=session,
        organisation=organisation,
        kind=organisation.kind,
        intention=project,
        state=RegistrationState.CONFIRMED,
        needs=sorted({line.means for line in project.needs.all()}) if project else [],
        offers=sorted({line.means for line in project.offers.all()}) if project else [],
        accepted_rules=session.rules_version,
        by=cast.people.get(one.people[0]),
        queued_at=asked,
    )


def _seat(cast: _Cast, place: Registration, one: Coming, rounds: int) -> None:
    first, last = one.rounds or (1, rounds)
    lead: Attendee | None = None
    for position, name in enumerate(one.people, start=1):
        attendee = Attendee.objects.create(
            registration=place,
            position=position,
            name=name,
            user=cast.people.get(name),
            from_round=first,
            until_round=last,
            shares_with=None if one.has_own_programme else lead,
        )
        lead = lead or attendee
