"""Finding somebody by what a host hears: beginnings of words, then near spellings."""

from difflib import SequenceMatcher

from territories.search_text import search_key

# Of a typed word, how much must be found in a word of the name.
NEAR = 0.75
SHORT = 3  # letters; too few to be misspelt
FOUND, ALIKE = 1.0, 0.5


def closeness(typed: str, *names: str) -> float:
    """Return how well ``names`` answer ``typed``: 1 when each word begins one of theirs.

    Each typed word must be found, exactly or nearly; 0 when one is not.

    >>> closeness("dup mar", "Marie Dupont")
    1.0
    >>> 0 < closeness("dupon marei", "Marie Dupont") < 1
    True
    >>> closeness("martin", "Marie Dupont")
    0.0
    """
    words = search_key(typed).split()
    theirs = [word for name in names for word in search_key(name).split()]
    if not words or not theirs:
        return 0.0
    scores = [max(_alike(word, other) for other in theirs) for word in words]
    return sum(scores) / len(scores) if min(scores) > 0 else 0.0


def _alike(word: str, other: str) -> float:
    """Compare one typed word with one of the name, cut to the same length."""
    if other.startswith(word):
        return FOUND
    if len(word) <= SHORT:
        return 0.0
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seqs(word, other[: len(word) + 1])
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0.0
    ratio = matcher.ratio()
    return ALIKE * ratio if ratio >= NEAR else 0.0
