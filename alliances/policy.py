"""Who sees and does what with organisations (docs/decisions/0007-one-policy.md).

Rights come from membership, never from the session; another organisation's object
answers as if it did not exist.
"""

from collections.abc import Set as AbstractSet

import rules
from django.db import models
from django.utils import timezone

from accounts import second_factor
from accounts.models import User
from accounts.policy import Access, Person, Rows, is_elevated, route, rows
from alliances.description.steps import Step
from alliances.enums import (
    HIDEABLE_PARTS,
    PUBLIC_PARTS,
    MandateRole,
    MembershipRole,
    Part,
)
from alliances.models import Intention, Mandate, Membership, Organisation

EVERY_PART = frozenset(Part)
# The class of size is public unless hidden; the number of employees is a partner part
# (docs/decisions/0052).
SHOWN_TO_ALL = PUBLIC_PARTS | {Part.SIZE}


@rules.predicate
def is_member(person: Person, organisation: Organisation | None) -> bool:
    """A person acts for an active organisation that they belong to."""
    return (
        organisation is not None
        and person.is_authenticated
        and person.is_active
        and organisation.archived_at is None
        and Membership.objects.filter(user=person, organisation=organisation).exists()
    )


def _holds(person: Person, organisation: Organisation | None, *roles: str) -> bool:
    return (
        organisation is not None
        and person.is_authenticated
        and person.is_active
        and organisation.archived_at is None
        and Membership.objects.filter(
            user=person, organisation=organisation, role__in=roles
        ).exists()
    )


@rules.predicate
def is_responsible(person: Person, organisation: Organisation | None) -> bool:
    """A referent decides for the organisation; a signatory does what a referent does."""
    return _holds(
        person, organisation, MembershipRole.REFERENT, MembershipRole.SIGNATORY
    )


@rules.predicate
def is_signatory(person: Person, organisation: Organisation | None) -> bool:
    return _holds(person, organisation, MembershipRole.SIGNATORY)


@rules.predicate
def is_catalyst_of(person: Person, organisation: Organisation | None) -> bool:
    """A catalyst looks after organisations whose seat is in the mandate's territory."""
    return (
        organisation is not None
        and organisation.seat_id is not None
        and person.is_authenticated
        and person.is_active
        and Mandate.objects.filter(user=person, role=MandateRole.CATALYST)
        .current(timezone.localdate())
        .over(organisation.seat_id)
        .exists()
    )


@second_factor.requires
def engages_others(person: User) -> bool:
    """A signatory binds an organisation, a catalyst looks after those of a place."""
    signs = Membership.objects.filter(user=person, role=MembershipRole.SIGNATORY)
    catalyses = Mandate.objects.filter(user=person, role=MandateRole.CATALYST).current(
        timezone.localdate()
    )
    return signs.values("pk").union(catalyses.values("pk"), all=True).exists()


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

    Members read everything; others the public parts, less those that the
    organisation hides. Parts shown to partners come with introductions.
    """
    if is_member(person, organisation):
        return EVERY_PART
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return PUBLIC_PARTS - (hidden & HIDEABLE_PARTS)


def shown_to_all(organisation: Organisation) -> AbstractSet[Part]:
    """Return the parts that the directory shows to anybody: of size, the class only.

    What the directory filters and searches is held to the same parts.
    """
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return SHOWN_TO_ALL - (hidden & HIDEABLE_PARTS)


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

# The interface for programs tells public parts only.
route("api:organisation-list", Access.PUBLIC)
route("api:organisation-detail", Access.PUBLIC, public_id="alliances.Organisation")
