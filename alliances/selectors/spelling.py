"""Words that nobody wrote, replaced by the nearest that somebody did."""

import hashlib

from django.core.cache import cache
from django.db.models import Count, F, Func, Max, TextField, Value
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliances.models import Organisation
from alliances.search_words import EMPTY_WORDS, meaning_of, vocabulary

MIN_LENGTH = 4
LONG_WORD = 7
MAX_ERRORS_SHORT = 1
MAX_ERRORS_LONG = 2
TTL_S = 3_600


def corrected(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``words``, each one unknown to the directory replaced by its nearest.

    A word that is too short, or near to nothing, is left as it is. Only names and
    the lists of the domain are looked into: both are public.
    """
    last = len(words) - 1
    unknown = {
        word
        for rank, word in enumerate(words)
        if not _is_known(word, is_last=rank == last)
    }
    if not unknown:
        return words
    candidates = known_words()
    return tuple(
        _nearest(word, candidates) if word in unknown else word for word in words
    )


def known_words() -> list[str]:
    """Return the words of the names and of the lists, in alphabetical order.

    They are kept until a name changes.
    """
    state = Organisation.objects.active().aggregate(
        count=Count("pk"), last=Max("updated_at")
    )
    tag = hashlib.sha256(f"{state['count']} {state['last']}".encode()).hexdigest()
    key = f"directory-words-{tag}"
    return cache.get_or_set(key, _known_words, TTL_S) or []


def _known_words() -> list[str]:
    words = Func(
        Func(F("search_key"), Value(" "), function="string_to_array"),
        function="unnest",
        output_field=TextField(),
    )
    words.set_returning = True
    names = Organisation.objects.active().values_list(words, flat=True).distinct()
    return sorted(
        word
        for word in vocabulary().union(names)
        if len(word) >= MIN_LENGTH and word not in EMPTY_WORDS
    )


def _is_known(word: str, *, is_last: bool) -> bool:
    meaning = meaning_of(word)
    if len(word) < MIN_LENGTH or meaning.kinds or meaning.domains or meaning.means:
        return True
    return Organisation.objects.active().writing(word, is_last=is_last).exists()


def _nearest(word: str, candidates: list[str]) -> str:
    max_errors = MAX_ERRORS_LONG if len(word) >= LONG_WORD else MAX_ERRORS_SHORT
    best = process.extractOne(
        word, candidates, scorer=OSA.distance, score_cutoff=max_errors
    )
    return best[0] if best else word
