"""Sessions of meetings, from who comes to who met whom."""

from rendezvous.models.arrangement import Arrangement, Quota
from rendezvous.models.attendance import (
    Attendance,
    LeftOver,
    LostTable,
    Replanning,
)
from rendezvous.models.computing import Computation, Lock
from rendezvous.models.live import SessionClock
from rendezvous.models.printout import Printout
from rendezvous.models.registration import Attendee, Registration, Wish
from rendezvous.models.schedule import Encounter, Meeting, Schedule, Seat
from rendezvous.models.session import Capacity, KindPair, Session

__all__ = [
    "Arrangement",
    "Attendance",
    "Attendee",
    "Capacity",
    "Computation",
    "Encounter",
    "KindPair",
    "LeftOver",
    "Lock",
    "LostTable",
    "Meeting",
    "Printout",
    "Quota",
    "Registration",
    "Replanning",
    "Schedule",
    "Seat",
    "Session",
    "SessionClock",
    "Wish",
]
