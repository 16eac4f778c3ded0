"""Organisations for programs: read only, public parts alone, whoever asks."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from accounts.policy import visible
from alliances.enums import (
    ActorKind,
    FragilityDomain,
    Means,
    Part,
    PartnershipType,
    SubKind,
)
from alliances.filters import OrganisationFilter
from alliances.models import Establishment, Intention, Organisation
from alliances.models.intention import MeansLine
from alliances.policy import shown_to_all

PUBLIC_INTENTIONS = "public_intentions"


class MeansLineSerializer(serializers.Serializer[Any]):
    means = serializers.ChoiceField(choices=Means.choices)
    note = serializers.CharField()
    territory = serializers.SerializerMethodField(
        help_text="Reference, when it holds only there."
    )

    def get_territory(self, line: MeansLine) -> str | None:
        return line.territory.reference if line.territory else None


class DomainSerializer(serializers.Serializer[object]):
    domain = serializers.ChoiceField(choices=FragilityDomain.choices)
    weight = serializers.IntegerField(min_value=0, max_value=10)


class IntentionSerializer(serializers.Serializer[Intention]):
    """What an organisation is after, in the parts that it shows to everybody."""

    public_id = serializers.CharField()
    title = serializers.CharField(help_text="May be empty for the main one.")
    is_default = serializers.BooleanField(help_text="The main one.")
    state = serializers.ChoiceField(
        choices=[
            (state.value, state.label)
            for state in (Intention.State.OPEN, Intention.State.PAUSED)
        ]
    )
    paused_until = serializers.DateField(
        allow_null=True, help_text="Last day of the pause."
    )
    perimeter = serializers.SerializerMethodField()
    domains = serializers.SerializerMethodField()
    types = serializers.SerializerMethodField()
    needs = serializers.SerializerMethodField()
    offers = serializers.SerializerMethodField()

    def get_perimeter(self, intention: Intention) -> list[str] | None:
        if not self._shows(intention, Part.PLACES):
            return None
        return [place.reference for place in intention.perimeter.all()]

    @extend_schema_field(DomainSerializer(many=True, allow_null=True))
    def get_domains(self, intention: Intention) -> object:
        if not self._shows(intention, Part.DOMAINS):
            return None
        return DomainSerializer(intention.domains.all(), many=True).data

    @extend_schema_field(
        serializers.ListField(
            child=serializers.ChoiceField(choices=PartnershipType.choices),
            allow_null=True,
        )
    )
    def get_types(self, intention: Intention) -> list[str] | None:
        return intention.types if self._shows(intention, Part.TYPES) else None

    @extend_schema_field(MeansLineSerializer(many=True, allow_null=True))
    def get_needs(self, intention: Intention) -> object:
        if not self._shows(intention, Part.MEANS):
            return None
        return MeansLineSerializer(list(intention.needs.all()), many=True).data

    @extend_schema_field(MeansLineSerializer(many=True, allow_null=True))
    def get_offers(self, intention: Intention) -> object:
        if not self._shows(intention, Part.MEANS):
            return None
        return MeansLineSerializer(list(intention.offers.all()), many=True).data

    @staticmethod
    def _shows(intention: Intention, part: Part) -> bool:
        return part in shown_to_all(intention.organisation)


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """A part that the organisation hides is null, like one that is not known."""

    url = serializers.SerializerMethodField(help_text="Page of the organisation.")
    kind = serializers.ChoiceField(choices=ActorKind.choices)
    sub_kind = serializers.ChoiceField(choices=SubKind.choices, allow_blank=True)
    website = serializers.CharField(help_text="Empty when it is not known.")
    seat = serializers.SerializerMethodField(help_text="Reference of the commune.")
    establishments = serializers.SerializerMethodField()
    size = serializers.SerializerMethodField()
    intentions = IntentionSerializer(many=True, source=PUBLIC_INTENTIONS)

    class Meta:
        model = Organisation
        fields = (
            "public_id",
            "url",
            "name",
            "kind",
            "sub_kind",
            "summary",
            "website",
            "seat",
            "establishments",
            "size",
            "is_fictitious",
            "intentions",
        )
        read_only_fields = fields

    def get_url(self, organisation: Organisation) -> str:
        path = reverse("alliances:organisation_detail", args=[organisation.public_id])
        return str(self.context["request"].build_absolute_uri(path))

    def get_seat(self, organisation: Organisation) -> str | None:
        if not organisation.seat or Part.PLACES not in shown_to_all(organisation):
            return None
        return organisation.seat.reference

    def get_establishments(self, organisation: Organisation) -> list[str] | None:
        if Part.PLACES not in shown_to_all(organisation):
            return None
        return [each.commune.reference for each in organisation.establishments.all()]

    def get_size(self, organisation: Organisation) -> str | None:
        if Part.SIZE not in shown_to_all(organisation):
            return None
        return organisation.size or None


@extend_schema_view(
    list=extend_schema(summary="Organisations; the filters are those of the directory"),
    retrieve=extend_schema(summary="An organisation"),
)
class OrganisationViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Organisation],
):
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    lookup_field = "public_id"
    lookup_value_converter = "str"
    queryset = Organisation.objects.none()

    def get_queryset(self) -> QuerySet[Organisation]:
        intentions = (
            Intention.objects.public()
            .order_by("-is_default", "pk")
            .select_related("organisation")
            .prefetch_related(
                "domains", "perimeter", "needs__territory", "offers__territory"
            )
        )
        active = (
            Organisation.objects.active()
            .for_list()
            .prefetch_related(
                Prefetch("intentions", intentions, to_attr=PUBLIC_INTENTIONS),
                Prefetch(
                    "establishments", Establishment.objects.select_related("commune")
                ),
            )
            .order_by("search_key", "pk")
        )
        return visible(self.request.user, active)
