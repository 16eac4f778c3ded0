"""What surrounds the fields of a step: the path, the words, the two versions."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from alliances import enums
from alliances.description.parts import Part
from alliances.description.steps import (
    ORDER,
    PROJECT_ORDER,
    PROJECT_WORDS,
    WORDS,
    AnyStep,
    ProjectStep,
    StepWords,
)
from alliances.forms.step import StepForm
from alliances.selectors.completeness import Progress
from alliances.selectors.resembling import in_order as organisations
from alliances.selectors.surroundings import in_order as territories

PLACE_FIELDS = ("seat", "perimeter")
LISTS: dict[str, type[TextChoices]] = {
    "kind": enums.ActorKind,
    "kinds": enums.ActorKind,
    "sub_kind": enums.SubKind,
    "economic_model": enums.EconomicModel,
    "types": enums.PartnershipType,
    "phase": enums.Phase,
    "hidden_parts": enums.Part,
}


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step in the navigation: where it leads, and how it stands."""

    step: AnyStep
    number: int
    words: StepWords
    state: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """The two versions of one field, told."""

    label: str
    typed: str
    stored: str


def words_of(step: AnyStep) -> StepWords:
    return PROJECT_WORDS[step] if isinstance(step, ProjectStep) else WORDS[step]


def path_of(progress: Progress, current: AnyStep, has_errors: bool) -> list[PathStep]:
    """Return every step with its state; a form with errors is a problem."""
    order: tuple[AnyStep, ...] = ORDER
    if isinstance(current, ProjectStep):
        order = PROJECT_ORDER
    return [
        PathStep(
            step=step,
            number=number,
            words=words_of(step),
            state="problem"
            if step is current and has_errors
            else progress.state_of(step),
            is_current=step is current,
        )
        for number, step in enumerate(order, start=1)
    ]


def differences(form: StepForm[Any], *, stored: Part, wished: Part) -> list[Difference]:
    """Tell each field on which what was typed differs from what is stored."""
    now, typed = asdict(stored), asdict(wished)
    return [
        Difference(str(label), told(name, typed[name]), told(name, now[name]))
        for name, label in form.labels_of_part.items()
        if typed[name] != now[name]
    ]


def told(name: str, value: Any) -> str:
    """Put the value of a field in words."""
    if value in (None, "", (), []):
        return _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    values = list(value) if isinstance(value, tuple | list) else [value]
    if name in PLACE_FIELDS:
        return ", ".join(t.name for t in territories(values))
    if name == "organisations":
        return ", ".join(o.name for o in organisations(values))
    return ", ".join(_told_one(name, item) for item in values)


def _told_one(name: str, item: Any) -> str:
    if name == "weights" and isinstance(item, list | tuple):
        domain, weight = item
        return f"{enums.FragilityDomain(domain).label} ({weight})"
    if isinstance(item, dict):
        return _told_line(item)
    if name in LISTS:
        return str(LISTS[name](item).label)
    return str(item)


def _told_line(line: dict[str, Any]) -> str:
    if "means" not in line:
        return str(line["name"] or line["siret"] or _("un lieu"))
    details = " ".join(str(line[k]) for k in ("quantity", "unit", "note") if line[k])
    label = str(enums.Means(line["means"]).label)
    return f"{label} ({details})" if details else label
