"""Who a letter goes to, asked again at the moment when it leaves."""

from dataclasses import dataclass

from accounts.models import User
from notifications.models import Delivery, Objection, Suppression
from notifications.registry import DIGEST, kind_of
from notifications.selectors import suppression_of


@dataclass(frozen=True)
class Recipient:
    """Where a letter goes; ``objection`` says why it must not, empty when it may."""

    address: str
    objection: str = ""


def recipient_of(delivery: Delivery) -> Recipient:
    """Find the address of a letter, and what speaks against writing to it."""
    user = delivery.user
    address = user.email if user else delivery.address
    if user is not None and not is_reachable(user):
        return Recipient("", Objection.NOBODY)
    suppression = suppression_of(address)
    if suppression and suppression.reason == Suppression.Reason.REFUSED:
        return Recipient(address, Objection.DEAD_ADDRESS)
    if suppression and not is_essential(delivery):
        return Recipient(address, Objection.ESSENTIAL_ONLY)
    return Recipient(address)


def is_reachable(user: User) -> bool:
    """Tell whether somebody still is behind an account."""
    return bool(user.is_active and user.erased_at is None and user.email)


def is_essential(delivery: Delivery) -> bool:
    """Tell whether a letter is sent whatever the preferences."""
    return delivery.kind != DIGEST and kind_of(delivery.kind).is_essential
