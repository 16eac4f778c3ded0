"""The computations of proposals, and what of them is already done."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.public_id import public_id_field
from matching.models.configuration import Configuration
from territories.models import Territory


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
