"""Each step of the guided form: its form, what reads its part, what saves it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alliances.description.parts import (
    Domains,
    Identity,
    Means,
    Naming,
    Openness,
    Part,
    Places,
    Reach,
    Refusals,
    Square,
    Terms,
    Visibility,
)
from alliances.description.steps import AnyStep, ProjectStep, Step
from alliances.forms.domains import DomainsForm
from alliances.forms.identity import IdentityForm
from alliances.forms.means import MeansForm
from alliances.forms.openness import OpennessForm
from alliances.forms.places import PlacesForm
from alliances.forms.project import NamingForm, ReachForm, TermsForm
from alliances.forms.refusals import RefusalsForm
from alliances.forms.square import SquareForm
from alliances.forms.step import StepForm
from alliances.forms.visibility import VisibilityForm
from alliances.selectors.aims import PROJECT_READERS
from alliances.selectors.parts import READERS
from alliances.services import organisations as services
from alliances.services import projects


@dataclass(frozen=True, slots=True)
class Editor:
    """What one step needs."""

    step: AnyStep
    form: type[StepForm[Any]]
    part: type[Part]
    save: Callable[..., bool]

    def read(self, target: Any) -> Part:
        """Return the part of an organisation, or of a project for a step of its own."""
        if isinstance(self.step, ProjectStep):
            return PROJECT_READERS[self.step](target)
        return READERS[self.step](target)

    @property
    def template(self) -> str:
        return f"alliances/edition/{self.part.__name__.lower()}.html"


EDITORS: dict[Step, Editor] = {
    step: Editor(step, form, part, save)
    for step, form, part, save in (
        (Step.IDENTITY, IdentityForm, Identity, services.save_identity),
        (Step.PLACES, PlacesForm, Places, services.save_places),
        (Step.DOMAINS, DomainsForm, Domains, services.save_domains),
        (Step.SQUARE, SquareForm, Square, services.save_square),
        (Step.MEANS, MeansForm, Means, services.save_means),
        (Step.OPENNESS, OpennessForm, Openness, services.save_openness),
        (Step.REFUSALS, RefusalsForm, Refusals, services.save_exclusions),
        (Step.VISIBILITY, VisibilityForm, Visibility, services.save_visibility),
    )
}
PROJECT_EDITORS: dict[ProjectStep, Editor] = {
    step: Editor(step, form, part, save)
    for step, form, part, save in (
        (ProjectStep.NAME, NamingForm, Naming, projects.save_naming),
        (ProjectStep.PLACES, ReachForm, Reach, projects.save_reach),
        (ProjectStep.DOMAINS, DomainsForm, Domains, projects.save_domains),
        (ProjectStep.SQUARE, SquareForm, Square, projects.save_square),
        (ProjectStep.MEANS, MeansForm, Means, projects.save_means),
        (ProjectStep.OPENNESS, TermsForm, Terms, projects.save_terms),
    )
}
