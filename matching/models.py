from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.public_id import new_public_id
from alliances.enums import PartnershipType
from alliances.models import Intention
from territories.models import Territory

COMPONENTS = ("objectives", "needs", "domains", "territory", "proximity")


class SmallFloatField(models.FloatField):
    """A four-byte float: proposals are many and read often."""

    def db_type(self, connection: object) -> str:
        return "real"


class Configuration(models.Model):
    """A version of the weights, tables and thresholds; immutable once used."""

    version = models.CharField("version", max_length=40, unique=True)
    content = models.JSONField("contenu")
    reason = models.TextField("raison du changement", blank=True)
    is_active = models.BooleanField("active", default=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "configuration"
        verbose_name_plural = "configurations"
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="configuration_active_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.version


class Run(models.Model):
    """One computation of proposals, for a territory or for everything."""

    class State(models.TextChoices):
        QUEUED = "queued", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "terminé"
        FAILED = "failed", "échoué"

    public_id = models.CharField(
        "identifiant public",
        max_length=12,
        unique=True,
        editable=False,
        default=new_public_id,
    )
    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name="territoire",
    )
    configuration = models.ForeignKey(
        Configuration,
        models.PROTECT,
        related_name="runs",
        verbose_name="configuration",
    )
    state = models.CharField("état", max_length=7, choices=State, default=State.QUEUED)
    done_count = models.PositiveIntegerField("intentions traitées", default=0)
    total_count = models.PositiveIntegerField("intentions à traiter", default=0)
    proposal_count = models.PositiveIntegerField("propositions", default=0)
    error = models.TextField("erreur", blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "calcul"
        verbose_name_plural = "calculs"
        constraints = [
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(state__in=("queued", "running")),
                nulls_distinct=False,
                name="run_active_is_unique_per_scope",
            ),
            models.CheckConstraint(
                name="run_does_not_exceed_its_total",
                condition=Q(done_count__lte=F("total_count")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, intention: Intention) -> Self:
        return self.filter(Q(low=intention) | Q(high=intention))

    def best_first(self) -> Self:
        return self.order_by("-best_score", "-confidence", "pk")


class Proposal(models.Model):
    """Two intentions for one type: a row serves both sides, so scores cannot differ.

    A null component is unknown; the two sides' components, weights and scores are
    those of matching.md. ``named_type`` is the one named for the pair,
    ``best_type`` the one of the highest score, which ranks the pair.
    """

    run = models.ForeignKey(
        Run, models.CASCADE, related_name="proposals", verbose_name="calcul"
    )
    low = models.ForeignKey(
        Intention, models.CASCADE, related_name="+", verbose_name="première intention"
    )
    high = models.ForeignKey(
        Intention, models.CASCADE, related_name="+", verbose_name="seconde intention"
    )
    type = models.CharField("type", max_length=24, choices=PartnershipType)
    score = SmallFloatField("score")
    confidence = SmallFloatField("confiance")
    low_objectives = SmallFloatField("objectifs (1re)", null=True)
    low_needs = SmallFloatField("besoins (1re)", null=True)
    low_domains = SmallFloatField("domaines (1re)", null=True)
    low_territory = SmallFloatField("territoire (1re)", null=True)
    low_proximity = SmallFloatField("proximité (1re)", null=True)
    low_score = SmallFloatField("score (1re)")
    high_objectives = SmallFloatField("objectifs (2de)", null=True)
    high_needs = SmallFloatField("besoins (2de)", null=True)
    high_domains = SmallFloatField("domaines (2de)", null=True)
    high_territory = SmallFloatField("territoire (2de)", null=True)
    high_proximity = SmallFloatField("proximité (2de)", null=True)
    high_score = SmallFloatField("score (2de)")
    named_type = models.CharField("type nommé", max_length=24, choices=PartnershipType)
    named_by = models.CharField("règle de nommage", max_length=24, blank=True)
    best_type = models.CharField(
        "type le mieux noté", max_length=24, choices=PartnershipType
    )
    best_score = SmallFloatField("meilleur score")
    type_scores = models.JSONField("scores des quatre types", default=dict)
    warnings = ArrayField(
        models.CharField(max_length=4), verbose_name="avertissements", default=list
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "low", "high", "type"],
                name="proposal_is_unique_per_run_pair_and_type",
            ),
            models.CheckConstraint(
                name="proposal_low_precedes_high", condition=Q(low__lt=F("high"))
            ),
            models.CheckConstraint(
                name="proposal_score_is_between_0_and_1",
                condition=Q(score__range=(0, 1)),
            ),
        ]
        indexes = [
            models.Index("low", F("score").desc(), name="proposal_low_best_first"),
            models.Index("high", F("score").desc(), name="proposal_high_best_first"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id} ({self.type})"
