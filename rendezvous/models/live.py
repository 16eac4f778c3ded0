"""The clock of a session once its day has come: what pages and screens go by."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from rendezvous.models.session import Session


@keep_changes(found_by=["session"])
class SessionClock(models.Model):
    """When each round is held, from the first thing that a host did; one per session.

    The history of its changes tells who started, paused or put off what.
    """

    session = models.OneToOneField(
        Session, models.CASCADE, related_name="clock", verbose_name="session"
    )
    # Grows with each change: who acts says which one they saw.
    revision = models.PositiveIntegerField("révision", default=0)
    begins = ArrayField(models.DateTimeField(), verbose_name="débuts des tours")
    ends = ArrayField(models.DateTimeField(), verbose_name="fins des tours")
    started_at = models.DateTimeField("commencée le", null=True, blank=True)
    stopped_at = models.DateTimeField("arrêtée le", null=True, blank=True)
    is_ended = models.BooleanField("terminée", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "horloge du jour"
        verbose_name_plural = "horloges du jour"
        constraints = [
            models.CheckConstraint(
                name="session_clock_has_rounds_that_end",
                condition=Q(begins__len__gt=0, begins__len=F("ends__len")),
            ),
            models.CheckConstraint(
                name="session_clock_stops_after_it_started",
                condition=Q(stopped_at=None)
                | Q(started_at__isnull=False, started_at__lte=F("stopped_at")),
            ),
            models.CheckConstraint(
                name="session_clock_is_ended_at_an_instant",
                condition=Q(is_ended=False) | Q(stopped_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} – {self.revision}"
