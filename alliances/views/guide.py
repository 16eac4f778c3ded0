"""What a guided form describes: an organisation, or one of its projects."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from alliances.description.steps import AnyStep, ProjectStep, Step
from alliances.models import Intention, Organisation
from alliances.selectors.completeness import (
    Progress,
    progress_of,
    progress_of_project,
)
from alliances.views.editors import EDITORS, PROJECT_EDITORS, Editor


@dataclass(frozen=True, slots=True)
class Guide:
    """Where each step of a form leads, and what it reads and writes.

    Without a project, the short form: the organisation with its main project.
    """

    organisation: Organisation
    project: Intention | None = None

    @property
    def target(self) -> Any:
        return self.project or self.organisation

    def editor(self, step: str) -> Editor:
        """Return what the step needs; a step that does not exist has no page."""
        try:
            if self.project is None:
                return EDITORS[Step(step)]
            return PROJECT_EDITORS[ProjectStep(step)]
        except ValueError as error:
            raise Http404 from error

    def step_url(self, step: str, name: str = "step") -> str:
        ids = [self.organisation.public_id]
        if self.project is None:
            return reverse(f"alliances:organisation_{name}", args=[*ids, step])
        ids.append(self.project.public_id)
        return reverse(f"alliances:project_{name}", args=[*ids, step])

    @property
    def next_url(self) -> str:
        """Where the last step leads."""
        ids = [self.organisation.public_id]
        if self.project is None:
            return reverse("alliances:organisation_next", args=ids)
        return reverse("alliances:project_list", args=ids)

    @property
    def progress(self) -> Progress:
        if self.project is None:
            return progress_of(self.organisation)
        return progress_of_project(self.project)

    @property
    def first_step(self) -> AnyStep:
        """Where the description stopped."""
        missing = self.progress.missing
        if missing:
            return self.editor(missing[0].step).step
        return ProjectStep.NAME if self.project else Step.IDENTITY

    def fresh(self) -> "Guide":
        """Read again what a save just wrote."""
        organisation = Organisation.objects.for_list().get(pk=self.organisation.pk)
        if self.project is None:
            return Guide(organisation)
        project = Intention.objects.filter(pk=self.project.pk).first()
        if project is None:
            raise Http404
        project.organisation = organisation
        return Guide(organisation, project)
