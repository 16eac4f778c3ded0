"""Reads what each step of the guided form holds."""

from collections.abc import Callable
from typing import TypeVar

from alliances.description.parts import (
    Domains,
    Identity,
    Line,
    Means,
    Openness,
    Part,
    Places,
    Refusals,
    Site,
    Square,
    Visibility,
)
from alliances.description.steps import Step
from alliances.enums import FragilityDomain
from alliances.enums import Means as MeansCode
from alliances.models import (
    Establishment,
    Exclusion,
    Intention,
    Need,
    Offer,
    Organisation,
)

P = TypeVar("P", bound=Part)
DOMAIN_ORDER = {domain: place for place, domain in enumerate(FragilityDomain.values)}
MEANS_ORDER = {means: place for place, means in enumerate(MeansCode.values)}


def default_intention(organisation: Organisation) -> Intention:
    """Return the intention that the guided form fills in."""
    return organisation.intentions.get(is_default=True)


def identity_of(organisation: Organisation) -> Identity:
    return Identity(
        name=organisation.name,
        kind=organisation.kind,
        sub_kind=organisation.sub_kind,
        economic_model=organisation.economic_model,
        summary=organisation.summary,
        website=organisation.website,
        siren=organisation.siren,
        siret=organisation.siret,
        rna=organisation.rna,
        staff=organisation.staff,
        size=organisation.size,
        sectors=tuple(organisation.sectors),
    )


def places_of(organisation: Organisation) -> Places:
    perimeter = default_intention(organisation).perimeter.order_by("pk")
    sites = Establishment.objects.filter(organisation=organisation)
    return Places(
        seat=organisation.seat_id,
        perimeter=tuple(perimeter.values_list("pk", flat=True)),
        sites=tuple(sorted(Site(s.commune_id, s.name, s.siret) for s in sites)),
    )


def domains_of(organisation: Organisation) -> Domains:
    rows = default_intention(organisation).domains.filter(weight__gt=0)
    pairs = [(row.domain, row.weight) for row in rows]
    return Domains(tuple(sorted(pairs, key=lambda pair: DOMAIN_ORDER[pair[0]])))


def square_of(organisation: Organisation) -> Square:
    return Square(default_intention(organisation).square)


def means_of(organisation: Organisation) -> Means:
    intention = default_intention(organisation)
    return Means(
        needs=_lines(list(intention.needs.all())),
        offers=_lines(list(intention.offers.all())),
    )


def _lines(rows: list[Need] | list[Offer]) -> tuple[Line, ...]:
    lines = [
        Line(
            means=row.means,
            territory=row.territory_id,
            note=row.note,
            quantity="" if row.quantity is None else f"{row.quantity.normalize():f}",
            unit=row.unit,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (MEANS_ORDER[line.means], line.key)))


def openness_of(organisation: Organisation) -> Openness:
    intention = default_intention(organisation)
    return Openness(
        types=tuple(intention.types),
        phase=intention.phase,
        maturity=organisation.maturity,
        general_interest=organisation.general_interest,
        values=tuple(organisation.values),
    )


def refusals_of(organisation: Organisation) -> Refusals:
    rows = Exclusion.objects.filter(organisation=organisation)
    found = list(rows.values_list("kind", "sector", "other_id"))
    return Refusals(
        kinds=tuple(sorted(kind for kind, _, _ in found if kind)),
        sectors=tuple(sorted(sector for _, sector, _ in found if sector)),
        organisations=tuple(sorted(other for _, _, other in found if other)),
        is_answered=organisation.exclusions_answered_at is not None,
    )


def visibility_of(organisation: Organisation) -> Visibility:
    intention = default_intention(organisation)
    until = intention.paused_until
    return Visibility(
        hidden_parts=tuple(sorted(organisation.hidden_parts)),
        state=intention.state,
        paused_until=until.isoformat() if until else "",
        solicitation_budget=organisation.solicitation_budget,
    )


READERS: dict[Step, Callable[[Organisation], Part]] = {
    Step.IDENTITY: identity_of,
    Step.PLACES: places_of,
    Step.DOMAINS: domains_of,
    Step.SQUARE: square_of,
    Step.MEANS: means_of,
    Step.OPENNESS: openness_of,
    Step.REFUSALS: refusals_of,
    Step.VISIBILITY: visibility_of,
}
