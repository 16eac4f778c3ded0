from decimal import Decimal

from alliances.description.parts import Line, Means
from alliances.models import Intention, Need, Offer, Organisation
from alliances.selectors.parts import default_intention, means_of
from alliances.services.organisations.editing import saving


@saving(means_of)
def save_means(organisation: Organisation, means: Means) -> None:
    """Save what is sought and what is brought."""
    intention = default_intention(organisation)
    _write(Need, intention, means.needs)
    _write(Offer, intention, means.offers)


def _write(
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
