"""Proposals for programs: those of an organisation, as the asker may see them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.policy import visible
from alliances.enums import ActorKind, PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.projects import proposed_projects
from matching.selectors.cards import Card
from matching.selectors.proposals import SHOWN, Proposals, proposals_for
from territories.models import Territory
from territories.selectors.references import UnknownTerritoryError, resolve

MAX_REFERENCE_LENGTH = 70


class ComponentSerializer(serializers.Serializer[object]):
    component = serializers.CharField()
    value = serializers.FloatField(
        allow_null=True, help_text="From 0 to 1; null: unknown."
    )
    weight = serializers.FloatField()
    sentence = serializers.CharField()


class SideSerializer(serializers.Serializer[object]):
    """What one side gains."""

    score = serializers.FloatField(help_text="Weighted mean of the known components.")
    components = ComponentSerializer(many=True, source="bars")
    receives = serializers.ListField(child=serializers.CharField())
    brings = serializers.ListField(child=serializers.CharField())


class PointSerializer(serializers.Serializer[object]):
    rule = serializers.CharField()
    severity = serializers.CharField()
    sentence = serializers.CharField()
    origin = serializers.CharField(source="source")


class PartnerSerializer(serializers.Serializer[Organisation]):
    public_id = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ActorKind.choices)


class SideIntentionSerializer(serializers.Serializer[Intention]):
    """What one side is after in this pair; an organisation may have several."""

    public_id = serializers.CharField()
    title = serializers.CharField(help_text="May be empty for the main one.")


class ProposalSerializer(serializers.Serializer[Card]):
    """A partner, for the type asked for or else the one named for the pair.

    Proposals are between intentions: of the pairs of two organisations, the best.
    """

    rank = serializers.IntegerField()
    partner = PartnerSerializer(source="organisation")
    own_intention = SideIntentionSerializer()
    partner_intention = SideIntentionSerializer(source="intention")
    type = serializers.ChoiceField(choices=PartnershipType.choices)
    score = serializers.FloatField(help_text="√(own × partner), for this type.")
    type_scores = serializers.DictField(
        child=serializers.FloatField(allow_null=True), source="figures.type_scores"
    )
    confidence = serializers.FloatField(source="figures.confidence")
    headline = serializers.CharField(source="story.headline")
    own = SideSerializer(source="story.own")
    other = SideSerializer(source="story.other")
    points = PointSerializer(many=True, source="story.points")


class ProposalListSerializer(serializers.Serializer[Proposals]):
    is_public = serializers.BooleanField(
        help_text="Made of what both organisations publish, and of nothing else."
    )
    results = ProposalSerializer(many=True, source="cards")


class TerritoryField(forms.CharField):
    def clean(self, value: object) -> Territory | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return resolve(text).territory
        except UnknownTerritoryError as error:
            raise forms.ValidationError("%(why)s", params={"why": error}) from error


class ProposalParameters(forms.Form):
    """What an address may ask; anything wrong is refused with its sentence."""

    type = forms.ChoiceField(
        choices=[("", ""), *PartnershipType.choices], required=False
    )
    territory = TerritoryField(max_length=MAX_REFERENCE_LENGTH, required=False)
    limit = forms.IntegerField(min_value=1, max_value=SHOWN, required=False)
    intention = forms.ChoiceField(required=False)

    def __init__(self, data: Any, intentions: Sequence[Intention]) -> None:
        super().__init__(data)
        self.intentions = {one.public_id: one for one in intentions}
        choices = [("", ""), *((public_id, "") for public_id in self.intentions)]
        self.fields["intention"].choices = choices  # type: ignore[attr-defined]

    def clean_intention(self) -> Intention | None:
        return self.intentions.get(self.cleaned_data["intention"])


class ProposalListView(APIView):
    """The best partners of an organisation."""

    @extend_schema(
        summary="Proposals of an organisation, best first",
        operation_id="organisations_proposals_list",
        parameters=[
            OpenApiParameter("type", enum=PartnershipType.values),
            OpenApiParameter(
                "territory", description="Reference: only partners there."
            ),
            OpenApiParameter(
                "intention",
                description="public_id of one of its own open intentions: only its pairs.",
            ),
            OpenApiParameter("limit", int, description="From 1 to 20, 20 by default."),
        ],
        responses=ProposalListSerializer,
    )
    def get(self, request: Request, public_id: str) -> Response:
        organisations = visible(request.user, Organisation.objects.active())
        organisation = get_object_or_404(organisations, public_id=public_id)
        proposed = proposed_projects(organisation, timezone.localdate())
        parameters = ProposalParameters(request.query_params, proposed)
        if not parameters.is_valid():
            raise serializers.ValidationError(parameters.errors.get_json_data())
        asked = parameters.cleaned_data
        found = proposals_for(
            organisation,
            viewer=request.user,
            type_code=asked["type"],
            territory=asked["territory"],
            project=asked["intention"],
            limit=asked["limit"] or SHOWN,
        )
        return Response(ProposalListSerializer(found).data)
