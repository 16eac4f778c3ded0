from django.db import transaction
from django.utils import timezone

from alliances.description.parts import Refusals
from alliances.models import Exclusion
from alliances.selectors.parts import refusals_of
from alliances.services.organisations.editing import announce, lock_for

Key = tuple[str, str, int | None]


@transaction.atomic
def save_exclusions(
    organisation_id: int, refusals: Refusals, *, seen: str | None = None
) -> bool:
    """Save whom the organisation refuses; tell whether anything changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved them since ``seen``.
    """
    organisation, differs = lock_for(
        organisation_id, refusals, read=refusals_of, seen=seen
    )
    if differs:
        wished = _keys(refusals)
        for row in Exclusion.objects.filter(organisation=organisation):
            key = (row.kind, row.sector, row.other_id)
            if key in wished:
                wished.remove(key)
            else:
                row.delete()
        Exclusion.objects.bulk_create(
            Exclusion(
                organisation=organisation, kind=kind, sector=sector, other_id=other
            )
            for kind, sector, other in sorted(wished, key=str)
        )
        organisation.exclusions_answered_at = (
            timezone.now() if refusals.is_answered else None
        )
        organisation.save(update_fields=["exclusions_answered_at"])
        announce(organisation)
    return differs


def _keys(refusals: Refusals) -> set[Key]:
    keys: set[Key] = {(kind, "", None) for kind in refusals.kinds}
    keys |= {("", sector, None) for sector in refusals.sectors}
    keys |= {("", "", other) for other in refusals.organisations}
    return keys
