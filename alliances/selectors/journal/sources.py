"""Which events are an organisation’s, and under which subject they are told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.models import Intention

Condition = Callable[[int], Q]


class Subject(models.TextChoices):
    """What a journal can be narrowed to."""

    DESCRIPTION = "description", _("Description")
    PROJECT = "projet", _("Projet, besoins et offres")
    TEAM = "equipe", _("Équipe")
    RELATIONS = "relations", _("Relations")
    READS = "lectures", _("Lectures de l’administration")


@dataclass(frozen=True)
class Source:
    """The events of one model: their subject, and the organisation they are of."""

    label: str
    subject: Subject | None
    of: Condition | None
    owner: Any  # an expression: the organisation, for the journal of everything
    # Whose very existence is told to nobody outside, elevated or not.
    is_secret: bool = False

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def events(self) -> Any:
        app = self.label.split(".")[0]
        return apps.get_model(app, f"{self.model.__name__}Event")

    @property
    def title(self) -> str | Promise:
        return self.model._meta.verbose_name or self.label


def _owned(organisation_id: int) -> Q:
    return Q(organisation=organisation_id)


def _itself(organisation_id: int) -> Q:
    return Q(pgh_obj=organisation_id)


def _in_its_projects(organisation_id: int) -> Q:
    """Keep what hangs from its intentions, those that were deleted included."""
    events = apps.get_model("alliances", "IntentionEvent")
    past = events.objects.filter(organisation=organisation_id)
    now = Intention.objects.filter(organisation=organisation_id)
    return Q(intention__in=past.values("pgh_obj")) | Q(intention__in=now.values("pk"))


def _between(organisation_id: int) -> Q:
    return Q(low=organisation_id) | Q(high=organisation_id)


_OF_INTENTION = Subquery(
    Intention.objects.filter(pk=OuterRef("intention_id")).values("organisation")[:1]
)
_NOBODY = Value(None, output_field=models.BigIntegerField())


def _source(name: str, subject: Subject, *, is_secret: bool = False) -> Source:
    owner = F("organisation_id")
    return Source(f"alliances.{name}", subject, _owned, owner, is_secret)


def _line(name: str) -> Source:
    return Source(f"alliances.{name}", Subject.PROJECT, _in_its_projects, _OF_INTENTION)


OF_ORGANISATIONS = (
    Source("alliances.Organisation", Subject.DESCRIPTION, _itself, F("pgh_obj_id")),
    _source("Establishment", Subject.DESCRIPTION),
    _source("Intention", Subject.PROJECT),
    _line("IntentionPlace"),
    _line("IntentionDomain"),
    _line("Need"),
    _line("Offer"),
    _source("Membership", Subject.TEAM),
    _source("Invitation", Subject.TEAM),
    _source("Claim", Subject.TEAM),
    Source("alliances.Introduction", Subject.RELATIONS, _between, F("low_id")),
    _source("Interest", Subject.RELATIONS, is_secret=True),
    _source("Exclusion", Subject.RELATIONS, is_secret=True),
    _source("Block", Subject.RELATIONS, is_secret=True),
)
# Told to administrators only: whom they concern must not learn of them here.
OF_THE_SITE = (
    Source("alliances.Report", None, None, _NOBODY),
    Source("alliances.Mandate", None, None, _NOBODY),
    Source("accounts.User", None, None, _NOBODY),
    Source("accounts.ApiToken", None, None, _NOBODY),
    Source("matching.Configuration", None, None, _NOBODY),
)
EVERY_SOURCE = (*OF_ORGANISATIONS, *OF_THE_SITE)
READS = "alliances.PrivilegedRead"
