from django.utils import timezone

from alliances.description.parts import Refusals
from alliances.models import Exclusion, Organisation
from alliances.selectors.parts import refusals_of
from alliances.services.organisations.editing import saving

Key = tuple[str, str, int | None]


@saving(refusals_of)
def save_exclusions(organisation: Organisation, refusals: Refusals) -> None:
    """Save whom the organisation refuses."""
    wished = _keys(refusals)
    for row in Exclusion.objects.filter(organisation=organisation):
        key = (row.kind, row.sector, row.other_id)
        if key in wished:
            wished.remove(key)
        else:
            row.delete()
    Exclusion.objects.bulk_create(
        Exclusion(organisation=organisation, kind=kind, sector=sector, other_id=other)
        for kind, sector, other in sorted(wished, key=str)
    )
    organisation.exclusions_answered_at = (
        timezone.now() if refusals.is_answered else None
    )
    organisation.save(update_fields=["exclusions_answered_at"])


def _keys(refusals: Refusals) -> set[Key]:
    keys: set[Key] = {(kind, "", None) for kind in refusals.kinds}
    keys |= {("", sector, None) for sector in refusals.sectors}
    keys |= {("", "", other) for other in refusals.organisations}
    return keys
