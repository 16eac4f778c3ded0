import datetime as dt
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import ClosingReason, PartnershipType
from alliances.models import Intention, Introduction
from territories.models import Territory

# The order of every array by type, that of the kernel (checked by a test).
TYPES = tuple(PartnershipType.values)
COMPONENTS = ("objectives", "needs", "domains", "territory", "proximity")


class SmallFloatField(models.FloatField):
    """A four-byte float; only the first migration still names it."""

    def db_type(self, connection: object) -> str:
        return "real"


def by_type(base: "models.Field[Any, Any]", label: str, *, null: bool = False) -> Any:
    """Return a column of one value per partnership type."""
    return ArrayField(base, size=len(TYPES), verbose_name=label, null=null)


@keep_changes(leaving_out=("created_at",))
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


class RunQuerySet(models.QuerySet["Run"]):
    def active(self) -> Self:
        return self.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING))


class Run(models.Model):
    """One computation of proposals: everything, a territory, or a few intentions."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything", "toutes les intentions"
        TERRITORY = "territory", "un territoire"
        INTENTIONS = "intentions", "quelques intentions modifiées"

    class State(models.TextChoices):
        QUEUED = "queued", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "terminé"
        FAILED = "failed", "échoué"

    public_id = public_id_field()
    scope = models.CharField(
        "étendue", max_length=10, choices=Scope, default=Scope.EVERYTHING
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

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "calcul"
        verbose_name_plural = "calculs"
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "territory"],
                condition=Q(
                    state__in=("queued", "running"),
                    scope__in=("everything", "territory"),
                ),
                nulls_distinct=False,
                name="run_active_is_unique_per_scope",
            ),
            models.CheckConstraint(
                name="run_has_a_territory_when_its_scope_is_one",
                condition=Q(scope="territory", territory__isnull=False)
                | (~Q(scope="territory") & Q(territory=None)),
            ),
            models.CheckConstraint(
                name="run_does_not_exceed_its_total",
                condition=Q(done_count__lte=F("total_count")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RunBlock(models.Model):
    """The lists of some intentions, computed and kept until the run is stored.

    ``lists`` holds whole numbers (int64, by columns): intention, partner, type, rank;
    what a killed run has done is not done again.
    """

    run = models.ForeignKey(
        Run, models.CASCADE, related_name="blocks", verbose_name="calcul"
    )
    fingerprint = models.CharField("empreinte des données", max_length=64)
    intentions = models.BinaryField("intentions")
    lists = models.BinaryField("listes")

    class Meta:
        verbose_name = "partie d’un calcul"
        verbose_name_plural = "parties d’un calcul"

    def __str__(self) -> str:
        return f"{self.run_id} – {self.pk}"


class ChangedIntention(models.Model):
    """An intention whose proposals are to be computed again.

    Append-only and without uniqueness: a change made while the previous one is being
    computed leaves its own row.
    """

    intention_id = models.BigIntegerField("intention")

    class Meta:
        verbose_name = "intention modifiée"
        verbose_name_plural = "intentions modifiées"

    def __str__(self) -> str:
        return str(self.intention_id)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, *intention_ids: int) -> Self:
        """Keep the proposals in which one of these intentions stands."""
        return self.filter(Q(low__in=intention_ids) | Q(high__in=intention_ids))

    def between(self, one_id: int, other_id: int) -> Self:
        low, high = sorted((one_id, other_id))
        return self.filter(low=low, high=high)

    def matchable_on(self, day: dt.date) -> Self:
        """Keep those whose two intentions still look for partners on ``day``."""
        matchable = Intention.objects.matchable_on(day).values("pk")
        return self.filter(low__in=matchable, high__in=matchable)


class Proposal(models.Model):
    """Two intentions that could become partners; one row serves both sides.

    Everything is stored as it was computed, in double precision: the weighted mean of
    the known components of a side is what it gains, the geometric mean of both is the
    score. Arrays follow ``TYPES``; a null array or component is unknown, a null score
    is a type for which the pair may not be proposed. See docs/decisions/0080.
    """

    # No constraint in the database: a run stores millions of references at once, and
    # a proposal without its intention is never read (ProposalQuerySet.matchable_on).
    run = models.ForeignKey(
        Run,
        models.CASCADE,
        related_name="proposals",
        verbose_name="calcul",
        db_constraint=False,
        db_index=False,
    )
    low = models.ForeignKey(
        Intention,
        models.CASCADE,
        related_name="+",
        verbose_name="première intention",
        db_constraint=False,
        db_index=False,
    )
    high = models.ForeignKey(
        Intention,
        models.CASCADE,
        related_name="+",
        verbose_name="seconde intention",
        db_constraint=False,
    )
    scores = by_type(models.FloatField(null=True), "scores")
    confidence = models.FloatField("confiance")
    low_objectives = by_type(models.FloatField(), "objectifs (1re)", null=True)
    low_needs = by_type(models.FloatField(), "besoins (1re)", null=True)
    high_objectives = by_type(models.FloatField(), "objectifs (2de)", null=True)
    high_needs = by_type(models.FloatField(), "besoins (2de)", null=True)
    domains = models.FloatField("domaines", null=True)
    territory = models.FloatField("territoire", null=True)
    proximity = models.FloatField("proximité", null=True)
    best_type = models.PositiveSmallIntegerField("type le mieux noté")
    best_score = models.FloatField("meilleur score")
    named_type = models.PositiveSmallIntegerField("type nommé")
    naming_reason = models.PositiveSmallIntegerField("règle de nommage", default=0)
    low_ranks = by_type(models.SmallIntegerField(), "rangs (1re)")
    high_ranks = by_type(models.SmallIntegerField(), "rangs (2de)")
    warnings = by_type(models.SmallIntegerField(), "avertissements")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high"], name="proposal_is_unique_per_pair"
            ),
            models.CheckConstraint(
                name="proposal_low_precedes_high", condition=Q(low__lt=F("high"))
            ),
            models.CheckConstraint(
                name="proposal_score_is_between_0_and_1",
                condition=Q(best_score__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="proposal_types_are_known",
                condition=Q(best_type__lt=len(TYPES), named_type__lt=len(TYPES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"


class Signal(models.Model):
    """How an introduction turned out, with what the score saw of the pair that day.

    Append-only. Hidden answers to proposals never make one: only what both sides know
    of. ``components`` follows ``COMPONENTS``, mean of both sides, null when unknown.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "deux oui"
        MET = "met", "les deux se sont répondu"
        DECLINED = "declined", "close poliment"

    introduction = models.ForeignKey(
        Introduction,
        models.CASCADE,
        related_name="signals",
        verbose_name="mise en relation",
    )
    kind = models.CharField("nature", max_length=8, choices=Kind)
    reason = models.CharField(
        "raison", max_length=24, choices=ClosingReason, blank=True
    )
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="+", verbose_name="configuration"
    )
    components = ArrayField(
        models.FloatField(null=True),
        size=len(COMPONENTS),
        verbose_name="composantes",
    )
    created_at = models.DateTimeField("noté le", auto_now_add=True)

    class Meta:
        verbose_name = "signal"
        verbose_name_plural = "signaux"
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "kind"], name="signal_is_kept_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.introduction_id} – {self.kind}"
