"""The clock of the day of a session: reading it, and what the hosts do to it."""

from rendezvous.clock.changes import (
    NotNowError,
    delay,
    end,
    go_on,
    pause,
    prolong,
    resume,
)
from rendezvous.clock.reading import (
    MINUTE,
    Clock,
    Phase,
    Position,
    Round,
    fitted,
    foreseen,
    planned,
    position,
    remaining,
)

__all__ = [
    "MINUTE",
    "Clock",
    "NotNowError",
    "Phase",
    "Position",
    "Round",
    "delay",
    "end",
    "fitted",
    "foreseen",
    "go_on",
    "pause",
    "planned",
    "position",
    "prolong",
    "remaining",
    "resume",
]
