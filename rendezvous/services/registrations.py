"""Coming to a session: a place, or a turn on the waiting list.

Everything is counted under the lock of the session's row: of two who ask for the last
place at the same time, one has it and the other waits.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.models import Intention, Organisation
from rendezvous.enums import RegistrationState
from rendezvous.models import Attendee, Capacity, Registration, Session, Wish
from rendezvous.services.locking import lock_session
from rendezvous.services.promoting import promote
from rendezvous.services.telling import tell_registered, tell_withdrawn

State = RegistrationState


class NotRegisteredError(Exception):
    """Nothing was written, for a reason that anybody may read on the page."""


class RegistrationsClosedError(NotRegisteredError):
    """Registrations are not open any more, or not yet."""


class KindNotInvitedError(NotRegisteredError):
    """The session has no place for organisations of this kind."""


class RulesChangedError(NotRegisteredError):
    """The rules that were read are not those of the session any more."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes, on one line of the form."""

    name: str
    user: User | None
    from_round: int
    until_round: int
    has_own_programme: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """What an organisation says when it registers; the first person leads."""

    intention: Intention | None
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    people: tuple[Person, ...]
    rules_version: int


@transaction.atomic
def register(
    session: Session, organisation: Organisation, coming: Coming, *, by: User
) -> Registration:
    """Register an organisation, or correct what it said; its place stays its own.

    Raises
    ------
    NotRegisteredError
        If the session does not take it.
    """
    locked = lock_session(session)
    known = Registration.objects.filter(session=locked, organisation=organisation)
    registration = known.first()
    is_new = registration is None or not registration.is_live
    _check(locked, organisation, coming, is_new=is_new)
    registration = registration or Registration(
        session=locked, organisation=organisation
    )
    if is_new:
        registration.kind = organisation.kind
        registration.queued_at = timezone.now()
        registration.state = _state_of_next(locked, organisation.kind)
    _say(registration, coming, by=by)
    if is_new:
        tell_registered(locked, registration)
    return registration


@transaction.atomic
def withdraw(session: Session, organisation: Organisation) -> bool:
    """Give the place back, to who waits first; say whether there was one."""
    locked = lock_session(session)
    rows = Registration.objects.live().filter(session=locked)
    registration = rows.filter(organisation=organisation).first()
    if registration is None:
        return False
    registration.state = State.CANCELLED
    registration.save(update_fields=["state"])
    Wish.objects.filter(registration=registration).delete()
    tell_withdrawn(locked, registration)
    if locked.is_coming(timezone.now()):
        promote(locked)
    return True


def _check(
    session: Session, organisation: Organisation, coming: Coming, *, is_new: bool
) -> None:
    if not session.is_coming(timezone.now()):
        raise RegistrationsClosedError
    if is_new and not session.takes_registrations(timezone.now()):
        raise RegistrationsClosedError
    if coming.rules_version != session.rules_version:
        raise RulesChangedError
    kinds = Capacity.objects.filter(session=session)
    if is_new and not kinds.filter(kind=organisation.kind).exists():
        raise KindNotInvitedError


def _state_of_next(session: Session, kind: str) -> RegistrationState:
    """A place, if one is free and nobody waits for it."""
    of_kind = Registration.objects.filter(session=session, kind=kind)
    places = Capacity.objects.get(session=session, kind=kind).places
    is_free = of_kind.confirmed().count() < places and not of_kind.waiting().exists()
    return State.CONFIRMED if is_free else State.WAITING


def _say(registration: Registration, coming: Coming, *, by: User) -> None:
    registration.intention = coming.intention
    registration.needs = list(coming.needs)
    registration.offers = list(coming.offers)
    registration.accepted_rules = coming.rules_version
    registration.by = by
    registration.save()
    _seat_people(registration, coming.people)


def _seat_people(registration: Registration, people: tuple[Person, ...]) -> None:
    """Correct each line where it stands: a programme may refer to it already."""
    rows = Attendee.objects.filter(registration=registration)
    rows.update(user=None)  # two people may have exchanged their lines
    lead: Attendee | None = None
    for position, person in enumerate(people, start=1):
        attendee, _ = Attendee.objects.update_or_create(
            registration=registration,
            position=position,
            defaults={
                "name": person.name,
                "user": person.user,
                "from_round": person.from_round,
                "until_round": person.until_round,
                "shares_with": None if person.has_own_programme else lead,
            },
        )
        lead = lead or attendee
    rows.filter(position__gt=len(people)).delete()
