"""Yes, no, and the introduction that two yeses open; one verb each, all or nothing."""

from alliances.services.introductions.answering import (
    AlreadyDecidedError,
    AlreadyIntroducedError,
    OwnRefusalError,
    Said,
    answer,
    withdraw,
)
from alliances.services.introductions.expiring import expire_answers
from alliances.services.introductions.opening import open_pair, open_waiting

__all__ = [
    "AlreadyDecidedError",
    "AlreadyIntroducedError",
    "OwnRefusalError",
    "Said",
    "answer",
    "expire_answers",
    "open_pair",
    "open_waiting",
    "withdraw",
]
