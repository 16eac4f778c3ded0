"""What is proposed: a row for each pair of intentions."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from alliances.models import Intention
from matching.models.columns import TYPES, by_type
from matching.models.run import Run


class ProposalQuerySet(models.QuerySet[Any]):
    def of(self, *intention_ids: int) -> Self:
        """Keep the proposals in which one of these intentions stands."""
        return self.filter(Q(low__in=intention_ids) | Q(high__in=intention_ids))

    def between(self, one_id: int, other_id: int) -> Self:
        low, high = sorted((one_id, other_id))
        return self.filter(low=low, high=high)

    def matchable_on(self, day: dt.date) -> Self:
        """Keep those whose two intentions still look for partners on ``day``."""
        matchable = Intention.objects.matchable_on(day).values("pk")
        return self.filter(low__in=matchable, high__in=matchable)


class ReadableManager(models.Manager[Any]):
    """The proposals that are shown: what a run writes is so all at once."""

    def get_queryset(self) -> "ProposalQuerySet":
        shown = Run.objects.shown().values("pk")
        return ProposalQuerySet(self.model, using=self._db).filter(run__in=shown)


class Proposal(models.Model):
    """Two intentions that could become partners; one row serves both sides.

    Everything is stored as it was computed, in double precision: the weighted mean of
    the known components of a side is what it gains, the geometric mean of both is the
    score. Arrays follow ``TYPES``; a null array or component is unknown, a null score
    is a type for which the pair may not be proposed. See docs/decisions/0080.
    """

    # No constraint in the database: a run stores millions of references at once, and
    # a proposal without its intention is never read (ProposalQuerySet.matchable_on).
    run = models.ForeignKey(
        Run,
        models.CASCADE,
        related_name="proposals",
        verbose_name="calcul",
        db_constraint=False,
        db_index=False,
    )
    low = models.ForeignKey(
        Intention,
        models.CASCADE,
        related_name="+",
        verbose_name="première intention",
        db_constraint=False,
        db_index=False,
    )
    high = models.ForeignKey(
        Intention,
        models.CASCADE,
        related_name="+",
        verbose_name="seconde intention",
        db_constraint=False,
    )
    scores = by_type(models.FloatField(null=True), "scores")
    confidence = models.FloatField("confiance")
    low_objectives = by_type(models.FloatField(), "objectifs (1re)", null=True)
    low_needs = by_type(models.FloatField(), "besoins (1re)", null=True)
    high_objectives = by_type(models.FloatField(), "objectifs (2de)", null=True)
    high_needs = by_type(models.FloatField(), "besoins (2de)", null=True)
    domains = models.FloatField("domaines", null=True)
    territory = models.FloatField("territoire", null=True)
    proximity = models.FloatField("proximité", null=True)
    best_type = models.PositiveSmallIntegerField("type le mieux noté")
    best_score = models.FloatField("meilleur score")
    named_type = models.PositiveSmallIntegerField("type nommé")
    naming_reason = models.PositiveSmallIntegerField("règle de nommage", default=0)
    low_ranks = by_type(models.SmallIntegerField(), "rangs (1re)")
    high_ranks = by_type(models.SmallIntegerField(), "rangs (2de)")
    warnings = by_type(models.SmallIntegerField(), "avertissements")

    objects = ReadableManager.from_queryset(ProposalQuerySet)()
    # With those of runs that are not shown yet, or no longer: for what writes them.
    written = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high", "run"],
                name="proposal_is_unique_per_pair_and_run",
            ),
            models.CheckConstraint(
                name="proposal_low_precedes_high", condition=Q(low__lt=F("high"))
            ),
            models.CheckConstraint(
                name="proposal_score_is_between_0_and_1",
                condition=Q(best_score__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="proposal_types_are_known",
                condition=Q(best_type__lt=len(TYPES), named_type__lt=len(TYPES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"
