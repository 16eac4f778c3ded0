"""Sessions of meetings, from who comes to who met whom."""

from rendezvous.models.live import SessionClock
from rendezvous.models.printout import Printout
from rendezvous.models.registration import Attendee, Registration, Wish
from rendezvous.models.schedule import Encounter, Meeting, Schedule, Seat
from rendezvous.models.session import Capacity, KindPair, Session

__all__ = [
    "Attendee",
    "Capacity",
    "Encounter",
    "KindPair",
    "Meeting",
    "Printout",
    "Registration",
    "Schedule",
    "Seat",
    "Session",
    "SessionClock",
    "Wish",
]
