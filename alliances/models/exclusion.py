from django.db import models
from django.db.models import Q

from accounts.history import keep_changes
from alliances.enums import ActorKind
from alliances.models.organisation import Organisation


@keep_changes(leaving_out=("reason",), found_by=["organisation"])
class Exclusion(models.Model):
    """Whom an organisation refuses: never readable by its target, in any way."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="exclusions",
        verbose_name="organisation",
    )
    sector = models.CharField("secteur refusé", max_length=80, blank=True)
    kind = models.CharField(
        "nature refusée", max_length=20, choices=ActorKind, blank=True
    )
    other = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation refusée",
    )
    reason = models.TextField("raison (privée)", max_length=1000, blank=True)

    class Meta:
        verbose_name = "critère d’exclusion"
        verbose_name_plural = "critères d’exclusion"
        constraints = [
            models.CheckConstraint(
                name="exclusion_names_exactly_one_criterion",
                condition=(
                    (~Q(sector="") & Q(kind="", other=None))
                    | (~Q(kind="") & Q(sector="", other=None))
                    | Q(sector="", kind="", other__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["organisation", "sector", "kind", "other"],
                nulls_distinct=False,
                name="exclusion_is_stated_once",
            ),
            models.CheckConstraint(
                name="exclusion_never_targets_oneself",
                condition=~Q(other=models.F("organisation")),
            ),
        ]

    def __str__(self) -> str:
        return self.sector or self.kind or f"organisation {self.other_id}"
