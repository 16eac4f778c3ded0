"""The weights, tables and thresholds, by version."""

from django.db import models
from django.db.models import Q

from accounts.history import keep_changes


@keep_changes(leaving_out=("created_at",))
class Configuration(models.Model):
    """A version of the weights, tables and thresholds; immutable once used."""

    version = models.CharField("version", max_length=40, unique=True)
    content = models.JSONField("contenu")
    reason = models.TextField("raison du changement", blank=True)
    is_active = models.BooleanField("active", default=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "configuration"
        verbose_name_plural = "configurations"
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="configuration_active_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.version
