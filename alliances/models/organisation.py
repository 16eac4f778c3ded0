from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import new_public_id, public_id_field
from alliances.enums import (
    HIDEABLE_PARTS,
    SUB_KINDS_OF,
    ActorKind,
    EconomicModel,
    Maturity,
    Part,
    Size,
    SubKind,
)
from alliances.models.search import AllVectors, TextVector, word_query
from territories.models import SearchKey, Territory

HAND_MADE_SOURCE = "alliances"


def _suited() -> Q:
    """A precision is empty, or one of those of the kind."""
    condition = Q(sub_kind="")
    for kind, sub_kinds in SUB_KINDS_OF.items():
        if sub_kinds:
            condition |= Q(kind=kind, sub_kind__in=sub_kinds)
    return condition


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self) -> Self:
        return self.filter(archived_at=None)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def of_size(self, *sizes: str) -> Self:
        return self.filter(size__in=sizes)

    def showing(self, part: Part) -> Self:
        """Leave out those that hide ``part``: it must not be found out either."""
        # Most hide nothing: the first test, cheaper, answers for them.
        return self.filter(Q(hidden_parts=[]) | ~Q(hidden_parts__contains=[part]))

    def writing(self, word: str, *, is_last: bool = False) -> Self:
        """Keep those whose name or presentation holds the folded ``word``.

        The last word may be unfinished: its beginning is enough.
        """
        return self.filter(search_vector=word_query(word, is_last=is_last))

    def with_intention(self, intentions: models.QuerySet[Any]) -> Self:
        """Keep those that have one of ``intentions``."""
        return self.filter(pk__in=intentions.values("organisation"))

    def based_in(self, communes: Iterable[int] | models.QuerySet[Any]) -> Self:
        """Keep those with their seat or an establishment in one of ``communes``."""
        return self.filter(
            pk__in=Organisation.objects.seated_in(communes)
            .values("pk")
            .union(Organisation.objects.established_in(communes).values("pk"))
        )

    def seated_in(self, communes: Iterable[int] | models.QuerySet[Any]) -> Self:
        """Keep those whose seat is one of ``communes``."""
        return self.filter(seat__in=communes)

    def established_in(self, communes: Iterable[int] | models.QuerySet[Any]) -> Self:
        """Keep those with an establishment, besides their seat, in ``communes``."""
        found = Establishment.objects.filter(commune__in=communes)
        return self.filter(pk__in=found.values("organisation"))

    def for_list(self) -> Self:
        """Load what a list prints, so that a page costs a fixed number of queries."""
        return self.select_related("seat").defer("search_vector")


@keep_changes(leaving_out=("search_key", "search_vector", "created_at", "updated_at"))
class Organisation(models.Model):
    """An actor of a territory, of any kind."""

    public_id = public_id_field()
    source = models.CharField(
        "source", max_length=80, default=HAND_MADE_SOURCE, editable=False
    )
    key = models.CharField("clé dans la source", max_length=200, default=new_public_id)
    name = models.CharField("nom", max_length=200)
    search_key = models.GeneratedField(
        expression=SearchKey(F("name")),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="clé de recherche",
    )
    kind = models.CharField("nature", max_length=20, choices=ActorKind)
    sub_kind = models.CharField(
        "sous-nature", max_length=20, choices=SubKind, blank=True
    )
    economic_model = models.CharField(
        "modèle socio-économique", max_length=8, choices=EconomicModel, blank=True
    )
    summary = models.TextField("présentation", max_length=4000, blank=True)
    search_vector = models.GeneratedField(
        expression=AllVectors(
            TextVector("name", weight="A"), TextVector("summary", weight="B")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="mots cherchés",
    )
    website = models.URLField("site web", max_length=300, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    siret = models.CharField("SIRET du siège", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    seat = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seated_organisations",
        verbose_name="commune du siège",
    )
    staff = models.PositiveIntegerField("effectif salarié", null=True, blank=True)
    size = models.CharField("taille", max_length=8, choices=Size, blank=True)
    general_interest = models.BooleanField(
        "peut recevoir du mécénat", null=True, blank=True
    )
    maturity = models.PositiveSmallIntegerField(
        "expérience des partenariats", choices=Maturity, null=True, blank=True
    )
    sectors = ArrayField(
        models.CharField(max_length=80),
        verbose_name="secteurs d’activité",
        default=list,
        blank=True,
    )
    values = ArrayField(
        models.CharField(max_length=80),
        verbose_name="valeurs",
        default=list,
        blank=True,
    )
    network_head = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="network_members",
        verbose_name="tête de réseau",
    )
    hidden_parts = ArrayField(
        models.CharField(max_length=10, choices=Part),
        verbose_name="parties masquées",
        default=list,
        blank=True,
    )
    solicitation_budget = models.PositiveSmallIntegerField(
        "sollicitations acceptées par mois", default=4
    )
    exclusions_answered_at = models.DateTimeField(
        "critères d’exclusion renseignés le", null=True, blank=True
    )
    is_fictitious = models.BooleanField("fictive (démonstration)", default=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)
    archived_at = models.DateTimeField("archivée le", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_organisations",
        verbose_name="fusionnée dans",
        editable=False,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], name="organisation_key_is_unique_per_source"
            ),
            models.UniqueConstraint(
                fields=["siren"],
                condition=~Q(siren=""),
                name="organisation_siren_is_unique",
                violation_error_message="Une organisation porte déjà ce SIREN.",
            ),
            models.UniqueConstraint(
                fields=["siret"],
                condition=~Q(siret=""),
                name="organisation_siret_is_unique",
                violation_error_message="Une organisation porte déjà ce SIRET.",
            ),
            models.UniqueConstraint(
                fields=["rna"],
                condition=~Q(rna=""),
                name="organisation_rna_is_unique",
                violation_error_message="Une organisation porte déjà ce numéro RNA.",
            ),
            models.CheckConstraint(
                name="organisation_siren_has_nine_digits",
                condition=Q(siren="") | Q(siren__regex=r"^[0-9]{9}$"),
            ),
            models.CheckConstraint(
                name="organisation_siret_has_fourteen_digits",
                condition=Q(siret="") | Q(siret__regex=r"^[0-9]{14}$"),
            ),
            models.CheckConstraint(
                name="organisation_rna_is_well_formed",
                condition=Q(rna="") | Q(rna__regex=r"^W[0-9A-Z]{9}$"),
            ),
            models.CheckConstraint(
                name="organisation_maturity_is_on_the_scale",
                condition=Q(maturity=None) | Q(maturity__lte=3),
            ),
            models.CheckConstraint(
                name="organisation_merged_is_archived",
                condition=Q(merged_into=None) | Q(archived_at__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_has_a_name", condition=~Q(name="")
            ),
            models.CheckConstraint(
                name="organisation_sub_kind_suits_its_kind", condition=_suited()
            ),
            models.CheckConstraint(
                name="organisation_hides_only_what_can_be_hidden",
                condition=Q(hidden_parts__contained_by=sorted(HIDEABLE_PARTS)),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="organisation_words_are_found"),
            models.Index(
                fields=["search_key", "id"],
                condition=Q(archived_at=None),
                name="organisation_sorts_by_name",
            ),
            # What the directory reads of every row, without reading the texts.
            models.Index(
                fields=["id"],
                include=["search_key", "hidden_parts", "kind", "size", "seat"],
                condition=Q(archived_at=None),
                name="organisation_is_filtered",
            ),
            models.Index(fields=["seat", "id"], name="organisation_is_found_by_seat"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_seat(self) -> Territory | None:
        """The seat as anybody may read it: none when places are hidden."""
        return None if Part.PLACES in self.hidden_parts else self.seat


@keep_changes(found_by=["organisation"])
class Establishment(models.Model):
    """A place where an organisation works, besides its seat."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="establishments",
        verbose_name="organisation",
    )
    name = models.CharField("nom", max_length=200, blank=True)
    commune = models.ForeignKey(
        Territory,
        models.PROTECT,
        related_name="establishments",
        verbose_name="commune",
    )
    siret = models.CharField("SIRET", max_length=14, blank=True)

    class Meta:
        verbose_name = "établissement"
        verbose_name_plural = "établissements"
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                condition=~Q(siret=""),
                name="establishment_siret_is_unique",
            ),
            models.CheckConstraint(
                name="establishment_siret_has_fourteen_digits",
                condition=Q(siret="") | Q(siret__regex=r"^[0-9]{14}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.organisation.name
