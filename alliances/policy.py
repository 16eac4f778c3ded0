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
from accounts.policy import Access, Person, Rows, is_administrator, route, rows
from alliances.description.steps import Step
from alliances.enums import (
    HIDEABLE_PARTS,
    PARTNER_PARTS,
    PUBLIC_PARTS,
    MandateRole,
    MembershipRole,
    Part,
)
from alliances.models import (
    Intention,
    Interest,
    Introduction,
    Mandate,
    Membership,
    Organisation,
)

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


@rules.predicate
def is_partner(person: Person, organisation: Organisation | None) -> bool:
    """A person acts for an organisation that is in touch with this one now."""
    if organisation is None or not (person.is_authenticated and person.is_active):
        return False
    with_it = Introduction.objects.open().of(organisation.pk)
    return introductions(person, with_it).exists()


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
    """Active organisations are public; an archived one is for administrators."""
    if is_administrator(person):
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
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return shown - (hidden & HIDEABLE_PARTS)


def shown_to_all(organisation: Organisation) -> AbstractSet[Part]:
    """Return the parts that the directory shows to anybody: of size, the class only.

    What the directory filters and searches is held to the same parts.
    """
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return SHOWN_TO_ALL - (hidden & HIDEABLE_PARTS)


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

# Interests and introductions.
rules.add_perm("alliances.view_relations", is_member)
rules.add_perm("alliances.propose_interest", is_member)
rules.add_perm("alliances.answer_interest", is_responsible)

route(
    "alliances:relation_list",
    Access.SIGNED_IN,
    permission="alliances.view_relations",
    public_id="alliances.Organisation",
)
route(
    "alliances:introduction_detail",
    Access.SIGNED_IN,
    permission="alliances.view_relations",
    public_id="alliances.Organisation",
    introduction_id="alliances.Introduction",
)
for _name in ("interest_answer", "interest_withdraw"):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission="alliances.propose_interest",
        public_id="alliances.Organisation",
        other_id="alliances.Organisation",
    )


def _own(person: Person) -> Rows:
    """The organisations that ``person`` acts for, as a subquery."""
    mine = Membership.objects.filter(organisation__archived_at=None)
    if not (person.is_authenticated and person.is_active):
        mine = mine.none()
    else:
        mine = mine.filter(user=person)
    return mine.values("organisation")


@rows(Interest)
def interests(person: Person, queryset: Rows) -> Rows:
    """Answers are for the members of the organisation that gives them, alone."""
    return queryset.filter(organisation__in=_own(person))


@rows(Introduction)
def introductions(person: Person, queryset: Rows) -> Rows:
    """An introduction is for the members of its two sides."""
    own = _own(person)
    return queryset.filter(models.Q(low__in=own) | models.Q(high__in=own))


# The interface for programs tells public parts only.
route("api:organisation-list", Access.PUBLIC)
route("api:organisation-detail", Access.PUBLIC, public_id="alliances.Organisation")
