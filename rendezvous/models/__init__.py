"""Sessions of meetings, from who comes to who met whom."""

from rendezvous.models.arrangement import Arrangement, Quota
from rendezvous.models.computing import Computation, Lock
from rendezvous.models.registration import Attendee, Registration, Wish
from rendezvous.models.schedule import Encounter, Meeting, Schedule, Seat
from rendezvous.models.session import Capacity, KindPair, Session

__all__ = [
    "Arrangement",
    "Attendee",
    "Capacity",
    "Computation",
    "Encounter",
    "KindPair",
    "Lock",
    "Meeting",
    "Quota",
    "Registration",
    "Schedule",
    "Seat",
    "Session",
    "Wish",
]
