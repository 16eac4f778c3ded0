from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address that is no longer written to; only its fingerprint is kept."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("ne veut que l’essentiel")
        REFUSED = "refused", _("refusée par son serveur")

    address_digest = models.CharField(
        "empreinte de l’adresse", max_length=64, unique=True, editable=False
    )
    reason = models.CharField("raison", max_length=12, choices=Reason)
    created_at = models.DateTimeField("depuis le", auto_now_add=True)

    class Meta:
        verbose_name = "adresse à ne plus solliciter"
        verbose_name_plural = "adresses à ne plus solliciter"

    def __str__(self) -> str:
        return f"{self.address_digest[:12]}… {self.reason}"

    @staticmethod
    def digest_of(address: str) -> str:
        """The fingerprint of an address, whatever its letter case."""
        return sha256(address.strip().lower().encode()).hexdigest()
