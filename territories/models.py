from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

PREFIXES = {
    "country": "FR",
    "region": "REG",
    "department": "DEP",
    "collectivity": "DEP",
    "epci": "EPCI",
    "ept": "EPT",
    "commune": "COM",
    "project": "PRJ",
}


class SearchKey(Func):
    """Text without accents, in lower case, words separated by one space.

    The SQL function is created by the first migration of this application; it is
    immutable, so that a column can be generated from it.
    """

    function = "search_key"
    output_field = models.TextField()


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def current(self) -> Self:
        """Leave out those that a later vintage closed."""
        return self.filter(valid_until=None)

    def containing(self, commune: "Territory") -> Self:
        """Keep the territories that contain ``commune``."""
        return self.filter(containments__commune=commune)

    def communes_of(self, *territories: "Territory") -> Self:
        """Keep the communes of ``territories``."""
        return self.filter(
            kind=Territory.Kind.COMMUNE, containers__territory__in=territories
        ).distinct()


class Territory(models.Model):
    """A place, of any level; every foreign key to a place is one column."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "pays"
        REGION = "region", "région"
        DEPARTMENT = "department", "département"
        COLLECTIVITY = "collectivity", "collectivité d’outre-mer"
        EPCI = "epci", "intercommunalité"
        EPT = "ept", "établissement public territorial"
        COMMUNE = "commune", "commune"
        PROJECT = "project", "territoire de projet"

    kind = models.CharField("nature", max_length=12, choices=Kind)
    code = models.CharField("code", max_length=60)
    name = models.CharField("nom", max_length=200)
    search_key = models.GeneratedField(
        expression=SearchKey(F("name")),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="clé de recherche",
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    latitude_deg = models.FloatField("latitude", null=True, blank=True)
    longitude_deg = models.FloatField("longitude", null=True, blank=True)
    postal_codes = ArrayField(
        models.CharField(max_length=5),
        verbose_name="codes postaux",
        default=list,
        blank=True,
    )
    valid_from = models.DateField("valable à partir du")
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="successeur",
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], name="territory_code_is_unique_per_kind"
            ),
            models.CheckConstraint(
                name="territory_has_both_coordinates_or_none",
                condition=Q(latitude_deg=None, longitude_deg=None)
                | Q(latitude_deg__range=(-90, 90), longitude_deg__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="territory_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """The public reference: ``COM-13055``, ``DEP-13``, ``FR``..."""
        prefix = PREFIXES[self.kind]
        return prefix if self.kind == self.Kind.COUNTRY else f"{prefix}-{self.code}"


class Containment(models.Model):
    """A commune of a territory: a relation, not a tree."""

    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        related_name="containments",
        verbose_name="territoire",
    )
    commune = models.ForeignKey(
        Territory, models.CASCADE, related_name="containers", verbose_name="commune"
    )

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "commune"], name="containment_is_stated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} ∈ {self.territory_id}"


class FormerCode(models.Model):
    """A code that a commune, or a municipal arrondissement, no longer bears."""

    class Kind(models.TextChoices):
        FORMER = "former", "ancien code"
        DELEGATED = "delegated", "commune déléguée"
        ASSOCIATED = "associated", "commune associée"
        ARRONDISSEMENT = "arrondissement", "arrondissement municipal"

    code = models.CharField("code", max_length=5, unique=True)
    kind = models.CharField("nature", max_length=14, choices=Kind)
    name = models.CharField("nom", max_length=200, blank=True)
    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        related_name="former_codes",
        verbose_name="commune actuelle",
    )

    class Meta:
        verbose_name = "ancien code"
        verbose_name_plural = "anciens codes"

    def __str__(self) -> str:
        return f"{self.code} → {self.territory_id}"
