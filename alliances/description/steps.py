"""The steps of the guided form, in order, and how long each takes."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Step(StrEnum):
    """The steps; the values are in the addresses."""

    IDENTITY = "identite"
    PLACES = "lieux"
    DOMAINS = "sujets"
    SQUARE = "objectifs"
    MEANS = "moyens"
    OPENNESS = "ouverture"
    REFUSALS = "refus"
    VISIBILITY = "visibilite"


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step is called, and how long it takes."""

    title: str | Promise
    minutes: int
    is_optional: bool = False


WORDS: dict[Step, StepWords] = {
    Step.IDENTITY: StepWords(_("Qui vous êtes"), 2),
    Step.PLACES: StepWords(_("Où vous agissez"), 1),
    Step.DOMAINS: StepWords(_("Vos sujets"), 1),
    Step.SQUARE: StepWords(_("Votre carré des objectifs"), 2),
    Step.MEANS: StepWords(_("Ce que vous cherchez, ce que vous apportez"), 2),
    Step.OPENNESS: StepWords(_("À quoi vous êtes ouverts"), 1, is_optional=True),
    Step.REFUSALS: StepWords(_("Ce que vous refusez"), 1, is_optional=True),
    Step.VISIBILITY: StepWords(_("Ce qui se voit"), 1, is_optional=True),
}
ORDER = tuple(Step)
NEEDED_MINUTES = sum(w.minutes for w in WORDS.values() if not w.is_optional)


def step_after(step: Step) -> Step | None:
    """Return the next step; None after the last.

    Examples
    --------
    >>> step_after(Step.IDENTITY)
    <Step.PLACES: 'lieux'>
    >>> step_after(Step.VISIBILITY) is None
    True
    """
    following = ORDER.index(step) + 1
    return ORDER[following] if following < len(ORDER) else None


def step_before(step: Step) -> Step | None:
    """Return the previous step; None before the first."""
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None
