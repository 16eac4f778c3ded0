"""What is asked of the solver, and what must not change in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rendezvous.models.registration import Attendee
from rendezvous.models.schedule import Schedule, gap_band, gap_pct
from rendezvous.models.session import Session


class Lock(models.Model):
    """What stays as it is when the rest of a version is computed again.

    A round and a table: that meeting. A round, a table or somebody alone: everything
    there, its free places included.
    """

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="locks", verbose_name="programme"
    )
    round = models.PositiveSmallIntegerField("tour", null=True, blank=True)
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)
    attendee = models.ForeignKey(
        Attendee,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne",
    )

    class Meta:
        verbose_name = "verrou"
        verbose_name_plural = "verrous"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "round", "table", "attendee"],
                nulls_distinct=False,
                name="lock_is_put_once",
            ),
            models.CheckConstraint(
                name="lock_is_of_a_place_or_of_somebody",
                condition=Q(attendee=None)
                & (Q(round__isnull=False) | Q(table__isnull=False))
                | Q(attendee__isnull=False, round=None, table=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} – {self.round} – {self.table} – {self.attendee_id}"

    @property
    def is_meeting(self) -> bool:
        return self.round is not None and self.table is not None


class Computation(models.Model):
    """One request to the solver, and the best that it found so far.

    ``best`` is enough to store a version: a worker may be killed at any moment.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="computations", verbose_name="session"
    )
    parent = models.ForeignKey(
        Schedule,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="autour de",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    seconds_max = models.PositiveSmallIntegerField("secondes au plus")
    is_stopped = models.BooleanField("arrêté", default=False)
    value = models.FloatField("valeur", null=True, blank=True)
    bound = models.FloatField("borne", null=True, blank=True)
    best = models.JSONField("le meilleur", null=True, blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)

    class Meta:
        verbose_name = "calcul de programme"
        verbose_name_plural = "calculs de programmes"

    def __str__(self) -> str:
        return f"{self.session_id} – {self.pk}"

    @property
    def is_around(self) -> bool:
        """Tell whether it keeps parts of another version."""
        return self.parent_id is not None

    @property
    def gap_pct(self) -> float:
        return gap_pct(self.value or 0.0, self.bound or 0.0)

    @property
    def gap_band(self) -> int:
        return gap_band(self.value or 0.0, self.bound or 0.0)
