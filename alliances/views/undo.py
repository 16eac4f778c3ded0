"""The last save of each person can be taken back, for a while, from their session."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from alliances.description.parts import Part, as_json, fingerprint
from alliances.description.steps import WORDS, Step
from alliances.models import Organisation
from alliances.views.editors import EDITORS

SESSION_KEY = "edition_undo"
LIFETIME = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Undo:
    """What was there before the last save, and what that save stored."""

    step: Step
    before: Part
    after: str

    @property
    def title(self) -> str:
        return str(WORDS[self.step].title)


def remember(
    request: HttpRequest, organisation: Organisation, *, step: Step, before: Part
) -> None:
    """Keep what a save just replaced."""
    after = EDITORS[step].read(organisation)
    request.session[SESSION_KEY] = {
        "organisation": organisation.public_id,
        "step": step.value,
        "before": as_json(before),
        "after": fingerprint(after),
        "at": timezone.now().isoformat(),
    }


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def available(request: HttpRequest, organisation: Organisation) -> Undo | None:
    """Return what can be taken back for ``organisation``, if anything still can."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["organisation"] != organisation.public_id:
        return None
    if timezone.now() - dt.datetime.fromisoformat(kept["at"]) > LIFETIME:
        return None
    step = Step(kept["step"])
    before = EDITORS[step].part.from_json(kept["before"])
    return Undo(step, before, kept["after"])
