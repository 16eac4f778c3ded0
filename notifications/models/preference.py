from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """How often a person wants one kind of news by e-mail; without a row, the kind says."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("dès que possible")
        DAILY = "daily", _("une fois par jour")
        WEEKLY = "weekly", _("une fois par semaine")
        NEVER = "never", _("jamais")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_preferences",
        verbose_name="personne",
    )
    kind = models.CharField("genre", max_length=60)
    frequency = models.CharField("fréquence", max_length=8, choices=Frequency)

    class Meta:
        verbose_name = "préférence de notification"
        verbose_name_plural = "préférences de notification"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="preference_is_one_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.frequency}"
