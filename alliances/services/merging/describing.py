"""What the kept organisation lacks, and the absorbed one says."""

from alliances.enums import SUB_KINDS_OF
from alliances.identifiers.checks import Identifier
from alliances.models import Organisation

# Filled when empty; what the kept one says is never replaced.
COMPLETED = (
    "sub_kind",
    "economic_model",
    "summary",
    "website",
    "seat_id",
    "staff",
    "size",
    "general_interest",
    "maturity",
    "sectors",
    "values",
    "network_head_id",
    "exclusions_answered_at",
)
EMPTY: tuple[object, ...] = ("", None, [])


def complete_description(kept: Organisation, absorbed: Organisation) -> list[str]:
    """Fill what is empty; return the names of the fields filled.

    What either hides stays hidden, and the smaller number of solicitations holds.
    """
    filled = [name for name in COMPLETED if _lacks(kept, absorbed, name)]
    for name in filled:
        setattr(kept, name, getattr(absorbed, name))
    kept.hidden_parts = sorted({*kept.hidden_parts, *absorbed.hidden_parts})
    kept.solicitation_budget = min(
        kept.solicitation_budget, absorbed.solicitation_budget
    )
    filled += _take_identifiers(kept, absorbed)
    kept.save()
    return filled


def _lacks(kept: Organisation, absorbed: Organisation, name: str) -> bool:
    value = getattr(absorbed, name)
    if value in EMPTY or getattr(kept, name) not in EMPTY:
        return False
    if name == "sub_kind":
        return value in SUB_KINDS_OF[kept.kind]
    return not (name == "network_head_id" and value == kept.pk)


def _take_identifiers(kept: Organisation, absorbed: Organisation) -> list[str]:
    """Take the numbers that the kept one lacks; another number stays where it was.

    Unique at any time: the absorbed one gives them up first.
    """
    taken = {
        identifier.value: getattr(absorbed, identifier)
        for identifier in Identifier
        if getattr(absorbed, identifier) and not getattr(kept, identifier)
    }
    for name, number in taken.items():
        setattr(absorbed, name, "")
        setattr(kept, name, number)
    absorbed.save(update_fields=[*taken, "updated_at"])
    return list(taken)
