from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.public_id import public_id_field


class DataExport(models.Model):
    """A copy of all that is kept about a person, made for that person alone."""

    public_id = public_id_field()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="data_exports",
        verbose_name="personne",
    )
    requested_at = models.DateTimeField("demandée le")
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("retirée le", null=True, blank=True)
    file = models.FileField(
        "fichier", upload_to="copies/%Y/%m", max_length=200, blank=True
    )

    class Meta:
        verbose_name = "copie de ses données"
        verbose_name_plural = "copies de ses données"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ready_at=None),
                name="data_export_is_prepared_one_at_a_time",
            ),
            models.CheckConstraint(
                name="data_export_expires_once_ready",
                condition=Q(ready_at=None, expires_at=None, file="")
                | Q(ready_at__isnull=False, expires_at__gt=models.F("ready_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
