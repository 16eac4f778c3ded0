"""What somebody wrote, as it is kept and as it is shown: text, and addresses in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

# Marks that turn the direction of writing: they make an address read like another one.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}\ufeff]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»\u2028\u2029]+", re.IGNORECASE)
_AFTER = ".,;:!?…)]}*_"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; ``url`` is empty, or an address to be followed."""

    text: str
    url: str = ""


def cleaned(text: str) -> str:
    r"""Return ``text`` without invisible marks, trailing blanks, heaps of blank lines.

    >>> cleaned("Bonjour,\r\n\r\n\r\n\r\nmerci\u202e. ")
    'Bonjour,\n\nmerci.'
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _INVISIBLE.sub("", unified)).strip()


def segments(text: str) -> list[Segment]:
    """Cut ``text`` at its addresses, which are shown whole: none hides behind a word.

    >>> [(one.text, one.url) for one in segments("Voir http://a.fr/b.")]
    [('Voir ', ''), ('http://a.fr/b', 'http://a.fr/b'), ('.', '')]
    """
    return [one for one in _cut(text) if one.text]


def _cut(text: str) -> Iterator[Segment]:
    begins = 0
    for found in _ADDRESS.finditer(text):
        url = _without_what_follows(found.group())
        if not _leads_somewhere(url):
            continue
        yield Segment(text[begins : found.start()])
        yield Segment(url, url)
        begins = found.start() + len(url)
    yield Segment(text[begins:])


def _without_what_follows(url: str) -> str:
    """Leave out the punctuation of the sentence, but a bracket that the address opens."""
    while url and url[-1] in _AFTER:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url


def _leads_somewhere(url: str) -> bool:
    """Tell whether ``url`` names a host, and nobody who would sign in to it."""
    try:
        parts = urlsplit(url)
        return "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return False
