"""A catalyst suggests that two organisations of their territory meet."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.public_id import public_id_field
from alliances.models.organisation import Organisation
from territories.models import Territory

SUGGESTION_LIFETIME = dt.timedelta(days=90)
MAX_REASON_LENGTH = 500


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def live(self, now: dt.datetime) -> Self:
        """Keep those that count: neither withdrawn nor too old."""
        return self.filter(closed_at=None, expires_at__gt=now)

    def delivered(self) -> Self:
        """Keep those that the two organisations may read."""
        return self.filter(delivered_at__isnull=False)

    def of(self, organisation_id: int) -> Self:
        """Keep those in which the organisation is one of the two sides."""
        return self.filter(Q(low=organisation_id) | Q(high=organisation_id))

    def between(self, one_id: int, other_id: int) -> Self:
        low, high = sorted((one_id, other_id))
        return self.filter(low=low, high=high)


class Suggestion(models.Model):
    """What a catalyst thinks two organisations should know of each other.

    Each answers as it answers a proposal (``Interest``); who suggested learns only of
    the introduction that two yeses open.
    """

    class Sort(models.TextChoices):
        """What who suggested may know of it."""

        WAITING = "waiting", "en attente"
        OPENED = "opened", "mise en relation ouverte"
        EXPIRED = "expired", "éteinte"
        WITHDRAWN = "withdrawn", "retirée"

    public_id = public_id_field()
    low = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    high = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="+", verbose_name="territoire"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    # Signed with a name, because that person wished it for this suggestion.
    is_signed = models.BooleanField("signée", default=False)
    reason = models.TextField("raison", max_length=MAX_REASON_LENGTH)
    created_at = models.DateTimeField("suggérée le")
    expires_at = models.DateTimeField("compte jusqu’au")
    # Withdrawn or expired: the same pair may then be suggested again. An introduction
    # closes nothing, or suggesting again would tell that it opened.
    closed_at = models.DateTimeField("retirée ou éteinte le", null=True, blank=True)
    # When both could read it; empty while a rule of one of the two forbids it, of
    # which who suggested learns nothing.
    delivered_at = models.DateTimeField("transmise le", null=True, blank=True)
    opened_at = models.DateTimeField("suivie de deux oui le", null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "suggestion de rencontre"
        verbose_name_plural = "suggestions de rencontres"
        constraints = [
            models.CheckConstraint(
                name="suggestion_is_one_row_per_pair", condition=Q(low__lt=F("high"))
            ),
            models.UniqueConstraint(
                fields=["low", "high"],
                condition=Q(closed_at=None),
                name="suggestion_is_made_once_per_pair",
            ),
            models.CheckConstraint(
                name="suggestion_opens_once_delivered",
                condition=Q(opened_at=None) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_is_opened_or_withdrawn",
                condition=Q(opened_at=None)
                | Q(closed_at=None)
                | Q(closed_at__gte=F("expires_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-created_at"], name="suggestion_by_catalyst"),
            models.Index(fields=["low", "-delivered_at"], name="suggestion_by_low"),
            models.Index(fields=["high", "-delivered_at"], name="suggestion_by_high"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"

    @property
    def sides(self) -> tuple[int, int]:
        """The identifiers of both organisations."""
        return self.low_id, self.high_id

    @property
    def signature(self) -> str:
        """The name of who suggested, if they signed; empty otherwise."""
        person = self.by if self.is_signed else None
        return person.name if person and person.is_active else ""

    def other_than(self, organisation_id: int) -> Organisation:
        """Return the other side."""
        return self.high if organisation_id == self.low_id else self.low

    def sort_at(self, now: dt.datetime) -> Sort:
        """Return what who suggested may know of it: nothing of any answer."""
        if self.opened_at is not None:
            return self.Sort.OPENED
        if self.closed_at is not None and self.closed_at < self.expires_at:
            return self.Sort.WITHDRAWN
        return self.Sort.WAITING if self.expires_at > now else self.Sort.EXPIRED
