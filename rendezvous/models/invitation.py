"""An organisation is invited to a session by its catalyst."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.public_id import public_id_field
from alliances.models import Organisation
from rendezvous.models.session import Session


class SessionInvitationQuerySet(models.QuerySet["SessionInvitation"]):
    def delivered(self) -> Self:
        """Keep those that the organisation may read."""
        return self.filter(delivered_at__isnull=False)


class SessionInvitation(models.Model):
    """Once for a session and an organisation.

    The catalyst reads that it was sent and whether the organisation registered: neither
    when it was delivered, nor that it was declined.
    """

    public_id = public_id_field()
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="invitations", verbose_name="session"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="session_invitations",
        verbose_name="organisation",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    created_at = models.DateTimeField("envoyée le")
    # Empty while the month of the organisation has no room, which nobody is told.
    delivered_at = models.DateTimeField("remise le", null=True, blank=True)
    declined_at = models.DateTimeField("« pas pour nous » le", null=True, blank=True)

    objects = SessionInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation à une session"
        verbose_name_plural = "invitations à une session"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"],
                name="session_invitation_is_sent_once",
            ),
            models.CheckConstraint(
                name="session_invitation_is_declined_once_read",
                condition=Q(declined_at=None) | Q(delivered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-delivered_at"],
                name="session_invitation_by_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} → {self.organisation_id}"
