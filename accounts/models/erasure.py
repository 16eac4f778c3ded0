from django.db import models


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
