"""Which organisations a person sees, and which parts of each."""

from collections.abc import Set as AbstractSet

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, is_elevated, route, rows
from accounts.scopes import Scope
from alliances.description.steps import ProjectStep, Step
from alliances.enums import HIDEABLE_PARTS, PARTNER_PARTS, PUBLIC_PARTS, Part
from alliances.models import Intention, Membership, Organisation
from alliances.policy.introductions import is_partner
from alliances.policy.roles import is_member, is_responsible

EVERY_PART = frozenset(Part)
# The class of size is public unless hidden; the number of employees is a partner part
# (docs/decisions/0052).
SHOWN_TO_ALL = PUBLIC_PARTS | {Part.SIZE}

rules.add_perm("alliances.view_organisation", rules.always_allow)
rules.add_perm("alliances.create_organisation", rules.is_authenticated)
rules.add_perm("alliances.edit_organisation", is_member)
rules.add_perm("alliances.view_private_part", is_member)
rules.add_perm("alliances.view_journal", is_responsible)

route("alliances:organisation_list", Access.PUBLIC)
route("alliances:organisation_points", Access.PUBLIC)
route(
    "alliances:organisation_detail", Access.PUBLIC, public_id="alliances.Organisation"
)
route(
    "alliances:organisation_places", Access.PUBLIC, public_id="alliances.Organisation"
)


@rows(Organisation)
def organisations(person: Person, queryset: Rows) -> Rows:
    """Active organisations are public; an archived one is for an extended access."""
    if is_elevated(person):
        return queryset
    return queryset.filter(archived_at=None)


@rows(Intention)
def intentions(person: Person, queryset: Rows) -> Rows:
    """Open intentions are public; drafts are for the organisation's members."""
    queryset = queryset.filter(organisation__archived_at=None)
    public = models.Q(state__in=(Intention.State.OPEN, Intention.State.PAUSED))
    if person.is_authenticated:
        mine = Membership.objects.filter(user=person).values("organisation")
        return queryset.filter(public | models.Q(organisation__in=mine))
    return queryset.filter(public)


def visible_parts(person: Person, organisation: Organisation) -> AbstractSet[Part]:
    """Return the parts of ``organisation`` that ``person`` may read.

    Members read everything; members of a partner, an organisation in touch with it
    now, the parts for partners; others the public parts. What the organisation hides
    is hidden from all but its members.
    """
    if is_member(person, organisation):
        return EVERY_PART
    shown = PARTNER_PARTS if is_partner(person, organisation) else PUBLIC_PARTS
    return shown - _hidden(organisation)


def shown_to_all(organisation: Organisation) -> AbstractSet[Part]:
    """Return the parts that the directory shows to anybody: of size, the class only.

    What the directory filters and searches is held to the same parts.
    """
    return SHOWN_TO_ALL - _hidden(organisation)


def _hidden(organisation: Organisation) -> AbstractSet[Part]:
    """What it hides, among what may be hidden."""
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return hidden & HIDEABLE_PARTS


route(
    "alliances:organisation_journal",
    Access.SIGNED_IN,
    permission="alliances.view_journal",
    public_id="alliances.Organisation",
)

route("journal_overall", Access.ELEVATED)

# The guided form.
STEPS = "=" + "|".join(Step)
route(
    "alliances:organisation_create",
    Access.SIGNED_IN,
    permission="alliances.create_organisation",
)
route("alliances:my_organisations", Access.SIGNED_IN)
for _name in ("organisation_edit", "organisation_next"):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission="alliances.edit_organisation",
        public_id="alliances.Organisation",
    )
for _name in ("organisation_step", "organisation_undo"):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission="alliances.edit_organisation",
        public_id="alliances.Organisation",
        step=STEPS,
    )

# The projects of an organisation, each described by a form of its own.
PROJECT_ACTIONS = "=proposer|clore|principal|supprimer"
for _name, _more in (
    ("project_list", {}),
    ("project_create", {}),
    ("project_edit", {"project_id": "alliances.Intention"}),
    ("project_pause", {"project_id": "alliances.Intention"}),
    ("project_act", {"project_id": "alliances.Intention", "action": PROJECT_ACTIONS}),
    *(
        (
            _each,
            {"project_id": "alliances.Intention", "step": "=" + "|".join(ProjectStep)},
        )
        for _each in ("project_step", "project_undo")
    ),
):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission="alliances.edit_organisation",
        public_id="alliances.Organisation",
        **_more,
    )

# The interface for programs tells public parts only.
route("api:organisation-list", Access.PUBLIC, scope=Scope.DIRECTORY)
route(
    "api:organisation-detail",
    Access.PUBLIC,
    scope=Scope.DIRECTORY,
    public_id="alliances.Organisation",
)
