"""A collective process: four stages, from an invitation to what was carried out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import ActorKind
from rendezvous.enums import ProcessStageCode, ProcessState
from territories.models import Territory

KEPT_PER_GROUP, KEPT_TRANSVERSE = 2, 1
MAX_KEPT = 20


class ProcessQuerySet(models.QuerySet["Process"]):
    def public(self) -> Self:
        """Keep those that anybody may read."""
        return self.filter(state=ProcessState.PUBLIC)


@keep_changes(leaving_out=("created_at", "updated_at"))
class Process(models.Model):
    """The actors of a territory find together what to do, then do it.

    With a ``source``, it was told by somebody else: figures are theirs, and what they do
    not say is said to be missing.
    """

    public_id = public_id_field()
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="processes", verbose_name="territoire"
    )
    title = models.CharField("intitulé", max_length=160)
    place = models.CharField("où", max_length=300)
    description = models.TextField("présentation", max_length=4000, blank=True)
    source = models.TextField("source", max_length=1000, blank=True)
    next_need = models.TextField("ce qui reste à trouver", max_length=1000, blank=True)
    kept_per_group = models.PositiveSmallIntegerField(
        "actions retenues par groupe, au plus", default=KEPT_PER_GROUP
    )
    kept_transverse = models.PositiveSmallIntegerField(
        "actions transverses retenues, au plus", default=KEPT_TRANSVERSE
    )
    state = models.CharField(
        "état", max_length=6, choices=ProcessState, default=ProcessState.DRAFT
    )
    stage = models.CharField(
        "étape en cours",
        max_length=15,
        choices=ProcessStageCode,
        default=ProcessStageCode.INVITATION,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = "démarche collective"
        verbose_name_plural = "démarches collectives"
        constraints = [
            models.CheckConstraint(
                name="process_has_a_title_and_a_place",
                condition=~Q(title="") & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="process_keeps_a_few_actions",
                condition=Q(
                    kept_per_group__range=(1, MAX_KEPT), kept_transverse__lte=MAX_KEPT
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "-id"], name="process_by_territory")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.state == ProcessState.PUBLIC

    @property
    def is_sourced(self) -> bool:
        return bool(self.source)

    @property
    def shows_results(self) -> bool:
        """Tell whether what the groups found is for everybody: from the restitution on."""
        return self.stage in (
            ProcessStageCode.RESTITUTION,
            ProcessStageCode.IMPLEMENTATION,
        )


class ProcessStage(models.Model):
    """One of the four stages: when, and who came when everybody was invited."""

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="stages", verbose_name="démarche"
    )
    stage = models.CharField("étape", max_length=15, choices=ProcessStageCode)
    begins_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    # Months are all that is known of it.
    is_monthly = models.BooleanField("en mois", default=False)
    attended = models.PositiveIntegerField("dirigeants présents", null=True, blank=True)
    ready = models.PositiveIntegerField("prêts à agir", null=True, blank=True)
    ready_is_about = models.BooleanField("environ", default=False)
    note = models.TextField("ce qui s’y est passé", max_length=2000, blank=True)

    class Meta:
        verbose_name = "étape d’une démarche"
        verbose_name_plural = "étapes d’une démarche"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "stage"], name="process_stage_is_there_once"
            ),
            models.CheckConstraint(
                name="process_stage_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} – {self.stage}"


class PlenaryShare(models.Model):
    """How many of a kind came to a plenary: counted, or a share that a source gives."""

    stage = models.ForeignKey(
        ProcessStage, models.CASCADE, related_name="shares", verbose_name="étape"
    )
    kind = models.CharField("nature", max_length=20, choices=ActorKind, blank=True)
    # Of those whom the source counts otherwise than by kind.
    label = models.CharField("intitulé", max_length=80, blank=True)
    count = models.PositiveIntegerField("nombre", null=True, blank=True)
    share_pct = models.PositiveSmallIntegerField("part en %", null=True, blank=True)

    class Meta:
        verbose_name = "présence par nature"
        verbose_name_plural = "présences par nature"
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "kind", "label"], name="plenary_share_is_told_once"
            ),
            models.CheckConstraint(
                name="plenary_share_is_of_somebody",
                condition=~Q(kind="") ^ ~Q(label=""),
            ),
            models.CheckConstraint(
                name="plenary_share_is_a_number_or_a_percentage",
                condition=Q(count__isnull=False, share_pct=None)
                | Q(count=None, share_pct__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} – {self.kind or self.label}"
