import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models import Elevation
from alliances.models.organisation import Organisation


class PrivilegedRead(models.Model):
    """An administrator read something of an organisation, which can see that."""

    elevation = models.ForeignKey(
        Elevation, models.PROTECT, related_name="reads", verbose_name="accès étendu"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="lu par",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="privileged_reads",
        verbose_name="organisation",
    )
    what = models.CharField("quoi", max_length=120)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "lecture privilégiée"
        verbose_name_plural = "lectures privilégiées"
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-at"], name="privileged_read_by_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
