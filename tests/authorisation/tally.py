"""The figures of ``make matrix``: what was tried, and what was found."""

from collections import Counter

COUNTS: Counter[str] = Counter()


def line() -> str:
    """Return the last line of ``make matrix`` (docs/interchange.md)."""
    return (
        f"matrix: {COUNTS['attempts']} attempts, {COUNTS['leaks']} leaks, "
        f"{out_of_forty()}/40 seeded faults caught, {COUNTS['races']} races, "
        f"{COUNTS['double winners']} double winners"
    )


def out_of_forty() -> int:
    """More than forty faults are seeded: each one that is missed takes one off."""
    missed = COUNTS["seeded"] - COUNTS["caught"]
    return max(0, min(COUNTS["seeded"], 40) - missed)


def also() -> str:
    """Return what else the long suites tried, above their last line."""
    tried = (
        *("caught", "variations", "answers compared", "forbidden and absent"),
        *("hostile fields", "contract requests"),
    )
    return "also: " + ", ".join(f"{COUNTS[what]} {what}" for what in tried)
