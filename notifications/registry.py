"""What people are told about. Filled when each ``<app>/notices.py`` loads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from accounts.models import User

Text = str | Promise
# Whether what is said about this key still is this person's business.
Question = Callable[[User, str], bool]


# The code of the letters that hold several pieces of news.
DIGEST = "digest"


class Frequency(StrEnum):
    """When a person wants to be told by e-mail; the page tells at once."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True)
class Kind:
    """One kind of news.

    ``code`` names the template ``notifications/kinds/<code>.txt``, with three parts:
    ``subject`` (one line), ``sentence`` (one line, on the page and in digests) and
    ``body`` (paragraphs of plain text). ``label`` is what the preferences show.
    ``is_essential`` kinds are sent at once, whatever the preferences: safety, answers
    that a right depends on. ``reminders_days`` are the working days after which who
    did not answer is reminded. ``action`` is what the button of the letter says
    (« Ouvrir la page » without one).

    ``still_concerns(user, key)`` is asked again when a letter leaves: somebody who has
    lost the right to know receives nothing. ``still_reminds`` is asked before a
    reminder, for instance whether the person still is the lead contact.
    """

    code: str
    label: Text
    frequency: Frequency = Frequency.AT_ONCE
    is_essential: bool = False
    reminders_days: tuple[int, ...] = ()
    action: Text = ""
    still_concerns: Question | None = None
    still_reminds: Question | None = None


class UnknownKindError(LookupError):
    """No application declared this kind of news."""


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Register ``kind``; its code is unique."""
    if kind.code in {DIGEST, *_kinds}:
        message = f"two kinds of news are called {kind.code!r}"
        raise ValueError(message)
    _kinds[kind.code] = kind
    return kind


def kinds() -> Iterator[Kind]:
    """Iterate over the declared kinds."""
    return iter(_kinds.values())


def kind_of(code: str) -> Kind:
    """Return the kind called ``code``.

    Raises
    ------
    UnknownKindError
        If no application declared it.
    """
    try:
        return _kinds[code]
    except KeyError:
        message = f"no kind of news is called {code!r}"
        raise UnknownKindError(message) from None
