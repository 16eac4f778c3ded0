from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Absence(models.Model):
    """A period during which a person answers nobody; reminders wait for its end."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="absences",
        verbose_name="personne",
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")

    class Meta:
        verbose_name = "absence"
        verbose_name_plural = "absences"
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on} – {self.ends_on}"
