"""Writes each part of an intention; who calls holds the lock of its organisation."""

from decimal import Decimal

from alliances.description.parts import (
    Domains,
    Line,
    Means,
    Naming,
    Reach,
    Square,
    Terms,
)
from alliances.models import Intention, IntentionDomain, Need, Offer
from alliances.models.intention import SQUARE_FIELDS


def write_naming(intention: Intention, naming: Naming) -> None:
    intention.title = naming.title
    intention.save(update_fields=["title", "updated_at"])


def write_reach(intention: Intention, reach: Reach) -> None:
    intention.perimeter.set(reach.perimeter)


def write_domains(intention: Intention, domains: Domains) -> None:
    intention.domains.all().delete()
    IntentionDomain.objects.bulk_create(
        IntentionDomain(intention=intention, domain=domain, weight=weight)
        for domain, weight in domains.weights
    )


def write_square(intention: Intention, square: Square) -> None:
    weights = square.weights or (None,) * len(SQUARE_FIELDS)
    for name, weight in zip(SQUARE_FIELDS, weights, strict=True):
        setattr(intention, name, weight)
    intention.save(update_fields=[*SQUARE_FIELDS, "updated_at"])


def write_means(intention: Intention, means: Means) -> None:
    _write_lines(Need, intention, means.needs)
    _write_lines(Offer, intention, means.offers)


def _write_lines(
    model: type[Need] | type[Offer], intention: Intention, wished: tuple[Line, ...]
) -> None:
    """Update the lines that stay, so that their identity stays too."""
    left = {line.key: line for line in wished}
    for row in model.objects.filter(intention=intention):
        line = left.pop((row.means, row.territory_id or 0), None)
        if line is None:
            row.delete()
            continue
        row.note, row.unit = line.note, line.unit
        row.quantity = _quantity(line)
        row.save(update_fields=["note", "unit", "quantity"])
    for line in left.values():
        model.objects.create(
            intention=intention,
            means=line.means,
            territory_id=line.territory,
            note=line.note,
            unit=line.unit,
            quantity=_quantity(line),
        )


def _quantity(line: Line) -> Decimal | None:
    return Decimal(line.quantity) if line.quantity else None


def write_terms(intention: Intention, terms: Terms) -> None:
    intention.types = list(terms.types)
    intention.phase = terms.phase
    intention.save(update_fields=["types", "phase", "updated_at"])
