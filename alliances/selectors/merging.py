"""Two organisations that may be one: what differs, what would move, what forbids it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pghistory.models import Event

from alliances.models import (
    Block,
    Exclusion,
    Interest,
    Introduction,
    Merge,
    Organisation,
    PrivilegedRead,
    Suggestion,
)

# What an administrator does not read: counted together.
PRIVATE = (Exclusion, Interest, Block, Suggestion)
# Written down about the absorbed organisation itself: it stays its own.
STAYING = ((Merge, "absorbed"), (PrivilegedRead, "organisation"))


class Obstacle(models.TextChoices):
    """Why two organisations are not merged."""

    SAME = (
        "same",
        gettext_lazy("C’est deux fois la même organisation\u202f: choisissez-en deux."),
    )
    FICTITIOUS = (
        "fictitious",
        gettext_lazy(
            "L’une est fictive et l’autre réelle\u202f: elles ne se réunissent pas."
        ),
    )
    INTRODUCED = (
        "introduced",
        gettext_lazy(
            "Une mise en relation existe entre elles\u202f: ce sont deux organisations. "
            "Rien n’a été changé."
        ),
    )


@dataclass(frozen=True)
class Line:
    """One thing that both say."""

    label: str
    kept: str
    absorbed: str

    @property
    def differs(self) -> bool:
        return self.kept != self.absorbed


@dataclass(frozen=True)
class Moving:
    """How many rows of a kind would move."""

    label: str
    count: int


@cache
def organisation_keys() -> tuple[tuple[type[models.Model], str], ...]:
    """Return every foreign key to an organisation, of every application."""
    relations = Organisation._meta.get_fields(include_hidden=True)
    return tuple(
        (relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, models.ForeignObjectRel)
        and isinstance(relation.field, models.ForeignKey)
    )


def is_history(model: type[models.Model]) -> bool:
    """Tell whether rows of ``model`` say what was, and are never rewritten."""
    return issubclass(model, Event)


def moving_keys() -> list[tuple[type[models.Model], str]]:
    """Return the foreign keys that a merge moves."""
    return [
        (model, field)
        for model, field in organisation_keys()
        if not is_history(model) and (model, field) not in STAYING
    ]


def obstacle_between(kept: Organisation, absorbed: Organisation) -> Obstacle | None:
    """Return why these two are not merged, if something forbids it."""
    if kept.pk == absorbed.pk:
        return Obstacle.SAME
    if kept.is_fictitious != absorbed.is_fictitious:
        return Obstacle.FICTITIOUS
    low, high = sorted((kept.pk, absorbed.pk))
    if Introduction.objects.filter(low=low, high=high).exists():
        return Obstacle.INTRODUCED
    return None


def moving(absorbed: Organisation) -> list[Moving]:
    """Count what would move, by kind; what is private is one figure."""
    counts: dict[str, int] = {}
    for model, field in moving_keys():
        rows = model._base_manager.filter(**{field: absorbed.pk})  # noqa: SLF001
        if (count := rows.count()) and model is not Merge:
            label = _label(model)
            counts[label] = counts.get(label, 0) + count
    return [Moving(label, count) for label, count in sorted(counts.items())]


def _label(model: type[models.Model]) -> str:
    if model in PRIVATE:
        return _("choix privés (exclusions, réponses, blocages) et suggestions")
    return str(model._meta.verbose_name_plural)


def compared(kept: Organisation, absorbed: Organisation) -> list[Line]:
    """Return what both say, side by side."""
    return [
        Line(label, _told(kept, name), _told(absorbed, name))
        for name, label in _compared_fields()
    ]


def _compared_fields() -> list[tuple[str, str]]:
    return [
        ("name", _("Nom")),
        ("get_kind_display", _("Nature")),
        ("seat", _("Siège")),
        ("siren", _("SIREN")),
        ("siret", _("SIRET")),
        ("rna", _("Numéro RNA")),
        ("website", _("Site web")),
        ("summary", _("Présentation")),
        ("source", _("Source")),
        ("key", _("Clé dans la source")),
    ]


def _told(organisation: Organisation, name: str) -> str:
    value: Any = getattr(organisation, name)
    return str((value() if callable(value) else value) or "")
