import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import FragilityDomain, Means, PartnershipType, Phase
from alliances.models.organisation import Organisation
from territories.models import Containment, Territory

SQUARE_FIELDS = ("square_hr", "square_stk", "square_eco", "square_inn")
SQUARE_SUM = 100


def all_types() -> list[str]:
    return list(PartnershipType.values)


class IntentionQuerySet(models.QuerySet["Intention"]):
    def open_on(self, day: dt.date) -> Self:
        """Keep those that look for partners on ``day``."""
        return self.filter(
            Q(state=Intention.State.OPEN)
            | Q(state=Intention.State.PAUSED, paused_until__lt=day),
            organisation__archived_at=None,
        )

    def public(self) -> Self:
        """Keep those that anybody may read: neither drafts nor closed ones."""
        return self.filter(state__in=(Intention.State.OPEN, Intention.State.PAUSED))

    def on_domain(self, *domains: str) -> Self:
        """Keep those that work on one of ``domains``."""
        found = IntentionDomain.objects.filter(domain__in=domains, weight__gt=0)
        return self.filter(pk__in=found.values("intention"))

    def offering(self, *means: str) -> Self:
        """Keep those that bring one of ``means``."""
        found = Offer.objects.filter(means__in=means)
        return self.filter(pk__in=found.values("intention"))

    def seeking(self, *means: str) -> Self:
        """Keep those that look for one of ``means``."""
        found = Need.objects.filter(means__in=means)
        return self.filter(pk__in=found.values("intention"))

    def open_to(self, *types: str) -> Self:
        """Keep those open to one of the partnership ``types``."""
        return self.filter(types__overlap=list(types))

    def acting_on(self, communes: Iterable[int] | models.QuerySet[Any]) -> Self:
        """Keep those whose perimeter holds one of ``communes``.

        Without a perimeter, an intention acts where its organisation has its seat.
        """
        seated = Intention.objects.filter(
            organisation__seat__in=communes, perimeter__isnull=True
        )
        stated = Intention.objects.with_perimeter_meeting(communes)
        return self.filter(pk__in=stated.values("pk").union(seated.values("pk")))

    def with_perimeter_meeting(
        self, communes: Iterable[int] | models.QuerySet[Any]
    ) -> Self:
        """Keep those whose stated perimeter holds one of ``communes``."""
        meeting = Containment.objects.filter(commune__in=communes)
        stated = Intention.perimeter.through.objects.filter(
            territory__in=meeting.values("territory")
        )
        return self.filter(pk__in=stated.values("intention"))

    def complete(self) -> Self:
        """Keep those that hold what matching needs (docs/sources.md)."""
        perimeter = Intention.perimeter.through.objects.filter(
            intention_id=OuterRef("pk")
        )
        return self.filter(
            Q(organisation__seat__isnull=False) | Exists(perimeter),
            Exists(
                IntentionDomain.objects.filter(intention=OuterRef("pk"), weight__gt=0)
            ),
            Exists(Need.objects.filter(intention=OuterRef("pk"))),
            Exists(Offer.objects.filter(intention=OuterRef("pk"))),
            square_hr__isnull=False,
        )

    def matchable_on(self, day: dt.date) -> Self:
        return self.open_on(day).complete()


@keep_changes(leaving_out=("created_at", "updated_at"), found_by=["organisation"])
class Intention(models.Model):
    """What one organisation is after, somewhere, now."""

    class State(models.TextChoices):
        DRAFT = "draft", "brouillon"
        OPEN = "open", "ouverte"
        PAUSED = "paused", "en pause"
        CLOSED = "closed", "close"

    public_id = public_id_field()
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="intentions",
        verbose_name="organisation",
    )
    title = models.CharField("intitulé", max_length=160, blank=True)
    is_default = models.BooleanField("principale", default=False)
    state = models.CharField("état", max_length=6, choices=State, default=State.OPEN)
    paused_until = models.DateField("en pause jusqu’au", null=True, blank=True)
    perimeter = models.ManyToManyField(
        Territory, related_name="intentions", blank=True, verbose_name="périmètre"
    )
    types = ArrayField(
        models.CharField(max_length=24, choices=PartnershipType),
        verbose_name="types de partenariat",
        default=all_types,
        blank=True,
    )
    phase = models.CharField("phase", max_length=10, choices=Phase, blank=True)
    square_hr = models.PositiveSmallIntegerField(
        "ressources humaines", null=True, blank=True
    )
    square_stk = models.PositiveSmallIntegerField(
        "parties prenantes", null=True, blank=True
    )
    square_eco = models.PositiveSmallIntegerField("économie", null=True, blank=True)
    square_inn = models.PositiveSmallIntegerField("innovation", null=True, blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = "intention"
        verbose_name_plural = "intentions"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_default=True),
                name="intention_default_is_unique_per_organisation",
            ),
            models.CheckConstraint(
                name="intention_square_sums_to_100",
                condition=Q(**dict.fromkeys(SQUARE_FIELDS))
                | Q(
                    square_hr=SQUARE_SUM
                    - F("square_stk")
                    - F("square_eco")
                    - F("square_inn"),
                    **{f"{name}__isnull": False for name in SQUARE_FIELDS},
                ),
                violation_error_message="Les quatre objectifs doivent totaliser 100.",
            ),
            models.CheckConstraint(
                name="intention_types_are_those_of_the_method",
                condition=Q(types__contained_by=PartnershipType.values),
            ),
            models.CheckConstraint(
                name="intention_pause_has_an_end",
                condition=~Q(state="paused") | Q(paused_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.organisation)

    @property
    def square(self) -> tuple[int, int, int, int] | None:
        """The four weights in the order HR, STK, ECO, INN, or None."""
        if self.square_hr is None:
            return None
        return (
            self.square_hr,
            self.square_stk or 0,
            self.square_eco or 0,
            self.square_inn or 0,
        )


@keep_changes(found_by=["intention"], has_object=False)
class IntentionPlace(Intention.perimeter.through):  # type: ignore[name-defined]
    """A territory of the perimeter of an intention."""

    class Meta:
        proxy = True
        verbose_name = "territoire d’une intention"
        verbose_name_plural = "territoires d’une intention"


@keep_changes(found_by=["intention"])
class IntentionDomain(models.Model):
    """A domain that an intention works on, with its weight (0 to 10)."""

    intention = models.ForeignKey(
        Intention, models.CASCADE, related_name="domains", verbose_name="intention"
    )
    domain = models.CharField("domaine", max_length=24, choices=FragilityDomain)
    weight = models.PositiveSmallIntegerField("poids", default=10)

    class Meta:
        verbose_name = "domaine d’une intention"
        verbose_name_plural = "domaines d’une intention"
        constraints = [
            models.UniqueConstraint(
                fields=["intention", "domain"],
                name="intention_domain_is_stated_once",
            ),
            models.CheckConstraint(
                name="intention_domain_weight_is_on_the_scale",
                condition=Q(weight__lte=10),
            ),
        ]

    def __str__(self) -> str:
        return self.get_domain_display()


class MeansLine(models.Model):
    """What is sought or offered: means, note, quantity, and where it holds."""

    means = models.CharField("moyen", max_length=28, choices=Means)
    note = models.CharField("précision", max_length=300, blank=True)
    quantity = models.DecimalField(
        "quantité", max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("unité", max_length=40, blank=True)
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="seulement sur ce territoire",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.get_means_display()


@keep_changes(found_by=["intention"])
class Need(MeansLine):
    """A means that an intention seeks."""

    intention = models.ForeignKey(
        Intention, models.CASCADE, related_name="needs", verbose_name="intention"
    )

    class Meta:
        verbose_name = "besoin"
        verbose_name_plural = "besoins"
        constraints = [
            models.UniqueConstraint(
                fields=["intention", "means", "territory"],
                nulls_distinct=False,
                name="need_is_stated_once_per_territory",
            ),
            models.CheckConstraint(
                name="need_quantity_is_not_negative",
                condition=Q(quantity=None) | Q(quantity__gte=0),
            ),
        ]


@keep_changes(found_by=["intention"])
class Offer(MeansLine):
    """A means that an intention can bring."""

    intention = models.ForeignKey(
        Intention, models.CASCADE, related_name="offers", verbose_name="intention"
    )

    class Meta:
        verbose_name = "offre"
        verbose_name_plural = "offres"
        constraints = [
            models.UniqueConstraint(
                fields=["intention", "means", "territory"],
                nulls_distinct=False,
                name="offer_is_stated_once_per_territory",
            ),
            models.CheckConstraint(
                name="offer_quantity_is_not_negative",
                condition=Q(quantity=None) | Q(quantity__gte=0),
            ),
        ]
