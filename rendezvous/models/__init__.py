"""Sessions of meetings, from who comes to who met whom; collective processes."""

from rendezvous.models.arrangement import Arrangement, Quota
from rendezvous.models.attendance import (
    Attendance,
    LeftOver,
    LostTable,
    Replanning,
)
from rendezvous.models.computing import Computation, Lock
from rendezvous.models.followup import (
    Checkpoint,
    Commitment,
    Feedback,
    FollowUp,
    Signature,
)
from rendezvous.models.invitation import SessionInvitation
from rendezvous.models.live import SessionClock
from rendezvous.models.printout import Printout
from rendezvous.models.process import PlenaryShare, Process, ProcessStage
from rendezvous.models.process_work import (
    GroupMeeting,
    GroupMember,
    ProcessAction,
    ProcessGroup,
)
from rendezvous.models.registration import Attendee, Registration, Wish
from rendezvous.models.schedule import Encounter, Meeting, Schedule, Seat
from rendezvous.models.session import Capacity, KindPair, Session

__all__ = [
    "Arrangement",
    "Attendance",
    "Attendee",
    "Capacity",
    "Checkpoint",
    "Commitment",
    "Computation",
    "Encounter",
    "Feedback",
    "FollowUp",
    "GroupMeeting",
    "GroupMember",
    "KindPair",
    "LeftOver",
    "Lock",
    "LostTable",
    "Meeting",
    "PlenaryShare",
    "Printout",
    "Process",
    "ProcessAction",
    "ProcessGroup",
    "ProcessStage",
    "Quota",
    "Registration",
    "Replanning",
    "Schedule",
    "Seat",
    "Session",
    "SessionClock",
    "SessionInvitation",
    "Signature",
    "Wish",
]
