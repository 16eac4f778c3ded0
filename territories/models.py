import math
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from territories.geo import EARTH_RADIUS_KM, bounding_box
from territories.search_text import prefix_query

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


class SearchDocument(Func):
    """The words of a name, and codes, that autocomplete looks for by prefix.

    The SQL function is created by a migration of this application.
    """

    function = "territory_search_document"
    output_field = SearchVectorField()


def distance_km(
    latitude_deg: float, longitude_deg: float, *, path: str = ""
) -> Combinable:
    """Build the haversine formula of ``territories.geo`` as an SQL expression.

    ``path`` leads to the territory, from another model: ``seat__``.
    """
    latitude, longitude = F(f"{path}latitude_deg"), F(f"{path}longitude_deg")
    half_latitude = Radians(latitude - Value(latitude_deg)) / Value(2.0)
    half_longitude = Radians(longitude - Value(longitude_deg)) / Value(2.0)
    chord = Power(Sin(half_latitude), 2) + Cos(Radians(latitude)) * Value(
        math.cos(math.radians(latitude_deg))
    ) * Power(Sin(half_longitude), 2)
    return Value(2 * EARTH_RADIUS_KM) * ASin(Sqrt(Least(chord, Value(1.0))))


def prefix_search(key: str) -> SearchQuery:
    """Build the query "every word of ``key`` begins a word", that an index answers."""
    return SearchQuery(prefix_query(key), search_type="raw", config="simple")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def current(self) -> Self:
        """Leave out those that a later vintage closed."""
        return self.filter(valid_until=None)

    def named(self, key: str) -> Self:
        """Keep those of which every word of ``key`` begins a word, or a code."""
        return self.filter(search_document=prefix_search(key))

    def containing(self, commune: "Territory") -> Self:
        """Keep the territories that contain ``commune``."""
        return self.filter(containments__commune=commune)

    def communes_of(self, *territories: "Territory") -> Self:
        """Keep the communes of ``territories``."""
        return self.filter(
            kind=Territory.Kind.COMMUNE, containers__territory__in=territories
        ).distinct()

    def intersecting(self, territory: "Territory") -> Self:
        """Keep the territories that share at least one commune with ``territory``."""
        shared = Containment.objects.filter(territory=territory).values("commune")
        return self.filter(
            pk__in=Containment.objects.filter(commune__in=shared).values("territory")
        )

    def with_distance_km(self, latitude_deg: float, longitude_deg: float) -> Self:
        """Annotate with the great-circle distance to a point, in kilometres."""
        return self.annotate(distance_km=distance_km(latitude_deg, longitude_deg))

    def within_km(
        self, latitude_deg: float, longitude_deg: float, *, radius_km: float
    ) -> Self:
        """Keep those whose centre lies within ``radius_km`` of a point."""
        box = bounding_box(latitude_deg, longitude_deg, radius_km=radius_km)
        return self.with_distance_km(latitude_deg, longitude_deg).filter(
            latitude_deg__range=(box.south_deg, box.north_deg),
            longitude_deg__range=(box.west_deg, box.east_deg),
            distance_km__lte=radius_km,
        )


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
    search_document = models.GeneratedField(
        expression=SearchDocument(F("name"), F("code"), F("postal_codes")),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="mots et codes cherchés",
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
        indexes = [
            GinIndex(fields=["search_document"], name="territory_finds_words"),
            models.Index(
                fields=["search_key"],
                name="territory_finds_names",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(
                fields=["latitude_deg", "longitude_deg"],
                name="territory_finds_neighbours",
                condition=Q(kind="commune", latitude_deg__isnull=False),
            ),
        ]
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
    search_document = models.GeneratedField(
        expression=SearchDocument(F("name"), F("code")),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="mots et codes cherchés",
    )
    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        related_name="former_codes",
        verbose_name="commune actuelle",
    )

    class Meta:
        verbose_name = "ancien code"
        verbose_name_plural = "anciens codes"
        indexes = [
            GinIndex(fields=["search_document"], name="former_code_finds_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.territory_id}"


class Outline(models.Model):
    """The shape of a territory on a map."""

    territory = models.OneToOneField(
        Territory,
        models.CASCADE,
        primary_key=True,
        related_name="outline",
        verbose_name="territoire",
    )
    geometry = models.TextField("géométrie GeoJSON")

    class Meta:
        verbose_name = "contour"
        verbose_name_plural = "contours"

    def __str__(self) -> str:
        return f"contour de {self.territory_id}"


class LoadedVintage(models.Model):
    """A vintage of the reference geography that was loaded."""

    valid_from = models.DateField("valable à partir du", unique=True)
    fingerprint = models.CharField("empreinte des fichiers", max_length=64)
    loaded_at = models.DateTimeField("chargé le", auto_now=True)

    class Meta:
        verbose_name = "millésime chargé"
        verbose_name_plural = "millésimes chargés"
        get_latest_by = "valid_from"

    def __str__(self) -> str:
        return str(self.valid_from.year)
