from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ErasureRequest(models.Model):
    """A person asked to be erased, and may still change their mind until ``due_at``."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="erasure_request",
        verbose_name="personne",
    )
    asked_at = models.DateTimeField("demandé le")
    due_at = models.DateTimeField("effacement le")

    class Meta:
        verbose_name = "demande d’effacement"
        verbose_name_plural = "demandes d’effacement"
        constraints = [
            models.CheckConstraint(
                name="erasure_request_leaves_time_to_cancel",
                condition=Q(due_at__gt=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.due_at:%Y-%m-%d}"


class Erasure(models.Model):
    """A person was erased: replayed after the restore of an older backup."""

    # Not a foreign key: a restored base may hold the person under the same number.
    user_key = models.BigIntegerField("numéro de la personne", unique=True)
    pseudonym = models.CharField("pseudonyme", max_length=40)
    erased_at = models.DateTimeField("effacée le")
    origin = models.CharField("à la demande de", max_length=20)

    class Meta:
        verbose_name = "effacement"
        verbose_name_plural = "effacements"

    def __str__(self) -> str:
        return self.pseudonym
