"""What follows a meeting: what each says of it, what they promise, how far they go."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.public_id import public_id_field
from alliances.models import Introduction
from rendezvous.enums import FeedbackAnswer, Outcome, Stage, StopReason
from rendezvous.models.registration import Registration
from rendezvous.models.session import Session

TRACK_LENGTH = 200
PROMISE_LENGTH = 300
NOTE_LENGTH = 500
# Answers count that long after a session; the same as of a proposal.
ANSWERED_WITHIN = dt.timedelta(days=90)


class Feedback(models.Model):
    """What one side says of a meeting; its own members alone read it until both did.

    ``outcome``: what both answers say together, written on the two rows at once. From
    then on neither changes.
    """

    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        related_name="feedbacks",
        verbose_name="inscription",
    )
    other = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="au sujet de"
    )
    answer = models.CharField("réponse", max_length=5, choices=FeedbackAnswer)
    track = models.CharField("piste explorée", max_length=TRACK_LENGTH, blank=True)
    outcome = models.CharField(
        "ensemble", max_length=6, choices=Outcome, blank=True, default=""
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "avis sur une rencontre"
        verbose_name_plural = "avis sur des rencontres"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "other"], name="feedback_is_given_once_per_pair"
            ),
            models.CheckConstraint(
                name="feedback_is_about_another",
                condition=~Q(registration=F("other")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} → {self.other_id}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def mutual(self) -> Self:
        """Keep the pairs that both want to go on."""
        return self.filter(mutual_at__isnull=False)

    def going_on(self) -> Self:
        return self.mutual().filter(ended_at=None)

    def of(self, registration_id: int) -> Self:
        return self.filter(Q(low=registration_id) | Q(high=registration_id))

    def between(self, one_id: int, other_id: int) -> Self:
        low, high = sorted((one_id, other_id))
        return self.filter(low=low, high=high)


class FollowUp(models.Model):
    """Two organisations that met have something to do together.

    Opened by two yeses, or by a commitment card. ``stage`` and the dates repeat what
    their answers say together (``rendezvous.outcomes``), so that lists can filter.
    """

    public_id = public_id_field()
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="followups", verbose_name="session"
    )
    low = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="inscription"
    )
    high = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="inscription"
    )
    mutual_at = models.DateTimeField("deux oui le", null=True, blank=True)
    introduction = models.ForeignKey(
        Introduction,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mise en relation",
    )
    stage = models.CharField(
        "étape", max_length=13, choices=Stage, default=Stage.NOTHING
    )
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    answered_at = models.DateTimeField("dernière réponse le", null=True, blank=True)
    agreed_at = models.DateTimeField("accord dit le", null=True, blank=True)
    # One says an agreement that the other does not say.
    is_disputed = models.BooleanField("accord dit par une seule", default=False)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    nudged_at = models.DateTimeField("relancée le", null=True, blank=True)
    # Of the catalysts of the session alone.
    note = models.TextField("note", max_length=NOTE_LENGTH, blank=True)
    note_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="note de",
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "suite d’une rencontre"
        verbose_name_plural = "suites de rencontres"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "low", "high"], name="follow_up_is_unique_per_pair"
            ),
            models.CheckConstraint(
                name="follow_up_is_one_row_per_pair", condition=Q(low__lt=F("high"))
            ),
            models.CheckConstraint(
                name="follow_up_stage_is_a_step_forward",
                condition=~Q(stage=Stage.STOPPED),
            ),
        ]
        indexes = [
            models.Index(fields=["session", "-mutual_at"], name="follow_up_by_session")
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"

    @property
    def sides(self) -> tuple[Registration, Registration]:
        return self.low, self.high

    def other_than(self, registration: Registration) -> Registration:
        return self.high if registration.pk == self.low_id else self.low


class Commitment(models.Model):
    """One version of a commitment card: who calls, before when, to do what.

    Its words never change: another wording is another version, that both sign again.
    """

    followup = models.ForeignKey(
        FollowUp, models.CASCADE, related_name="commitments", verbose_name="suite"
    )
    version = models.PositiveSmallIntegerField("version")
    caller = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="qui appelle"
    )
    due_on = models.DateField("avant le")
    what = models.CharField("pour quoi faire", max_length=PROMISE_LENGTH)
    from_card = models.BooleanField("recopiée d’une fiche papier", default=False)
    at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        constraints = [
            models.UniqueConstraint(
                fields=["followup", "version"], name="commitment_version_is_unique"
            ),
            models.CheckConstraint(
                name="commitment_has_a_version", condition=Q(version__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.followup_id} – {self.version}"


class Signature(models.Model):
    """One side signs one version of a commitment card."""

    commitment = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="signatures",
        verbose_name="engagement",
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="pour"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "signature"
        verbose_name_plural = "signatures"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "registration"],
                name="signature_is_given_once_per_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} – {self.registration_id}"


class Checkpoint(models.Model):
    """One side is asked how far they are, some days after the session.

    Read by its own members; together, the two sides' answers make the stage of the
    follow-up.
    """

    followup = models.ForeignKey(
        FollowUp, models.CASCADE, related_name="checkpoints", verbose_name="suite"
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="demandé à"
    )
    days = models.PositiveSmallIntegerField("jours après la session")
    due_on = models.DateField("à demander le")
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    stage = models.CharField(
        "réponse", max_length=13, choices=Stage, blank=True, default=""
    )
    why = models.CharField(
        "raison de l’arrêt", max_length=9, choices=StopReason, blank=True, default=""
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="par",
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "point d’étape"
        verbose_name_plural = "points d’étape"
        constraints = [
            models.UniqueConstraint(
                fields=["followup", "registration", "days"],
                name="checkpoint_is_asked_once_per_side",
            ),
            models.CheckConstraint(
                name="checkpoint_is_answered_with_its_date",
                condition=Q(stage="", answered_at=None)
                | (~Q(stage="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="checkpoint_says_why_it_stops",
                condition=Q(why="") | Q(stage=Stage.STOPPED),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(asked_at=None, answered_at=None),
                name="checkpoint_to_ask",
            )
        ]

    def __str__(self) -> str:
        return f"{self.followup_id} – {self.registration_id} – J+{self.days}"
