"""The words that people type, and what they mean in the lists of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import override

from alliances.enums import ActorKind, FragilityDomain, Means
from territories.search_text import search_key

if TYPE_CHECKING:
    from django.db.models import TextChoices

MAX_WORDS = 8
MIN_PREFIX_LENGTH = 4
# Words that say nothing of an organisation: articles, prepositions, and those of a
# question ("qui peut aider sur la mobilité près de Clisson ?").
EMPTY_WORDS = frozenset(
    """
    a ai aide aider au aupres autour aux avec c ce ces cherche d dans de des du elle en
    est et etre il j je l la le les leur lui m ma mes mon n ne nos notre nous on ou par
    pas peut peuvent pour pourrait pres proche qu que qui s sa se ses son sont sur t ta
    tes ton tu un une veut vers vos votre vous y
    """.split()  # noqa: SIM905  # words to read, not a list to type
)


@dataclass(frozen=True)
class Meaning:
    """The codes that one word designates, besides being a word of a text."""

    kinds: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` worth searching, in order, eight at most.

    Examples
    --------
    >>> search_words("Qui peut aider sur la mobilité ?")
    ('mobilite',)
    """
    words = (word for word in search_key(text).split() if word not in EMPTY_WORDS)
    return tuple(dict.fromkeys(words))[:MAX_WORDS]


def meaning_of(word: str) -> Meaning:
    """Return the kinds, domains and means whose label holds ``word``.

    Examples
    --------
    >>> meaning_of("mobilites").domains
    ('mobility',)
    """
    return Meaning(
        kinds=_codes(ActorKind, word),
        domains=_codes(FragilityDomain, word),
        means=_codes(Means, word),
    )


def vocabulary() -> frozenset[str]:
    """Return every word of the labels, folded: what a typing error may stand for."""
    lists = (ActorKind, FragilityDomain, Means)
    return frozenset(
        word
        for choices in lists
        for words in _label_words(choices)
        for word in words[1]
    )


def _codes(choices: type[TextChoices], word: str) -> tuple[str, ...]:
    return tuple(
        code
        for code, words in _label_words(choices)
        if any(_same(word, label_word) for label_word in words)
    )


@cache
def _label_words(
    choices: type[TextChoices],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each code with the words of its French label."""
    with override("fr"):
        return tuple(
            (code, search_words(str(label))) for code, label in choices.choices
        )


def _same(word: str, label_word: str) -> bool:
    """Tell whether two words are one, give or take a plural or the end of typing."""
    if _singular(word) == _singular(label_word):
        return True
    return len(word) >= MIN_PREFIX_LENGTH and label_word.startswith(word)


def _singular(word: str) -> str:
    return word.rstrip("sx") if len(word) >= MIN_PREFIX_LENGTH else word
