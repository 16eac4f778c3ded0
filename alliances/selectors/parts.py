"""Reads what each step of the guided form holds."""

from collections.abc import Callable

from alliances.description.parts import (
    Domains,
    Identity,
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
from alliances.models import Establishment, Exclusion, Intention, Organisation
from alliances.selectors.aims import domains_in, means_in, reach_in, square_in


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
    sites = Establishment.objects.filter(organisation=organisation)
    return Places(
        seat=organisation.seat_id,
        perimeter=reach_in(default_intention(organisation)).perimeter,
        sites=tuple(sorted(Site(s.commune_id, s.name, s.siret) for s in sites)),
    )


def domains_of(organisation: Organisation) -> Domains:
    return domains_in(default_intention(organisation))


def square_of(organisation: Organisation) -> Square:
    return square_in(default_intention(organisation))


def means_of(organisation: Organisation) -> Means:
    return means_in(default_intention(organisation))


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
