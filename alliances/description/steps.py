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


class ProjectStep(StrEnum):
    """The steps of a project of its own: what is the organisation's is not asked again.

    A step that both have bears the same value.
    """

    NAME = "nom"
    PLACES = "lieux"
    DOMAINS = "sujets"
    SQUARE = "objectifs"
    MEANS = "moyens"
    OPENNESS = "ouverture"


AnyStep = Step | ProjectStep


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
PROJECT_WORDS: dict[ProjectStep, StepWords] = {
    ProjectStep.NAME: StepWords(_("Le nom de ce projet"), 1),
    ProjectStep.PLACES: StepWords(_("Où ce projet se passe"), 1),
    ProjectStep.DOMAINS: StepWords(_("Les sujets de ce projet"), 1),
    ProjectStep.SQUARE: StepWords(_("Le carré des objectifs de ce projet"), 2),
    ProjectStep.MEANS: StepWords(_("Ce qu’il demande, ce que vous y apportez"), 2),
    ProjectStep.OPENNESS: StepWords(
        _("À quoi ce projet est ouvert"), 1, is_optional=True
    ),
}
ORDER = tuple(Step)
PROJECT_ORDER = tuple(ProjectStep)
NEEDED_MINUTES = sum(w.minutes for w in WORDS.values() if not w.is_optional)


def step_after(step: AnyStep) -> AnyStep | None:
    """Return the next step; None after the last.

    Examples
    --------
    >>> step_after(Step.IDENTITY)
    <Step.PLACES: 'lieux'>
    >>> step_after(Step.VISIBILITY) is None
    True
    >>> step_after(ProjectStep.NAME)
    <ProjectStep.PLACES: 'lieux'>
    """
    order = _order_of(step)
    following = order.index(step) + 1
    return order[following] if following < len(order) else None


def step_before(step: AnyStep) -> AnyStep | None:
    """Return the previous step; None before the first."""
    order = _order_of(step)
    place = order.index(step)
    return order[place - 1] if place else None


def _order_of(step: AnyStep) -> tuple[AnyStep, ...]:
    return PROJECT_ORDER if isinstance(step, ProjectStep) else ORDER
