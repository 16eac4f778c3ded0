import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from accounts.scopes import Scope


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Which keys open anything at a moment."""

    def live(self, now: dt.datetime) -> "TokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=now)


@keep_changes(leaving_out=("digest", "created_at", "used_at"))
class ApiToken(models.Model):
    """A key for a program: shown once, kept as a hash, narrow, and with an end."""

    public_id = public_id_field()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="api_tokens",
        verbose_name="personne",
    )
    label = models.CharField("nom", max_length=80)
    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name="portées")
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("utilisée le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = "clé d’API"
        verbose_name_plural = "clés d’API"

    def __str__(self) -> str:
        return self.label

    @property
    def scope_labels(self) -> list[str]:
        """Say what the key permits, whether or not it is still offered."""
        names = dict(Scope.choices)
        return [str(names.get(scope, scope)) for scope in self.scopes]
