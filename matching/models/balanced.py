"""Proposals of a territory, shared so that everybody has a chance."""

from django.db import models
from django.db.models import F, Q

from alliances.enums import PartnershipType
from alliances.models import Intention
from matching.models.columns import by_type
from matching.models.configuration import Configuration
from matching.models.proposal import ProposalQuerySet
from matching.models.run import Run
from territories.models import Territory


class BalancedSet(models.Model):
    """For a territory and a type, proposals shared so that everybody has a chance.

    A picture of a moment, replaced as a whole. ``value`` and ``bound``: the total score
    reached, and the most that any set serving as many could reach; ``loss``: by how
    much its proposals score less than the best of each one's list. The definition is
    in docs/matching.md.
    """

    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        related_name="balanced_sets",
        verbose_name="territoire",
    )
    type = models.CharField("type", max_length=24, choices=PartnershipType)
    # Runs of a few changes are forgotten after a whole one.
    run = models.ForeignKey(
        Run,
        models.SET_NULL,
        null=True,
        related_name="balanced_sets",
        verbose_name="calcul",
    )
    configuration = models.ForeignKey(
        Configuration,
        models.PROTECT,
        related_name="balanced_sets",
        verbose_name="configuration",
    )
    computed_at = models.DateTimeField("calculée le")
    organisation_count = models.PositiveIntegerField("organisations")
    served_count = models.PositiveIntegerField("organisations servies")
    served_bound_count = models.PositiveIntegerField("organisations à servir au plus")
    pair_count = models.PositiveIntegerField("propositions")
    value = models.FloatField("score total")
    bound = models.FloatField("borne du score total")
    coverage_before = models.FloatField("couverture avant")
    coverage = models.FloatField("couverture")
    gini_before = models.FloatField("indice de Gini avant")
    gini = models.FloatField("indice de Gini")
    loss = models.FloatField("perte de score")

    class Meta:
        verbose_name = "répartition"
        verbose_name_plural = "répartitions"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "type"],
                name="balanced_set_is_unique_per_territory_and_type",
            ),
            models.CheckConstraint(
                name="balanced_set_serves_what_is_there",
                condition=Q(served_count__lte=F("organisation_count")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} – {self.type}"


class BalancedPlace(models.Model):
    """How often one organisation is proposed, before and after, and why never."""

    class Reason(models.TextChoices):
        ACCEPTS_NONE = "accepts_none", "n’accepte aucune mise en relation"
        NO_PARTNER = "no_partner", "aucun partenaire possible"
        PARTNERS_FULL = "partners_full", "partenaires déjà pris"

    balanced_set = models.ForeignKey(
        BalancedSet,
        models.CASCADE,
        related_name="places",
        verbose_name="répartition",
    )
    # An intention stands for its organisation: when two are merged, it follows.
    intention = models.ForeignKey(
        Intention, models.CASCADE, related_name="+", verbose_name="intention"
    )
    before_count = models.PositiveIntegerField("fois proposée, avant")
    count = models.PositiveIntegerField("fois proposée")
    reason = models.CharField("raison", max_length=13, choices=Reason, blank=True)

    class Meta:
        verbose_name = "place dans une répartition"
        verbose_name_plural = "places dans une répartition"
        constraints = [
            models.UniqueConstraint(
                fields=["balanced_set", "intention"],
                name="balanced_place_is_unique_per_intention",
            ),
            models.CheckConstraint(
                name="balanced_place_has_a_reason_when_empty",
                condition=Q(count=0, reason__gt="") | Q(count__gt=0, reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.balanced_set_id} – {self.intention_id}"


class BalancedProposal(models.Model):
    """A pair of a balanced set; proposed to both, with the figures it was chosen on.

    A pair, not a row of ``Proposal``: those are replaced by every run, and hold the
    best of each list only (docs/decisions/0154).
    """

    balanced_set = models.ForeignKey(
        BalancedSet,
        models.CASCADE,
        related_name="proposals",
        verbose_name="répartition",
    )
    low = models.ForeignKey(
        Intention, models.CASCADE, related_name="+", verbose_name="première intention"
    )
    high = models.ForeignKey(
        Intention, models.CASCADE, related_name="+", verbose_name="seconde intention"
    )
    scores = by_type(models.FloatField(null=True), "scores")
    confidence = models.FloatField("confiance")
    best_type = models.PositiveSmallIntegerField("type le mieux noté")
    named_type = models.PositiveSmallIntegerField("type nommé")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition répartie"
        verbose_name_plural = "propositions réparties"
        constraints = [
            models.UniqueConstraint(
                fields=["balanced_set", "low", "high"],
                name="balanced_proposal_is_unique_per_pair",
            ),
            models.CheckConstraint(
                name="balanced_proposal_low_precedes_high",
                condition=Q(low__lt=F("high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"
