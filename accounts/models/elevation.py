import datetime as dt
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

DURATION_MAX = dt.timedelta(minutes=30)


class ElevationQuerySet(models.QuerySet["Elevation"]):
    def live(self, now: dt.datetime) -> Self:
        """Keep those that have begun and not ended."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Elevation(models.Model):
    """A limited time during which an administrator may read what is others'.

    Without one, an administrator reads what everybody reads.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="elevations",
        verbose_name="personne",
    )
    reason = models.CharField("raison", max_length=500)
    starts_at = models.DateTimeField("de")
    ends_at = models.DateTimeField("à")

    objects = ElevationQuerySet.as_manager()

    class Meta:
        verbose_name = "accès étendu"
        verbose_name_plural = "accès étendus"
        constraints = [
            models.CheckConstraint(
                name="elevation_has_a_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="elevation_ends_after_it_starts",
                condition=Q(ends_at__gte=F("starts_at")),
            ),
            models.CheckConstraint(
                name="elevation_lasts_half_an_hour_at_most",
                condition=Q(ends_at__lte=F("starts_at") + DURATION_MAX),
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        indexes = [models.Index(fields=["user", "-ends_at"], name="elevation_now")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d %H:%M}"
