"""What a card or a page shows of a pair, gathered in a fixed number of queries."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from alliances.enums import Part, PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.projects import name_of, with_several
from matching.explanations import Party, Story
from matching.models import TYPES

if TYPE_CHECKING:
    from matching.kernel import Explanation
    from matching.selectors.population import Audience


@dataclass(frozen=True)
class Figures:
    """The scores of a pair of intentions, from the side of ``own``.

    ``scores`` follows ``TYPES``; None: the pair may not be proposed for that type.
    """

    own_id: int
    partner_id: int
    scores: tuple[float | None, ...]
    confidence: float
    best_type: PartnershipType
    named_type: PartnershipType

    def score(self, type_code: str) -> float | None:
        if not type_code:
            return self.scores[TYPES.index(self.best_type)]
        return self.scores[TYPES.index(type_code)]

    @property
    def type_scores(self) -> dict[PartnershipType, float | None]:
        return {
            PartnershipType(code): score
            for code, score in zip(TYPES, self.scores, strict=True)
        }


@dataclass(frozen=True)
class Card:
    """One partner: who, what for, why.

    ``parts``: parts of the partner's profile that may be shown beside the card.
    ``type``: the one looked at (asked for, else named). ``rank`` counts from 1.
    """

    rank: int
    organisation: Organisation
    intention: Intention
    own_intention: Intention
    parts: Set[Part]
    type: PartnershipType
    figures: Figures
    story: Story
    # What the projects are called, on a side that has several; otherwise empty.
    own_project: str = ""
    project: str = ""

    @property
    def score(self) -> float | None:
        return self.figures.score(self.type)

    @property
    def offers(self) -> list[str]:
        return (
            [str(line) for line in self.intention.offers.all()] if self._means else []
        )

    @property
    def needs(self) -> list[str]:
        return [str(line) for line in self.intention.needs.all()] if self._means else []

    @property
    def _means(self) -> bool:
        return Part.MEANS in self.parts

    @property
    def place(self) -> str:
        seat = self.organisation.seat
        return seat.name if seat and Part.PLACES in self.parts else ""


def cards(
    figures: Sequence[Figures],
    *,
    audience: "Audience",
    type_code: str,
    weights: Sequence[float] | None = None,
) -> list[Card]:
    """Return the cards of these pairs, in their order; ``weights`` when some are tried."""
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed
    from matching.selectors.pairs import configuration_in_use  # noqa: PLC0415
    from matching.selectors.population import population_of  # noqa: PLC0415

    if not figures:
        return []
    ids = {pk for one in figures for pk in (one.own_id, one.partner_id)}
    chosen = Intention.objects.filter(pk__in=ids)
    population = population_of(chosen, audience)
    configuration = configuration_in_use()
    if weights is not None:
        configuration = kernel.with_weights(configuration, weights)
    prepared = kernel.prepare(population.profiles, configuration)
    by_pk = _intentions(ids)
    several = with_several(
        {one.organisation_id for one in by_pk.values()}, timezone.localdate()
    )
    found: list[Card] = []
    for one in figures:
        if one.own_id not in by_pk or one.partner_id not in by_pk:
            continue
        own, partner = by_pk[one.own_id], by_pk[one.partner_id]
        code = PartnershipType(type_code or one.named_type)
        rows = population.row[own.pk], population.row[partner.pk]
        explanation = kernel.explain_pair(prepared, *rows, type_code=code)
        found.append(
            Card(
                rank=len(found) + 1,
                organisation=partner.organisation,
                intention=partner,
                own_intention=own,
                parts=shown_parts(partner.organisation, audience),
                type=code,
                figures=one,
                story=told(
                    explanation, own, partner, audience, configuration.weights.tolist()
                ),
                own_project=name_of(own) if own.organisation_id in several else "",
                project=name_of(partner) if partner.organisation_id in several else "",
            )
        )
    return found


def told(
    explanation: "Explanation",
    own: Intention,
    partner: Intention,
    audience: "Audience",
    weights: Sequence[float],
) -> Story:
    """Tell an explanation to the members of ``own``, or to anybody by names."""
    from matching.explanations import story  # noqa: PLC0415
    from matching.selectors.population import Audience  # noqa: PLC0415

    to_members = audience is Audience.PARTNERS
    return story(
        explanation,
        own=_party(own.organisation, is_reader=to_members, audience=audience),
        other=_party(partner.organisation, is_reader=False, audience=audience),
        own_is_low=own.pk < partner.pk,
        weights=weights,
    )


def shown_parts(organisation: Organisation, audience: "Audience") -> Set[Part]:
    """Return the parts of a partner's profile that ``audience`` may read."""
    from matching.selectors.population import shown_to  # noqa: PLC0415

    return shown_to(audience, tuple(organisation.hidden_parts))


def _party(
    organisation: Organisation, *, is_reader: bool, audience: "Audience"
) -> Party:
    knows_maturity = Part.MATURITY in shown_parts(organisation, audience)
    return Party(
        organisation.name,
        organisation.kind,
        organisation.maturity if knows_maturity else None,
        is_reader=is_reader,
    )


def _intentions(ids: set[int]) -> dict[int, Intention]:
    rows = Intention.objects.filter(pk__in=ids).select_related("organisation__seat")
    return rows.prefetch_related("offers", "needs", "domains").in_bulk()
