from django.conf import settings
from django.db import models

from accounts.public_id import public_id_field
from notifications.models.delivery import Delivery


class Notification(models.Model):
    """One piece of news for one person, as the page shows it."""

    public_id = public_id_field()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        verbose_name="personne",
    )
    kind = models.CharField("genre", max_length=60)
    # What it is about: the same news about the same thing is told once.
    key = models.CharField("objet", max_length=120)
    context = models.JSONField("données", default=dict)
    path = models.CharField("adresse", max_length=300)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    read_at = models.DateTimeField("lue le", null=True, blank=True)
    # What was asked was answered: reminders stop.
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    # The digest that takes it along: daily, weekly, or none (any more).
    digest = models.CharField("attend le récapitulatif", max_length=8, blank=True)
    delivery = models.ForeignKey(
        Delivery,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name="envoi",
    )

    class Meta:
        verbose_name = "notification"
        verbose_name_plural = "notifications"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "key"], name="notification_is_told_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_by_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at=None),
                name="notification_unread",
            ),
            models.Index(
                fields=["digest", "created_at"],
                condition=~models.Q(digest=""),
                name="notification_for_digest",
            ),
            models.Index(fields=["kind", "key"], name="notification_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
