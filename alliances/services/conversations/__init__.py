"""Writing to a partner, taking a message back, taking leave; one verb each."""

from alliances.services.conversations.attaching import Piece, QuotaError
from alliances.services.conversations.closing import (
    Closing,
    block,
    close_introduction,
    unblock,
)
from alliances.services.conversations.locking import ClosedError
from alliances.services.conversations.reading import mark_read
from alliances.services.conversations.sending import (
    Written,
    send_message,
    withdraw_message,
)

__all__ = [
    "ClosedError",
    "Closing",
    "Piece",
    "QuotaError",
    "Written",
    "block",
    "close_introduction",
    "mark_read",
    "send_message",
    "unblock",
    "withdraw_message",
]
