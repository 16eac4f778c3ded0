"""Who sees which proposals, and what is told of them.

Members of an organisation see its proposals in full; everybody else the version made
of public parts (``matching.selectors.proposals``). A proposal is never readable by a
third organisation: it holds what each side gains.
"""

import rules
from django.db import models

from accounts.policy import (
    Access,
    Person,
    Rows,
    is_administrator,
    is_elevated,
    route,
    rows,
)
from accounts.scopes import Scope
from alliances.models import Membership
from alliances.policy import is_member
from alliances.policy.roles import is_catalyst_over
from matching.models import (
    BalancedPlace,
    BalancedProposal,
    BalancedSet,
    ChangedIntention,
    Configuration,
    ListEnd,
    Proposal,
    Run,
    RunBlock,
    RunLists,
    RunPicture,
    Signal,
)

rules.add_perm("matching.view_proposals", is_member)
rules.add_perm("matching.view_public_proposals", rules.always_allow)
rules.add_perm("matching.request_run", is_administrator)
# Who is proposed to whom in a territory, and never what a pair scores.
rules.add_perm("matching.view_balance", is_catalyst_over | is_elevated)

ORGANISATION = "alliances.Organisation"
route("matching:my_proposals", Access.PUBLIC)
route("matching:configuration_list", Access.PUBLIC)
route("matching:proposal_list", Access.PUBLIC, public_id=ORGANISATION)
route("matching:proposal_preview", Access.PUBLIC, public_id=ORGANISATION)
route("matching:partner_search", Access.PUBLIC, public_id=ORGANISATION)
route("matching:proposal_compare", Access.PUBLIC, public_id=ORGANISATION)
route("matching:comparison_export", Access.PUBLIC, public_id=ORGANISATION)
route(
    "matching:proposal_detail",
    Access.PUBLIC,
    public_id=ORGANISATION,
    other_id=ORGANISATION,
)
route("matching:table_territory", Access.PUBLIC, reference="territories.Territory")
route(
    "matching:table_pair",
    Access.PUBLIC,
    public_id=ORGANISATION,
    other_id=ORGANISATION,
)
route(
    "matching:pair_places",
    Access.PUBLIC,
    public_id=ORGANISATION,
    other_id=ORGANISATION,
)
route(
    "matching:proposal_progress",
    Access.SIGNED_IN,
    permission="matching.view_proposals",
    public_id=ORGANISATION,
)
route(
    "matching:proposal_refresh",
    Access.SIGNED_IN,
    permission="matching.view_proposals",
    public_id=ORGANISATION,
)

for _name in ("detail", "export", "progress", "refresh"):
    route(
        f"matching:balance_{_name}",
        Access.SIGNED_IN,
        permission="matching.view_balance",
        reference="territories.Territory",
    )


@rows(Proposal)
def proposals(person: Person, queryset: Rows) -> Rows:
    """Keep those of the organisations that ``person`` acts for."""
    if not (person.is_authenticated and person.is_active):
        return queryset.none()
    mine = Membership.objects.filter(
        user=person, organisation__archived_at=None
    ).values("organisation")
    return queryset.filter(
        models.Q(low__organisation__in=mine) | models.Q(high__organisation__in=mine)
    )


@rows(Configuration)
def configurations(person: Person, queryset: Rows) -> Rows:
    """Every weight and every change of it is public."""
    return queryset


def _for_staff(person: Person, queryset: Rows) -> Rows:
    return queryset if is_administrator(person) else queryset.none()


# Balanced sets are read through a territory, that ``matching.view_balance`` opens.
for _model in (
    Run,
    RunBlock,
    RunLists,
    RunPicture,
    ListEnd,
    ChangedIntention,
    BalancedSet,
    BalancedPlace,
    BalancedProposal,
):
    rows(_model)(_for_staff)


@rows(Signal)
def signals(person: Person, queryset: Rows) -> Rows:
    """Nobody reads them one by one: only what many say together is told."""
    return queryset.none()


route(
    "api:proposal-list",
    Access.PUBLIC,
    scope=Scope.PROPOSALS,
    public_id="alliances.Organisation",
)
