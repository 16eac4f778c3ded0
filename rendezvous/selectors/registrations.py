"""What the registration of one organisation is filled from."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.policy import Person, visible
from alliances.models import Intention, Membership, Organisation
from rendezvous.models import Attendee, Registration, Session


@dataclass(frozen=True)
class Place:
    """What an organisation has in a session: a place, a turn, or nothing."""

    registration: Registration | None
    attendees: tuple[Attendee, ...] = ()
    # How many are called before it; None when it does not wait.
    before: int | None = None

    @property
    def is_live(self) -> bool:
        return self.registration is not None and self.registration.is_live


def place_of(session: Session, organisation: Organisation, viewer: Person) -> Place:
    """Return the place of an organisation, as its members read it."""
    rows = Registration.objects.filter(session=session, organisation=organisation)
    found = visible(viewer, rows).select_related("intention").first()
    if found is None:
        return Place(None)
    people = visible(viewer, Attendee.objects.filter(registration=found))
    return Place(
        found,
        tuple(people.order_by("position")),
        _called_before(found) if found.is_waiting else None,
    )


def projects_for(organisation: Organisation) -> list[Intention]:
    """Return the projects that look for partners, else the main one, with their means."""
    rows = Intention.objects.filter(organisation=organisation).order_by(
        "-is_default", "pk"
    )
    wanted = rows.prefetch_related("needs", "offers")
    open_ones = list(wanted.open_on(timezone.localdate()))
    return open_ones or list(wanted.filter(is_default=True))


def members_of(organisation: Organisation) -> list[User]:
    """Return the members, whose names the form proposes to one another."""
    rows = Membership.objects.filter(
        organisation=organisation, user__is_active=True
    ).select_related("user")
    return [one.user for one in rows.order_by("pk")]


def _called_before(registration: Registration) -> int:
    waiting = Registration.objects.waiting().filter(
        session=registration.session_id, kind=registration.kind
    )
    return list(waiting.values_list("pk", flat=True)).index(registration.pk)


def leads_of(session: Session) -> QuerySet[Attendee]:
    """Return the first person of each programme of those who have a place."""
    rows = Attendee.objects.filter(
        registration__session=session,
        registration__in=Registration.objects.confirmed(),
        shares_with=None,
    )
    found = rows.select_related("registration__organisation")
    return found.defer("registration__organisation__search_vector").order_by(
        "registration__organisation__search_key", "position", "pk"
    )
