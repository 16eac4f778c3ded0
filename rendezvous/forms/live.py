"""What a host saw when they pressed: it travels with the press."""

import re

from rendezvous.services.live import Seen

SEEN = re.compile(r"\A([0-9]{1,9})-([0-9]{1,3})\Z", re.ASCII)


def seen_text(revision: int, step: int) -> str:
    return f"{revision}-{step}"


def seen_in(text: str) -> Seen | None:
    """Return what was seen, None for what no page of ours wrote."""
    found = SEEN.match(text)
    return Seen(int(found[1]), int(found[2])) if found else None
