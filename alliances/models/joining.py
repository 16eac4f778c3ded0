"""How people come to an organisation: they claim it, or are invited."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import MembershipRole
from alliances.models.organisation import Organisation


@keep_changes(
    leaving_out=("position", "proof", "answer", "created_at"), found_by=["organisation"]
)
class Claim(models.Model):
    """A person says that they act for an organisation that is already here."""

    class State(models.TextChoices):
        PENDING = "pending", "en attente"
        APPROVED = "approved", "acceptée"
        REFUSED = "refused", "refusée"
        WITHDRAWN = "withdrawn", "retirée"
        EXPIRED = "expired", "expirée"

    public_id = public_id_field()
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="claims",
        verbose_name="organisation",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="claims",
        verbose_name="personne",
    )
    position = models.CharField("fonction", max_length=120)
    proof = models.TextField("preuve", max_length=2000)
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.PENDING
    )
    created_at = models.DateTimeField("demandée le", auto_now_add=True)
    answer_by = models.DateTimeField("à traiter avant le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="décidée par",
    )
    answer = models.TextField("réponse", max_length=1000, blank=True)

    class Meta:
        verbose_name = "demande de rattachement"
        verbose_name_plural = "demandes de rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(state="pending"),
                name="claim_waits_once_per_person_and_organisation",
            ),
            models.CheckConstraint(
                name="claim_is_decided_with_its_date",
                condition=Q(state="pending", decided_at=None)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id}"


@keep_changes(leaving_out=("token_digest", "created_at"), found_by=["organisation"])
class Invitation(models.Model):
    """An organisation asks a person, by their address, to join it."""

    class State(models.TextChoices):
        PENDING = "pending", "en attente"
        ACCEPTED = "accepted", "acceptée"
        REFUSED = "refused", "refusée"
        REVOKED = "revoked", "annulée"
        EXPIRED = "expired", "expirée"

    public_id = public_id_field()
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="invitations",
        verbose_name="organisation",
    )
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=12, choices=MembershipRole)
    # Only a hash of what the letter holds: reading the base opens nothing.
    token_digest = models.CharField(
        "empreinte du lien", max_length=64, unique=True, editable=False
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="invitée par",
    )
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.PENDING
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    sent_at = models.DateTimeField("envoyée le")
    sent_count = models.PositiveSmallIntegerField("envois", default=1)
    expires_at = models.DateTimeField("expire le")
    answered_at = models.DateTimeField("close le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="acceptée par",
    )

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(state="pending"),
                name="invitation_waits_once_per_address_and_organisation",
            ),
            models.CheckConstraint(
                name="invitation_is_closed_with_its_date",
                condition=Q(state="pending", answered_at=None)
                | (~Q(state="pending") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.role}"


class Merge(models.Model):
    """Two descriptions of one organisation became one; what moved is written down."""

    kept = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="merges",
        verbose_name="organisation gardée",
    )
    absorbed = models.OneToOneField(
        Organisation,
        models.PROTECT,
        related_name="merge",
        verbose_name="organisation absorbée",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le", auto_now_add=True)
    moved = models.JSONField("ce qui a été repris", default=dict)

    class Meta:
        verbose_name = "fusion"
        verbose_name_plural = "fusions"
        constraints = [
            models.CheckConstraint(
                name="merge_is_of_two_organisations",
                condition=~Q(kept=models.F("absorbed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
