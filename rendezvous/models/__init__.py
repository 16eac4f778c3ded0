"""Sessions of meetings, from who comes to who met whom; collective processes."""

from rendezvous.models.invitation import SessionInvitation
from rendezvous.models.process import (
    GroupMeeting,
    GroupMember,
    PlenaryShare,
    Process,
    ProcessAction,
    ProcessGroup,
    ProcessStage,
)
from rendezvous.models.registration import Attendee, Registration, Wish
from rendezvous.models.schedule import Encounter, Meeting, Schedule, Seat
from rendezvous.models.session import Capacity, KindPair, Session

__all__ = [
    "Attendee",
    "Capacity",
    "Encounter",
    "GroupMeeting",
    "GroupMember",
    "KindPair",
    "Meeting",
    "PlenaryShare",
    "Process",
    "ProcessAction",
    "ProcessGroup",
    "ProcessStage",
    "Registration",
    "Schedule",
    "Seat",
    "Session",
    "SessionInvitation",
    "Wish",
]
