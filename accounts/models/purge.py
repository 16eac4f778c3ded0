from django.db import models


class Purge(models.Model):
    """How many rows of one table a purge removed, and never what they said."""

    table = models.CharField("table", max_length=80)
    reason = models.CharField("règle", max_length=200)
    removed_count = models.PositiveIntegerField("lignes retirées")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "purge"
        verbose_name_plural = "purges"
        indexes = [models.Index(fields=["-at"], name="purge_by_date")]

    def __str__(self) -> str:
        return f"{self.table} {self.at:%Y-%m-%d} {self.removed_count}"
