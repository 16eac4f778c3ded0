"""Yes, no, and the introduction that two yeses open; one verb each, all or nothing."""

from alliances.services.introductions.answering import (
    AlreadyDecidedError,
    AlreadyIntroducedError,
    OwnBlockError,
    OwnRefusalError,
    Said,
    answer,
    check_own_refusals,
    withdraw,
)
from alliances.services.introductions.delivering import (
    deliver_suggestion,
    deliver_waiting_suggestions,
    expire_suggestions,
)
from alliances.services.introductions.expiring import expire_answers
from alliances.services.introductions.locking import lock_pair
from alliances.services.introductions.meeting import introduce_who_met
from alliances.services.introductions.opening import open_pair, open_waiting
from alliances.services.introductions.suggesting import (
    AlreadySuggestedError,
    NoneLeftError,
    NotSharedError,
    OwnOrganisationError,
    UnsuggestedError,
    Words,
    suggest,
    withdraw_suggestion,
)

__all__ = [
    "AlreadyDecidedError",
    "AlreadyIntroducedError",
    "AlreadySuggestedError",
    "NoneLeftError",
    "NotSharedError",
    "OwnBlockError",
    "OwnOrganisationError",
    "OwnRefusalError",
    "Said",
    "UnsuggestedError",
    "Words",
    "answer",
    "check_own_refusals",
    "deliver_suggestion",
    "deliver_waiting_suggestions",
    "expire_answers",
    "expire_suggestions",
    "introduce_who_met",
    "lock_pair",
    "open_pair",
    "open_waiting",
    "suggest",
    "withdraw",
    "withdraw_suggestion",
]
