"""What became of introductions, as the learning of weights reads it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.enums import ClosingReason
from alliances.models import Introduction
from matching.models.columns import COMPONENTS
from matching.models.configuration import Configuration


class Signal(models.Model):
    """How an introduction turned out, with what the score saw of the pair that day.

    Append-only. Hidden answers to proposals never make one: only what both sides know
    of. ``components`` follows ``COMPONENTS``, mean of both sides, null when unknown.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "deux oui"
        MET = "met", "les deux se sont répondu"
        DECLINED = "declined", "close poliment"

    introduction = models.ForeignKey(
        Introduction,
        models.CASCADE,
        related_name="signals",
        verbose_name="mise en relation",
    )
    kind = models.CharField("nature", max_length=8, choices=Kind)
    reason = models.CharField(
        "raison", max_length=24, choices=ClosingReason, blank=True
    )
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="+", verbose_name="configuration"
    )
    components = ArrayField(
        models.FloatField(null=True),
        size=len(COMPONENTS),
        verbose_name="composantes",
    )
    created_at = models.DateTimeField("noté le", auto_now_add=True)

    class Meta:
        verbose_name = "signal"
        verbose_name_plural = "signaux"
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "kind"], name="signal_is_kept_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.introduction_id} – {self.kind}"
