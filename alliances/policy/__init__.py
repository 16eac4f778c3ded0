"""Who sees and does what with organisations (docs/decisions/0007-one-policy.md).

Rights come from membership, never from the session; another organisation's object
answers as if it did not exist.
"""

from alliances.policy import conversations  # noqa: F401 - declares its rows
from alliances.policy.introductions import is_partner
from alliances.policy.joining import catalysing, verified_addresses, waiting_for
from alliances.policy.organisations import EVERY_PART, shown_to_all, visible_parts
from alliances.policy.roles import is_member

__all__ = [
    "EVERY_PART",
    "catalysing",
    "is_member",
    "is_partner",
    "shown_to_all",
    "verified_addresses",
    "visible_parts",
    "waiting_for",
]
