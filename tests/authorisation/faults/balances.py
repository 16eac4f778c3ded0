"""Mistakes on the balanced sets of a territory."""

import rules
from rules.permissions import permissions

from alliances.models import Membership
from matching.views import balance
from tests.authorisation.faults import fault

DETAIL = "matching:balance_detail"
EXPORT = "matching:balance_export"
PROGRESS = "matching:balance_progress"


def opened_by(patch, predicate):
    """Open the sets to whom ``predicate`` says, as if they looked after the place."""
    patch.setitem(permissions, "matching.view_balance", predicate)
    patch.setattr(balance, "is_catalyst_over", lambda *_: True)


@fault(DETAIL, EXPORT, PROGRESS)
def balanced_sets_of_any_territory(patch):
    patch.setattr(balance, "can", lambda *_: True)
    patch.setattr(balance, "is_catalyst_over", lambda *_: True)


@fault(DETAIL)
def whoever_signs_in_looks_after_the_place(patch):
    opened_by(patch, rules.is_authenticated)


@fault(EXPORT)
def members_of_the_place_read_its_balanced_sets(patch):
    def acts_there(person, territory):
        return (
            person.is_authenticated
            and Membership.objects.filter(
                user=person.pk, organisation__seat=territory
            ).exists()
        )

    opened_by(patch, rules.predicate(acts_there, name="acts_there"))
