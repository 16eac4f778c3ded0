"""Sentences in French, from the facts of the kernel and nothing else."""

from matching.explanations.advice import type_sentences
from matching.explanations.rules import NOT_PROPOSED, WARNINGS, Point
from matching.explanations.stories import Bar, Party, SideStory, Story, headline, story

__all__ = [
    "NOT_PROPOSED",
    "WARNINGS",
    "Bar",
    "Party",
    "Point",
    "SideStory",
    "Story",
    "headline",
    "story",
    "type_sentences",
]
