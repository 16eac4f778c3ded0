from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.public_id import public_id_field

REASON_MAX_CHARS = 200


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The log, by what became of each letter."""

    def waiting(self) -> "DeliveryQuerySet":
        """Keep what is still to be sent."""
        return self.filter(state=Delivery.State.WAITING)

    def failed(self) -> "DeliveryQuerySet":
        """Keep what was set aside for a person."""
        return self.filter(state=Delivery.State.FAILED)


class Objection(models.TextChoices):
    """Why a letter no longer had to leave."""

    NOBODY = "nobody", _("la personne n’est plus là")
    DEAD_ADDRESS = "dead_address", _("adresse refusée par son serveur")
    ESSENTIAL_ONLY = "essential_only", _("ne veut que l’essentiel")
    UNWANTED = "unwanted", _("la personne ne veut pas de ce genre")
    GONE = "gone", _("la nouvelle a été effacée")
    NOT_CONCERNED = "not_concerned", _("ne concerne plus cette personne")
    ANSWERED = "answered", _("répondu entre-temps")
    NOTHING_LEFT = "nothing_left", _("plus rien à récapituler")


class Delivery(models.Model):
    """One letter to one recipient: the log of what was sent to whom about what.

    The text itself is never kept: it is made again from the notification, with what
    the person may still read when it leaves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        SENT = "sent", _("envoyé")
        DROPPED = "dropped", _("sans objet")
        FAILED = "failed", _("mis de côté")

    class Channel(models.TextChoices):
        EMAIL = "email", _("courriel")

    public_id = public_id_field()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name="personne",
    )
    # Of somebody who has no account; a person’s own is read when the letter leaves.
    address = models.EmailField("adresse", blank=True)
    kind = models.CharField("genre", max_length=60)
    key = models.CharField("objet", max_length=120)
    number = models.PositiveSmallIntegerField(
        "rappel", default=0, help_text="0 pour la première lettre."
    )
    channel = models.CharField(
        "voie", max_length=8, choices=Channel, default=Channel.EMAIL
    )
    # Given once: a letter that leaves twice (a worker killed at the worst moment) bears
    # the same, and readers of mail show it once.
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    # What a letter without an account is made of, until it leaves: its link opens
    # something, so that reading the base must not be enough.
    sealed = models.TextField("sous scellé", blank=True, editable=False)
    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField("raison", max_length=REASON_MAX_CHARS, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    ended_at = models.DateTimeField("parti ou clos le", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "key", "number"],
                condition=Q(user__isnull=False),
                name="delivery_reaches_a_person_once",
            ),
            models.UniqueConstraint(
                Lower("address"),
                F("kind"),
                F("key"),
                condition=Q(user=None),
                name="delivery_reaches_an_address_once",
            ),
            models.CheckConstraint(
                name="delivery_has_one_recipient",
                condition=Q(user__isnull=False, address="")
                | (Q(user=None) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="delivery_is_closed_with_its_date",
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], name="delivery_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
