"""What two organisations say to each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import ReportReason
from alliances.models.introduction import Introduction
from alliances.models.organisation import Organisation

BODY_MAX_CHARS = 5_000


class Conversation(models.Model):
    """A thread: of an introduction today, of an alliance too tomorrow."""

    introduction = models.OneToOneField(
        Introduction,
        models.CASCADE,
        related_name="conversation",
        verbose_name="mise en relation",
    )
    created_at = models.DateTimeField("ouverte le", auto_now_add=True)

    class Meta:
        verbose_name = "conversation"
        verbose_name_plural = "conversations"

    def __str__(self) -> str:
        return str(self.introduction_id)


class Message(models.Model):
    """What a person wrote for their organisation."""

    public_id = public_id_field()
    conversation = models.ForeignKey(
        Conversation,
        models.CASCADE,
        related_name="messages",
        verbose_name="conversation",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="+",
        verbose_name="au nom de l’organisation",
    )
    # Kept when the person is erased: the row then bears their pseudonym.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="messages",
        verbose_name="écrit par",
    )
    body = models.TextField("message", max_length=BODY_MAX_CHARS)
    # Comes from the form: the same one sent twice is written once.
    key = models.CharField("clé du formulaire", max_length=40)
    sent_at = models.DateTimeField("envoyé le")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "author", "key"],
                name="message_is_sent_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "sent_at", "id"], name="message_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Attachment(models.Model):
    """A file of a message; served by a view that asks the policy, never by its path."""

    class Scan(models.TextChoices):
        WAITING = "waiting", "en cours d’analyse"
        CLEAN = "clean", "analysé"
        INFECTED = "infected", "refusé par l’antivirus"
        NOT_SCANNED = "not_scanned", "non analysé"

    public_id = public_id_field()
    message = models.ForeignKey(
        Message, models.CASCADE, related_name="attachments", verbose_name="message"
    )
    name = models.CharField("nom", max_length=120)
    media_type = models.CharField("type", max_length=100)
    size_bytes = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    file = models.FileField("fichier", upload_to="pieces/%Y/%m", max_length=200)
    scan = models.CharField(
        "analyse", max_length=12, choices=Scan, default=Scan.WAITING
    )

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """Until when a person has read a conversation."""

    conversation = models.ForeignKey(
        Conversation,
        models.CASCADE,
        related_name="readings",
        verbose_name="conversation",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="personne",
    )
    read_at = models.DateTimeField("lue jusqu’au")

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="reading_is_one_row_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.user_id}"


@keep_changes(leaving_out=("reason", "created_at"), found_by=["organisation"])
class Block(models.Model):
    """An organisation no longer wants to hear from another, which never learns it."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="blocks",
        verbose_name="organisation",
    )
    other = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="bloque"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    reason = models.TextField("raison (privée)", max_length=1000, blank=True)
    created_at = models.DateTimeField("depuis le", auto_now_add=True)

    class Meta:
        verbose_name = "blocage"
        verbose_name_plural = "blocages"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "other"], name="block_is_stated_once"
            ),
            models.CheckConstraint(
                name="block_never_targets_oneself",
                condition=~Q(organisation=models.F("other")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.other_id}"


@keep_changes(
    leaving_out=("words", "decision", "created_at"), found_by=["organisation"]
)
class Report(models.Model):
    """Somebody tells the moderators that something is wrong."""

    class State(models.TextChoices):
        OPEN = "open", "à traiter"
        UPHELD = "upheld", "fondé"
        DISMISSED = "dismissed", "sans suite"

    public_id = public_id_field()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="signalé par",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="reports",
        verbose_name="organisation mise en cause",
    )
    message = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="message",
    )
    reason_code = models.CharField("motif", max_length=24, choices=ReportReason)
    words = models.TextField("explication", max_length=2000, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField("signalé le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="traité par",
    )
    decision = models.TextField("décision", max_length=2000, blank=True)

    class Meta:
        verbose_name = "signalement"
        verbose_name_plural = "signalements"
        constraints = [
            models.CheckConstraint(
                name="report_is_handled_with_its_date",
                condition=Q(state="open", handled_at=None)
                | (~Q(state="open") & Q(handled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["by", "organisation", "message"],
                condition=Q(state="open", by__isnull=False),
                nulls_distinct=False,
                name="report_waits_once_per_person_and_object",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
