"""The waiting list: a place that is free goes to who asked first."""

from rendezvous.enums import RegistrationState
from rendezvous.models import Capacity, Registration, Session
from rendezvous.services.telling import tell_promoted


def promote(session: Session) -> list[Registration]:
    """Give the places that are free, kind by kind; the caller holds the lock."""
    found = []
    for capacity in Capacity.objects.filter(session=session).order_by("kind"):
        of_kind = Registration.objects.filter(session=session, kind=capacity.kind)
        free = capacity.places - of_kind.confirmed().count()
        found += list(of_kind.waiting().select_related("organisation")[: max(free, 0)])
    for one in found:
        one.state = RegistrationState.CONFIRMED
        one.save(update_fields=["state"])
        tell_promoted(session, one)
    return found
