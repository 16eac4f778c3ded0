"""Somebody at the door who had not registered: added, and there at once."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.description.parts import Identity
from alliances.models import Intention, Organisation
from alliances.services.organisations import create_unclaimed
from rendezvous.enums import RegistrationState
from rendezvous.models import Attendee, Registration, Session
from rendezvous.models.registration import MAX_ATTENDEES
from rendezvous.selectors.live import current_round
from rendezvous.services.attendance import arrive, mark_absent
from rendezvous.services.locking import lock_session
from rendezvous.services.telling import tell_registered


class TooManyPeopleError(Exception):
    """An organisation brings four people at most."""


@transaction.atomic
def add_at_the_door(
    session: Session, organisation: Organisation, name: str, *, by: User
) -> Attendee:
    """Add somebody to those of an organisation; said twice, they are added once.

    The catalyst decides: neither the places of a kind nor the end of the registrations
    stop who stands at the door. A first person has a programme of their own.

    Raises
    ------
    TooManyPeopleError
        If the organisation brings four people already.
    """
    locked = lock_session(session)
    registration = _place(locked, organisation, by=by)
    people = Attendee.objects.filter(registration=registration).order_by("position")
    known = people.filter(name=name).first()
    attendee = known or _add(locked, registration, list(people), name)
    arrive(locked, attendee, by=by)
    return attendee


@transaction.atomic
def add_unknown_at_the_door(
    session: Session, identity: Identity, name: str, *, key: str, by: User
) -> Attendee:
    """Add somebody of an organisation that the directory does not know.

    It is created without anybody to look after it: the host is not of it
    (docs/decisions/0201). ``key`` comes from the form: sent twice, it is created once.
    """
    organisation = create_unclaimed(identity, key=key)
    return add_at_the_door(session, organisation, name, by=by)


def _place(session: Session, organisation: Organisation, *, by: User) -> Registration:
    """Give a place now, to who had none, had withdrawn or was waiting."""
    known = Registration.objects.filter(session=session, organisation=organisation)
    found = known.first()
    if found is not None and found.is_confirmed:
        return found
    main = Intention.objects.filter(organisation=organisation, is_default=True)
    registration = found or Registration(
        session=session,
        organisation=organisation,
        intention=main.first(),
        by=by,
        accepted_rules=session.rules_version,
    )
    if found is not None and not found.is_live:
        for attendee in Attendee.objects.filter(registration=found).order_by("pk"):
            mark_absent(session, attendee, by=by)
    registration.kind = organisation.kind
    registration.state = RegistrationState.CONFIRMED
    registration.queued_at = timezone.now()
    registration.save()
    tell_registered(session, registration)
    return registration


def _add(
    session: Session,
    registration: Registration,
    people: list[Attendee],
    name: str,
) -> Attendee:
    free = sorted(set(range(1, MAX_ATTENDEES + 1)) - {one.position for one in people})
    if not free:
        raise TooManyPeopleError
    lead = next((one for one in people if one.shares_with_id is None), None)
    begun = current_round(session, timezone.now())
    return Attendee.objects.create(
        registration=registration,
        position=free[0],
        name=name,
        from_round=min(max(1, begun), session.rounds),
        until_round=session.rounds,
        shares_with=lead,
    )
