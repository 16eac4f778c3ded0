"""What people type, reduced to what the database compares. Pure: no Django."""

import re
import unicodedata

MAX_LENGTH = 100  # characters of a typed name; the longest name in force has 90
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints"}

_ACCENTS = re.compile("[\u0300-\u036f]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
# Only A to Z: what remains of other scripts is a separator in both languages.
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_SEPARATORS = re.compile("[^a-z0-9]+")


def search_key(text: str) -> str:
    """Return ``text`` without accents, in lower case, one space between words.

    It says what the SQL function of the same name says (a test compares them).

    Examples
    --------
    >>> search_key("  L’Haÿ-les-Roses ")
    'l hay les roses'
    >>> search_key("ŒUILLY")
    'oeuilly'
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    lowered = plain.translate(_LIGATURES).translate(_LOWER)
    return _SEPARATORS.sub(" ", lowered).strip()


def prefix_query(key: str) -> str:
    """Return the text-search query "every word of ``key`` begins a word".

    Examples
    --------
    >>> prefix_query("st etie")
    '(st:* | saint:*) & etie:*'
    """
    return " & ".join(map(_prefix, key.split()))


def unabbreviated(key: str) -> str:
    """Return ``key`` with the usual abbreviations of place names in full.

    Examples
    --------
    >>> unabbreviated("st nazaire")
    'saint nazaire'
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in key.split())


def _prefix(word: str) -> str:
    full = ABBREVIATIONS.get(word)
    return f"({word}:* | {full}:*)" if full else f"{word}:*"
