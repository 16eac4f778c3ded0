"""What an address may ask of the directory, for the page, its map and the API.

Parameters are in French, allow-listed, and never reach the ORM by name: each is
checked by its field, then becomes one field of ``Search``. A wrong value is refused
with its sentence; the page then ignores that parameter alone, the API answers 400.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from alliances.enums import ActorKind, FragilityDomain, Means, PartnershipType, Size
from alliances.models.organisation import OrganisationQuerySet
from alliances.search_words import search_words
from alliances.selectors.directory import Order, Relation, Search, found
from territories.fields import RADII_KM, PlaceField, RadiusField

Choices = Sequence[tuple[Any, Any]]
Words = str | Promise
MAX_TEXT_LENGTH = 200


@extend_schema_field(OpenApiTypes.STR)
class PlaceFilter(django_filters.Filter):
    field_class = PlaceField


@extend_schema_field(OpenApiTypes.INT)
class RadiusFilter(django_filters.Filter):
    field_class = RadiusField


WRONG_CHOICE = gettext_lazy("Ce choix n’existe pas : il est ignoré.")


def _choice(
    choices: Choices, label: Words, empty: Words
) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        choices=choices,
        label=label,
        empty_label=empty,
        error_messages={"invalid_choice": WRONG_CHOICE},
    )


def _several(choices: Choices, label: Words) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        choices=choices,
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": WRONG_CHOICE, "invalid_list": WRONG_CHOICE},
    )


class OrganisationFilter(django_filters.FilterSet):
    """The parameters of the directory; reused by the page, its map and the API."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Mots"), max_length=MAX_TEXT_LENGTH
    )
    territoire = PlaceFilter(label=gettext_lazy("Lieu"))
    rayon = RadiusFilter(
        label=gettext_lazy("Distance"),
        choices=[
            ("", gettext_lazy("dans ce lieu seulement")),
            *((km, gettext_lazy("à moins de %d km") % km) for km in RADII_KM),
        ],
    )
    niveau = _choice(
        Relation.choices,
        gettext_lazy("Lien avec le lieu"),
        gettext_lazy("l’un ou l’autre"),
    )
    domaine = _several(FragilityDomain.choices, gettext_lazy("Domaines"))
    offre = _several(Means.choices, gettext_lazy("Propose"))
    besoin = _several(Means.choices, gettext_lazy("Recherche"))
    nature = _several(ActorKind.choices, gettext_lazy("Nature"))
    type = _several(PartnershipType.choices, gettext_lazy("Type de partenariat"))
    taille = _several(Size.choices, gettext_lazy("Taille"))
    tri = _choice(Order.choices, gettext_lazy("Tri"), gettext_lazy("automatique"))

    @cached_property
    def search(self) -> Search:
        """What the valid parameters ask."""
        if not self.is_bound:
            return Search()
        self.form.is_valid()
        asked = self.form.cleaned_data
        territory = asked.get("territoire")
        return Search(
            words=search_words(asked.get("q") or ""),
            territory=territory,
            radius_km=asked.get("rayon") if territory else None,
            relation=(asked.get("niveau") or "") if territory else "",
            kinds=tuple(asked.get("nature") or ()),
            domains=tuple(asked.get("domaine") or ()),
            types=tuple(asked.get("type") or ()),
            offers=tuple(asked.get("offre") or ()),
            needs=tuple(asked.get("besoin") or ()),
            sizes=tuple(asked.get("taille") or ()),
        )

    @property
    def order(self) -> str:
        """The sort that is asked, empty for the one that suits the search."""
        if not self.is_bound:
            return ""
        self.form.is_valid()
        return self.form.cleaned_data.get("tri") or ""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        assert isinstance(queryset, OrganisationQuerySet)  # noqa: S101
        return found(queryset, self.search)
