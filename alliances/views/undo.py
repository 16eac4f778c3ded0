"""The last save of each person can be taken back, for a while, from their session."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from alliances.description.parts import Part, as_json, fingerprint
from alliances.description.steps import AnyStep
from alliances.views.guide import Guide
from alliances.views.stepping import words_of

SESSION_KEY = "edition_undo"
LIFETIME = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Undo:
    """What was there before the last save, and what that save stored."""

    step: AnyStep
    before: Part
    after: str

    @property
    def title(self) -> str:
        return str(words_of(self.step).title)


def remember(request: HttpRequest, guide: Guide, *, step: str, before: Part) -> None:
    """Keep what a save just replaced."""
    editor = guide.editor(step)
    request.session[SESSION_KEY] = {
        **_whose(guide),
        "step": str(editor.step),
        "before": as_json(before),
        "after": fingerprint(editor.read(guide.target)),
        "at": timezone.now().isoformat(),
    }


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def available(request: HttpRequest, guide: Guide) -> Undo | None:
    """Return what can be taken back for ``guide``, if anything still can."""
    kept = request.session.get(SESSION_KEY)
    if not kept or any(kept.get(k) != v for k, v in _whose(guide).items()):
        return None
    if timezone.now() - dt.datetime.fromisoformat(kept["at"]) > LIFETIME:
        return None
    editor = guide.editor(kept["step"])
    return Undo(editor.step, editor.part.from_json(kept["before"]), kept["after"])


def _whose(guide: Guide) -> dict[str, str]:
    project = guide.project.public_id if guide.project else ""
    return {"organisation": guide.organisation.public_id, "project": project}
