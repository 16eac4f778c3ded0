"""Words that people type: emptied of grammar, matched with the lists."""

import pytest

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.search_words import Meaning, meaning_of, search_words


def test_a_question_is_reduced_to_its_subject():
    assert search_words("Qui peut aider sur la mobilité, près de Clisson ?") == (
        "mobilite",
        "clisson",
    )


def test_words_are_kept_once_and_eight_at_most():
    typed = "un deux trois deux quatre cinq six sept huit neuf dix"

    assert search_words(typed) == (
        *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    )


@pytest.mark.parametrize("typed", ["", "   ", "?!", "٣٣", "de la", "ЖЖ"])
def test_a_text_without_a_word_asks_nothing(typed):
    assert search_words(typed) == ()


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("mobilite", Meaning(domains=(FragilityDomain.MOBILITY,))),
        ("mobilites", Meaning(domains=(FragilityDomain.MOBILITY,))),
        ("energ", Meaning(domains=(FragilityDomain.ENERGY_TRANSITION,))),
        ("entreprises", Meaning(kinds=(ActorKind.COMPANY,))),
        ("locaux", Meaning(means=(Means.PREMISES,))),
        ("velo", Meaning()),
        ("mob", Meaning()),
    ],
)
def test_a_word_designates_what_its_label_says(word, meaning):
    assert meaning_of(word) == meaning
