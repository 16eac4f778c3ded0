"""Reads what each step of the guided form holds of one intention."""

from collections.abc import Callable

from alliances.description.parts import (
    Domains,
    Line,
    Means,
    Naming,
    ProjectPart,
    Reach,
    Square,
    Terms,
)
from alliances.description.steps import ProjectStep
from alliances.enums import FragilityDomain
from alliances.enums import Means as MeansCode
from alliances.models import Intention, Need, Offer

DOMAIN_ORDER = {domain: place for place, domain in enumerate(FragilityDomain.values)}
MEANS_ORDER = {means: place for place, means in enumerate(MeansCode.values)}


def naming_in(intention: Intention) -> Naming:
    return Naming(intention.title)


def reach_in(intention: Intention) -> Reach:
    perimeter = intention.perimeter.order_by("pk")
    return Reach(tuple(perimeter.values_list("pk", flat=True)))


def domains_in(intention: Intention) -> Domains:
    pairs = [(row.domain, row.weight) for row in intention.domains.filter(weight__gt=0)]
    return Domains(tuple(sorted(pairs, key=lambda pair: DOMAIN_ORDER[pair[0]])))


def square_in(intention: Intention) -> Square:
    return Square(intention.square)


def means_in(intention: Intention) -> Means:
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


def terms_in(intention: Intention) -> Terms:
    return Terms(tuple(intention.types), intention.phase)


PROJECT_READERS: dict[ProjectStep, Callable[[Intention], ProjectPart]] = {
    ProjectStep.NAME: naming_in,
    ProjectStep.PLACES: reach_in,
    ProjectStep.DOMAINS: domains_in,
    ProjectStep.SQUARE: square_in,
    ProjectStep.MEANS: means_in,
    ProjectStep.OPENNESS: terms_in,
}
