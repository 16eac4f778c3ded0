"""How far the description of an organisation is, step by step."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from alliances.description.completeness import Filled, Item, advice_for, missing_of
from alliances.description.steps import AnyStep, Step
from alliances.enums import PartnershipType
from alliances.models import Intention, IntentionDomain, Need, Offer, Organisation

ADVICE_ON_PROJECTS = frozenset({"perimeter", "type"})


@dataclass(frozen=True, slots=True)
class Progress:
    """What is missing to be proposed, and what would help."""

    missing: list[Item]
    advice: list[Item]
    filled: Filled

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def state_of(self, step: AnyStep) -> str:
        """``todo``, ``problem``, ``done`` or ``optional``, for the list of steps."""
        if any(item.step == step for item in self.missing):
            return "todo"
        if any(item.code == "type" and item.step == step for item in self.advice):
            return "problem"
        is_advised = any(item.step == step for item in self.advice)
        if is_advised or step == Step.VISIBILITY:  # right as it is by default
            return "optional"
        return "done"


def with_filled(intentions: QuerySet[Intention]) -> QuerySet[Intention]:
    """Annotate what tells how complete an intention is, in one query."""
    mine = OuterRef("pk")
    perimeter = Intention.perimeter.through.objects.filter(intention_id=mine)
    domains = IntentionDomain.objects.filter(intention=mine, weight__gt=0)
    return intentions.select_related("organisation").annotate(
        has_perimeter=Exists(perimeter),
        has_domain=Exists(domains),
        has_need=Exists(Need.objects.filter(intention=mine)),
        has_offer=Exists(Offer.objects.filter(intention=mine)),
    )


def progress_of(organisation: Organisation) -> Progress:
    """Return what the default intention of ``organisation`` lacks."""
    intention = with_filled(
        Intention.objects.filter(organisation=organisation, is_default=True)
    ).get()
    return progress_of_annotated(intention)


def progress_of_project(intention: Intention) -> Progress:
    """Return what one project lacks; what is the organisation's is advised elsewhere."""
    found = progress_of_annotated(
        with_filled(Intention.objects.filter(pk=intention.pk)).get()
    )
    advice = [item for item in found.advice if item.code in ADVICE_ON_PROJECTS]
    return Progress(found.missing, advice, found.filled)


def progress_by_organisation(
    organisations: Iterable[Organisation],
) -> dict[int, Progress]:
    """Return the progress of several organisations, in one query."""
    rows = Intention.objects.filter(organisation__in=organisations, is_default=True)
    return {
        row.organisation_id: progress_of_annotated(row) for row in with_filled(rows)
    }


def progress_of_annotated(intention: Intention) -> Progress:
    """Return the progress of an intention that went through :func:`with_filled`."""
    organisation = intention.organisation
    row = vars(intention)
    filled = Filled(
        has_seat=organisation.seat_id is not None,
        has_perimeter=row["has_perimeter"],
        has_domain=row["has_domain"],
        has_square=intention.square is not None,
        has_need=row["has_need"],
        has_offer=row["has_offer"],
        has_type=bool(intention.types),
        knows_general_interest=organisation.general_interest is not None
        or PartnershipType.PATRONAGE not in intention.types,
        has_answered_refusals=organisation.exclusions_answered_at is not None,
    )
    return Progress(missing_of(filled), advice_for(filled), filled)
