"""Who prepares a session, who comes to it, and what each of them reads.

A session is its catalyst's, while they look after its territory, and its
participants'. A wish is for those who express it: neither the catalyst nor an
administrator reads it (docs/decisions/0175).
"""

from rendezvous.policy import (  # noqa: F401 - declare rows
    documents,
    participants,
    room,
    schedules,
)
from rendezvous.policy.sessions import is_organiser, organised_by

__all__ = ["is_organiser", "organised_by"]
