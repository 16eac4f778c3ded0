"""Documents that took long to make, kept for who prepares the session."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models

from accounts.public_id import public_id_field
from rendezvous.models.schedule import Schedule
from rendezvous.models.session import Session

KEPT = dt.timedelta(days=1)


class PrintoutQuerySet(models.QuerySet["Printout"]):
    def kept(self, now: dt.datetime) -> Self:
        return self.filter(made_at__gt=now - KEPT)


class Printout(models.Model):
    """A document made by a job, to download for a day."""

    public_id = public_id_field()
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="printouts", verbose_name="session"
    )
    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="printouts", verbose_name="programme"
    )
    kind = models.CharField("document", max_length=20)  # a SheetKind
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    made_at = models.DateTimeField("fait le")
    content = models.BinaryField("contenu")

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = "tirage"
        verbose_name_plural = "tirages"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind"], name="printout_is_the_last_of_its_kind"
            ),
        ]
        indexes = [models.Index(fields=["made_at"], name="printout_by_age")]

    def __str__(self) -> str:
        return f"{self.session_id} – {self.kind}"

    @property
    def until(self) -> dt.datetime:
        return self.made_at + KEPT
