"""What one wishes of each of those who come, on one page."""

from collections.abc import Mapping, Sequence

from rendezvous.enums import WishAnswer
from rendezvous.selectors.wishes import Line

NONE = ""
CHOICES = (*WishAnswer.values, NONE)


def field_of(public_id: str) -> str:
    return f"souhait_{public_id}"


def answers_in(data: Mapping[str, str], lines: Sequence[Line]) -> dict[int, str]:
    """Return what was chosen, for the lines of the page alone; the rest is ignored."""
    found = {}
    for line in lines:
        name = field_of(line.registration.public_id)
        answer = data.get(name)
        if answer is not None and answer in CHOICES:
            found[line.registration.pk] = answer
    return found
