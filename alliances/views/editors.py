"""Each step of the guided form: its form, what reads its part, what saves it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alliances.description.parts import (
    Domains,
    Identity,
    Means,
    Openness,
    Part,
    Places,
    Refusals,
    Square,
    Visibility,
)
from alliances.description.steps import Step
from alliances.forms.domains import DomainsForm
from alliances.forms.identity import IdentityForm
from alliances.forms.means import MeansForm
from alliances.forms.openness import OpennessForm
from alliances.forms.places import PlacesForm
from alliances.forms.refusals import RefusalsForm
from alliances.forms.square import SquareForm
from alliances.forms.step import StepForm
from alliances.forms.visibility import VisibilityForm
from alliances.models import Organisation
from alliances.selectors.parts import READERS
from alliances.services import organisations as services


@dataclass(frozen=True, slots=True)
class Editor:
    """What one step needs."""

    step: Step
    form: type[StepForm[Any]]
    part: type[Part]
    save: Callable[..., bool]

    def read(self, organisation: Organisation) -> Part:
        return READERS[self.step](organisation)

    @property
    def template(self) -> str:
        return f"alliances/edition/{self.step.name.lower()}.html"


EDITORS = {
    editor.step: editor
    for editor in (
        Editor(Step.IDENTITY, IdentityForm, Identity, services.save_identity),
        Editor(Step.PLACES, PlacesForm, Places, services.save_places),
        Editor(Step.DOMAINS, DomainsForm, Domains, services.save_domains),
        Editor(Step.SQUARE, SquareForm, Square, services.save_square),
        Editor(Step.MEANS, MeansForm, Means, services.save_means),
        Editor(Step.OPENNESS, OpennessForm, Openness, services.save_openness),
        Editor(Step.REFUSALS, RefusalsForm, Refusals, services.save_exclusions),
        Editor(Step.VISIBILITY, VisibilityForm, Visibility, services.save_visibility),
    )
}
