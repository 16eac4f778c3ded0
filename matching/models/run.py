"""The computations of proposals, and what of them is already done."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.public_id import public_id_field
from matching.models.columns import by_type
from matching.models.configuration import Configuration
from territories.models import Territory


class RunQuerySet(models.QuerySet["Run"]):
    def active(self) -> Self:
        return self.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING))

    def running(self) -> Self:
        return self.filter(state=Run.State.RUNNING)

    def shown(self) -> Self:
        """Keep those whose proposals are read."""
        return self.filter(is_shown=True)


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
        STOPPED = "stopped", "arrêté"

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
    is_shown = models.BooleanField("propositions montrées", default=False)
    done_count = models.PositiveIntegerField("intentions traitées", default=0)
    total_count = models.PositiveIntegerField("intentions à traiter", default=0)
    # Each block of intentions is ranked, then stored: two parts.
    parts_done = models.PositiveIntegerField("parties faites", default=0)
    parts_total = models.PositiveIntegerField("parties à faire", default=0)
    proposal_count = models.PositiveIntegerField("propositions", default=0)
    # Of a small run: what other workers have to read again.
    intention_ids = ArrayField(
        models.BigIntegerField(), verbose_name="intentions", default=list
    )
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
            models.CheckConstraint(
                name="run_is_done_when_it_is_shown",
                condition=Q(is_shown=False) | Q(state="done"),
            ),
            models.CheckConstraint(
                name="run_does_not_exceed_its_parts",
                condition=Q(parts_done__lte=F("parts_total")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_active(self) -> bool:
        return self.state in (Run.State.QUEUED, Run.State.RUNNING)


class RunPicture(models.Model):
    """A piece of what a run computes from: one state of the population, for all workers.

    Read by its own blocks only, deleted with them when the run ends.
    """

    run = models.ForeignKey(
        Run, models.CASCADE, related_name="pictures", verbose_name="calcul"
    )
    number = models.PositiveIntegerField("numéro")
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "image de la population"
        verbose_name_plural = "images de la population"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="run_picture_has_each_piece_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} – {self.number}"


class RunBlock(models.Model):
    """Some intentions of the same places, whose lists one worker computes at a time.

    ``rows`` holds positions in the population (int32).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "à calculer"
        RANKED = "ranked", "calculée"
        STORED = "stored", "enregistrée"

    run = models.ForeignKey(
        Run, models.CASCADE, related_name="blocks", verbose_name="calcul"
    )
    number = models.PositiveIntegerField("numéro")
    label = models.CharField("lieux", max_length=200)
    rows = models.BinaryField("intentions")
    state = models.CharField("état", max_length=7, choices=State, default=State.WAITING)

    class Meta:
        verbose_name = "partie d’un calcul"
        verbose_name_plural = "parties d’un calcul"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="run_block_number_is_unique_per_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} – {self.number}"


class RunLists(models.Model):
    """What ranking the block ``source`` found for the rows that ``target`` will store.

    A pair is stored once, by the block of its first intention, with its ranks on both
    sides: they come from two blocks.
    """

    run = models.ForeignKey(
        Run,
        models.CASCADE,
        related_name="lists",
        verbose_name="calcul",
        db_index=False,
    )
    target = models.PositiveIntegerField("partie qui enregistre")
    source = models.PositiveIntegerField("partie qui calcule")
    content = models.BinaryField("listes")

    class Meta:
        verbose_name = "listes d’un calcul"
        verbose_name_plural = "listes d’un calcul"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "target", "source"],
                name="run_lists_come_once_from_each_block",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} – {self.source} → {self.target}"


class ListEnd(models.Model):
    """The scores at which the lists of an intention end, by type of partnership.

    Null for a list that is not full. Tells, without reading a million proposals, whose
    lists a changed intention reaches (docs/decisions/0169).
    """

    run = models.ForeignKey(
        Run,
        models.CASCADE,
        related_name="list_ends",
        verbose_name="calcul",
        db_constraint=False,
        db_index=False,
    )
    intention_id = models.BigIntegerField("intention")
    scores = by_type(models.FloatField(null=True), "scores")

    class Meta:
        verbose_name = "fin de listes"
        verbose_name_plural = "fins de listes"
        constraints = [
            models.UniqueConstraint(
                fields=["intention_id", "run"],
                name="list_end_is_unique_per_intention_and_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} – {self.intention_id}"


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
