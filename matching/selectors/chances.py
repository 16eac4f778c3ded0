"""Whom a member also meets because proposals are shared out in a territory."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.policy import Person, can
from alliances.enums import PartnershipType
from alliances.models import Intention, Organisation
from matching.selectors.asked import Asked
from matching.selectors.balances import balanced_figures
from matching.selectors.lists import ProposalPage
from matching.selectors.proposals import best_figures

FIRST = 5
SHOWN = 3


@dataclass(frozen=True)
class Chance:
    """A partner of a balanced set that is not among the first of the list."""

    organisation: Organisation
    type: PartnershipType


def chances(found: ProposalPage, asked: Asked, *, viewer: Person) -> list[Chance]:
    """Return a few partners of the balanced sets, for the first page of a member."""
    is_member = can(viewer, "matching.view_proposals", found.organisation)
    is_narrowed = asked.zone or asked.kinds or asked.domains or asked.trial
    if not is_member or is_narrowed or found.page.number > 1:
        return []
    figures = balanced_figures(
        found.organisation, timezone.localdate(), type_code=asked.type_code
    )
    without = found.aside.organisation_ids
    best = best_figures(figures, asked.type_code, without=without)
    owners = Intention.objects.select_related("organisation").in_bulk(
        [one.partner_id for one in best]
    )
    first = {card.organisation.pk for card in found.cards[:FIRST]}
    shared = [
        Chance(
            owners[one.partner_id].organisation,
            PartnershipType(asked.type_code or one.named_type),
        )
        for one in best
    ]
    return [one for one in shared if one.organisation.pk not in first][:SHOWN]
