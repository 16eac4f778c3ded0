"""Territories for programs: read only."""

import re

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from accounts.policy import visible
from territories.models import Territory
from territories.search_text import search_key
from territories.selectors.references import UnknownTerritoryError, resolve

POSTAL_CODE = re.compile(r"[0-9]{5}\Z")


class TerritorySerializer(serializers.ModelSerializer[Territory]):
    reference = serializers.CharField(
        read_only=True, help_text="COM-13055, EPCI-200054807, DEP-13, REG-93, FR, …"
    )

    class Meta:
        model = Territory
        fields = (
            "reference",
            "kind",
            "code",
            "name",
            "population",
            "latitude_deg",
            "longitude_deg",
            "postal_codes",
            "valid_from",
            "valid_until",
        )
        read_only_fields = fields


class TerritoryFilter(django_filters.FilterSet):
    """By kind, beginning of the name, postal code, or containing territory."""

    kind = django_filters.MultipleChoiceFilter(choices=Territory.Kind.choices)
    name = django_filters.CharFilter(
        method="starting_with", max_length=100, help_text="Beginning of the name."
    )
    postal_code = django_filters.CharFilter(method="with_postal_code", max_length=5)
    within = django_filters.CharFilter(
        method="communes_within",
        max_length=70,
        help_text="Reference of a territory: its communes.",
    )

    class Meta:
        model = Territory
        fields: tuple[str, ...] = ()

    def starting_with(
        self, queryset: QuerySet[Territory], name: str, value: str
    ) -> QuerySet[Territory]:
        return queryset.filter(search_key__startswith=search_key(value))

    def with_postal_code(
        self, queryset: QuerySet[Territory], name: str, value: str
    ) -> QuerySet[Territory]:
        if not POSTAL_CODE.match(value):
            raise serializers.ValidationError(
                {name: _("Un code postal a cinq chiffres.")}
            )
        return queryset.filter(postal_codes__contains=[value])

    def communes_within(
        self, queryset: QuerySet[Territory], name: str, value: str
    ) -> QuerySet[Territory]:
        try:
            territory = resolve(value).territory
        except UnknownTerritoryError as error:
            raise serializers.ValidationError({name: str(error)}) from error
        return queryset.filter(
            kind=Territory.Kind.COMMUNE, containers__territory=territory
        )


@extend_schema_view(
    list=extend_schema(summary="Territories, by kind then by name"),
    retrieve=extend_schema(
        summary="A territory; a former code answers its successor",
        parameters=[
            OpenApiParameter(
                "reference",
                location=OpenApiParameter.PATH,
                description="COM-13055, EPCI-200054807, DEP-13, REG-93, FR, …",
            )
        ],
    ),
)
class TerritoryViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Territory],
):
    serializer_class = TerritorySerializer
    filterset_class = TerritoryFilter
    lookup_field = "reference"
    lookup_value_converter = "str"
    queryset = Territory.objects.none()

    def get_queryset(self) -> QuerySet[Territory]:
        current = Territory.objects.current().order_by("kind", "search_key", "pk")
        return visible(self.request.user, current)

    def get_object(self) -> Territory:
        try:
            return resolve(self.kwargs["reference"]).territory
        except UnknownTerritoryError as error:
            raise Http404(str(error)) from error
