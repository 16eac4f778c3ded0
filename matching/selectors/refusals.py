"""Proposals without those between organisations of which one refuses the other."""

from alliances.models import Intention, Organisation
from alliances.selectors.refusals import Refusals
from matching.selectors.cards import Figures


def without_refusals(organisation: Organisation, found: list[Figures]) -> list[Figures]:
    """Leave out whom the organisation now refuses, or who now refuses it."""
    owner = dict(
        Intention.objects.filter(pk__in=[one.partner_id for one in found]).values_list(
            "pk", "organisation_id"
        )
    )
    refusals = Refusals({organisation.pk, *owner.values()})
    return [
        one
        for one in found
        if one.partner_id in owner
        and not refusals.between(organisation.pk, owner[one.partner_id])
    ]
