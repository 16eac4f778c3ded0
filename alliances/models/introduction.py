"""From one side's hidden yes to an introduction: double consent."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import (
    ClosingReason,
    ClosingSentence,
    PartnershipType,
    RefusalReason,
)
from alliances.models.organisation import Organisation

ANSWER_LIFETIME = dt.timedelta(days=90)
# Two organisations are not introduced to each other again sooner than this.
SAME_PAIR_DELAY = dt.timedelta(days=180)


class InterestQuerySet(models.QuerySet["Interest"]):
    def live(self, now: dt.datetime) -> Self:
        """Keep the answers that count: neither withdrawn nor too old."""
        return self.filter(closed_at=None, expires_at__gt=now)


@keep_changes(leaving_out=("reason",), found_by=["organisation"])
class Interest(models.Model):
    """What one organisation answers about another; the other never reads it.

    A yes is told to the other side only by the introduction that two yeses open; a no
    is told to nobody.
    """

    class Answer(models.TextChoices):
        PROPOSED = "proposed", "proposée à la personne référente"
        YES = "yes", "oui"
        NO = "no", "non"

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="interests",
        verbose_name="organisation",
    )
    other = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="au sujet de"
    )
    type = models.CharField(
        "type de partenariat", max_length=24, choices=PartnershipType, blank=True
    )
    answer = models.CharField("réponse", max_length=8, choices=Answer)
    reason_code = models.CharField("raison", max_length=24, blank=True)
    reason = models.TextField("raison, en quelques mots", max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    answered_at = models.DateTimeField("répondu le")
    # After it, the answer no longer counts, whatever it was and whatever the other said.
    expires_at = models.DateTimeField("compte jusqu’au")
    closed_at = models.DateTimeField("retirée ou éteinte le", null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "intérêt"
        verbose_name_plural = "intérêts"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "other"],
                condition=Q(closed_at=None),
                name="interest_is_answered_once_per_pair",
            ),
            models.CheckConstraint(
                name="interest_is_in_another_organisation",
                condition=~Q(organisation=F("other")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.other_id}"

    @property
    def reason_label(self) -> str:
        """The reason of the short list, in words; empty for none or an unknown one."""
        labels = {code: str(label) for code, label in RefusalReason.choices}
        return labels.get(self.reason_code, "")


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def open(self) -> Self:
        return self.filter(state=Introduction.State.OPEN)

    def of(self, organisation_id: int) -> Self:
        """Keep those in which the organisation is one of the two sides."""
        return self.filter(Q(low=organisation_id) | Q(high=organisation_id))

    def between(self, one_id: int, other_id: int) -> Self:
        low, high = sorted((one_id, other_id))
        return self.filter(low=low, high=high)


@keep_changes(
    leaving_out=("first_answer_at", "closing_reason", "closing_words"),
    found_by=["low", "high"],
)
class Introduction(models.Model):
    """Two organisations said yes to each other, and now know it."""

    class State(models.TextChoices):
        OPEN = "open", "en cours"
        DECLINED = "declined", "close poliment"
        ENDED = "ended", "terminée"

    public_id = public_id_field()
    low = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    high = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    type = models.CharField(
        "type de partenariat", max_length=24, choices=PartnershipType, blank=True
    )
    state = models.CharField("état", max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField("ouverte le")
    first_answer_at = models.DateTimeField("première réponse le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="close par",
    )
    closing_sentence = models.CharField(
        "formule", max_length=12, choices=ClosingSentence, blank=True
    )
    closing_reason = models.CharField(
        "raison", max_length=24, choices=ClosingReason, blank=True
    )
    # Whether the other side reads the reason and the words, besides the sentence.
    closing_is_shared = models.BooleanField("raison partagée", default=False)
    closing_words = models.TextField("mot de la fin", max_length=1000, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        constraints = [
            models.CheckConstraint(
                name="introduction_is_one_row_per_pair", condition=Q(low__lt=F("high"))
            ),
            models.UniqueConstraint(
                fields=["low", "high"],
                condition=Q(state="open"),
                name="introduction_is_open_once_per_pair",
            ),
            models.CheckConstraint(
                name="introduction_is_closed_with_its_date",
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["low", "-opened_at"], name="introduction_by_low"),
            models.Index(fields=["high", "-opened_at"], name="introduction_by_high"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"

    @property
    def sides(self) -> tuple[int, int]:
        """The identifiers of both organisations."""
        return self.low_id, self.high_id

    def other_than(self, organisation: Organisation) -> Organisation:
        """Return the other side."""
        return self.high if organisation.pk == self.low_id else self.low
