"""The outbox: what is to be done, written together with the reason to do it."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

ERROR_MAX_CHARS = 4_000


class JobQuerySet(models.QuerySet["Job"]):
    """The states of a job, read from its dates."""

    def open(self) -> "JobQuerySet":
        """Keep what is neither done nor set aside."""
        return self.filter(done_at=None, quarantined_at=None)

    def waiting(self) -> "JobQuerySet":
        """Keep what nobody has begun: the same work asked again joins it."""
        return self.open().filter(claimed_at=None)

    def due(self, now: datetime) -> "JobQuerySet":
        """Keep what may be begun: its time has come and no living worker has it."""
        return self.open().filter(
            Q(lease_until=None) | Q(lease_until__lte=now), not_before__lte=now
        )

    def unpublished(self, now: datetime) -> "JobQuerySet":
        """Keep what is due and whose wake-up was never sent, or was not heard."""
        return self.due(now).filter(Q(relayed_until=None) | Q(relayed_until__lte=now))

    def quarantined(self) -> "JobQuerySet":
        """Keep what failed too often and waits for a person."""
        return self.exclude(quarantined_at=None)


class Job(models.Model):
    """One piece of background work."""

    kind = models.CharField("genre", max_length=80)
    key = models.CharField(
        "clé",
        max_length=200,
        blank=True,
        help_text="Le même travail demandé deux fois n’attend qu’une fois.",
    )
    payload = models.JSONField("données", default=dict)
    created_at = models.DateTimeField("demandé le", default=timezone.now)
    not_before = models.DateTimeField("pas avant", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    claimed_at = models.DateTimeField("commencé le", null=True, blank=True)
    lease_until = models.DateTimeField("réservé jusqu’à", null=True, blank=True)
    relayed_until = models.DateTimeField("signalé jusqu’à", null=True, blank=True)
    progress_done = models.PositiveIntegerField("fait", default=0)
    progress_total = models.PositiveIntegerField("à faire", default=0)
    progress_label = models.CharField("étape", max_length=200, blank=True)
    done_at = models.DateTimeField("terminé le", null=True, blank=True)
    quarantined_at = models.DateTimeField("mis de côté le", null=True, blank=True)
    error = models.TextField("dernière erreur", blank=True, max_length=ERROR_MAX_CHARS)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(done_at=None, quarantined_at=None, claimed_at=None)
                & ~Q(key=""),
                name="job_same_work_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(quarantined_at=None),
                name="job_done_or_set_aside_not_both",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at=None, quarantined_at=None),
                name="job_open_by_date",
            ),
            models.Index(fields=["done_at"], name="job_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_quarantined(self) -> bool:
        return self.quarantined_at is not None


class Period(models.Model):
    """One occurrence of a periodic job: the row that makes it happen once."""

    kind = models.CharField("genre", max_length=80)
    number = models.BigIntegerField("numéro de la période")

    class Meta:
        verbose_name = "période"
        verbose_name_plural = "périodes"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], name="period_starts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
