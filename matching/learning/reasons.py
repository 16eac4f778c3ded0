"""What a reason given when a contact ends says of the score."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

SPEAKS_OF: Final[Mapping[str, str]] = {
    "too_far": "territory",
    "means": "needs",
    "subject": "domains",
}
"""Reasons that are about the pair, and the component they speak of. The others (no time,
another partner found, other priorities, own rules) say nothing of the pair."""

SMALLEST_SHOWN: Final = 5
"""A count under this is not told: few organisations would recognise themselves."""


def outcome_of(*, is_met: bool, is_declined: bool, reason: str) -> bool | None:
    """Tell how a pair turned out, None when it says nothing of the score.

    The last word counts: a pair that talked, then closed because it was too far, was
    not a good one.

    Examples
    --------
    >>> outcome_of(is_met=True, is_declined=False, reason="")
    True
    >>> outcome_of(is_met=True, is_declined=True, reason="too_far")
    False
    >>> outcome_of(is_met=False, is_declined=True, reason="no_time") is None
    True
    """
    if is_declined and reason in SPEAKS_OF:
        return False
    return True if is_met else None


def counted_reasons(reasons: Iterable[str]) -> dict[str, int | None]:
    """Count reasons, None for those given too few times to be told.

    Examples
    --------
    >>> counted_reasons(["means"] * 5 + ["too_far", ""])
    {'means': 5, 'too_far': None}
    """
    counts = Counter(reason for reason in reasons if reason)
    return {
        reason: count if count >= SMALLEST_SHOWN else None
        for reason, count in sorted(counts.items())
    }
