import pgtrigger
from django.conf import settings
from django.db import models

from accounts.public_id import LENGTH


class Consent(models.Model):
    """One answer to one question about oneself; rows are only ever added.

    The last row of a person, a purpose and a scope is the answer that holds.
    """

    class Purpose(models.TextChoices):
        PUBLISH_NAME = "publish_name", "publier mon nom sur la page de l’organisation"
        SHARE_CONTACT = "share_contact", "montrer mes coordonnées aux partenaires"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="consents",
        verbose_name="personne",
    )
    purpose = models.CharField("pour", max_length=16, choices=Purpose)
    # The public identifier of an organisation; empty for all of them.
    scope = models.CharField("organisation", max_length=LENGTH, blank=True)
    is_given = models.BooleanField("accord")
    text_version = models.CharField("version du texte", max_length=20)
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "consentement"
        verbose_name_plural = "consentements"
        indexes = [
            models.Index(
                fields=["user", "purpose", "scope", "-id"], name="consent_last_answer"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="consent_is_only_added",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose} {self.is_given}"
