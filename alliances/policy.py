"""Who sees and does what with organisations (docs/decisions/0007-one-policy.md).

Rights come from membership, never from the session; another organisation's object
answers as if it did not exist.
"""

from collections.abc import Set as AbstractSet

import rules
from allauth.account.models import EmailAddress
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import second_factor
from accounts.models import User
from accounts.policy import Access, Person, Rows, is_administrator, route, rows
from accounts.scopes import Scope
from alliances.description.steps import Step
from alliances.enums import (
    HIDEABLE_PARTS,
    PUBLIC_PARTS,
    RESPONSIBLE_ROLES,
    MandateRole,
    MembershipRole,
    Part,
)
from alliances.models import (
    Claim,
    Intention,
    Invitation,
    Mandate,
    Membership,
    Organisation,
)
from territories.models import Containment

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
    return _holds(person, organisation, *RESPONSIBLE_ROLES)


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
route("api:organisation-list", Access.PUBLIC, scope=Scope.DIRECTORY)
route(
    "api:organisation-detail",
    Access.PUBLIC,
    scope=Scope.DIRECTORY,
    public_id="alliances.Organisation",
)


# Members, invitations, requests to join, merges (docs/decisions/0110 to 0113).


@rules.predicate
def may_manage(person: Person, membership: Membership | None) -> bool:
    """Whoever is responsible manages members; only a signatory, another signatory."""
    if membership is None:
        return False
    asked = (
        is_signatory if membership.role == MembershipRole.SIGNATORY else is_responsible
    )
    return bool(asked(person, membership.organisation))


@rules.predicate
def may_name_signatory(person: Person, organisation: Organisation | None) -> bool:
    """A signatory names signatories; a referent, the first one."""
    if organisation is None:
        return False
    signatories = organisation.memberships.filter(role=MembershipRole.SIGNATORY)
    asked = is_signatory if signatories.exists() else is_responsible
    return bool(asked(person, organisation))


@rules.predicate
def may_decide(person: Person, claim: Claim | None) -> bool:
    """Tell whether a request to join waits for the answer of this person."""
    return (
        claim is not None
        and claim.user_id != person.pk
        and waiting_for(person, Claim.objects.filter(pk=claim.pk)).exists()
    )


@rules.predicate
def is_claimant(person: Person, claim: Claim | None) -> bool:
    return claim is not None and person.is_authenticated and claim.user_id == person.pk


@rules.predicate
def is_invited(person: Person, invitation: Invitation | None) -> bool:
    return (
        invitation is not None
        and person.is_authenticated
        and invitation.email.lower() in verified_addresses(person)
    )


rules.add_perm("alliances.view_team", is_member)
rules.add_perm("alliances.leave_organisation", is_member)
rules.add_perm("alliances.manage_team", is_responsible)
rules.add_perm("alliances.manage_member", may_manage)
rules.add_perm("alliances.name_signatory", may_name_signatory)
rules.add_perm("alliances.create_claim", rules.is_authenticated)
rules.add_perm("alliances.decide_claim", may_decide)
rules.add_perm("alliances.withdraw_claim", is_claimant)
rules.add_perm("alliances.answer_invitation", is_invited)
rules.add_perm("alliances.merge_organisations", is_administrator)


def verified_addresses(person: Person) -> frozenset[str]:
    """Return, in lower case, the addresses that this person has shown to be theirs."""
    if not person.is_authenticated:
        return frozenset()
    rows = EmailAddress.objects.filter(user=person, verified=True)
    return frozenset(rows.values_list(Lower("email"), flat=True))


def waiting_for(person: Person, claims: Rows) -> Rows:
    """Keep the requests to join that ``person`` may answer now.

    The responsible members of the organisation first; when it has none, or when they
    let the delay pass, the catalysts of its territory and the administrators too.
    """
    if not (person.is_authenticated and person.is_active):
        return claims.none()
    open_ones = claims.filter(
        state=Claim.State.PENDING, organisation__archived_at=None
    ).exclude(user=person)
    rule = models.Q(organisation__in=_responsible_of(person))
    rule |= _escalated() & _looked_after_by(person)
    return open_ones.filter(rule)


def _responsible_of(person: Person) -> Rows:
    mine = Membership.objects.filter(user=person.pk, role__in=RESPONSIBLE_ROLES)
    return mine.filter(organisation__archived_at=None).values("organisation")


def _escalated() -> models.Q:
    responsible = Membership.objects.filter(
        organisation=models.OuterRef("organisation"), role__in=RESPONSIBLE_ROLES
    )
    late = models.Q(answer_by__lt=timezone.now())
    return late | models.Q(~models.Exists(responsible))


def _looked_after_by(person: Person) -> models.Q:
    if is_administrator(person):
        return models.Q()
    territories = (
        Mandate.objects.filter(user=person.pk, role=MandateRole.CATALYST)
        .current(timezone.localdate())
        .values("territory")
    )
    communes = Containment.objects.filter(territory__in=territories).values("commune")
    return models.Q(organisation__seat__in=territories) | models.Q(
        organisation__seat__in=communes
    )


@rows(Membership)
def memberships(person: Person, queryset: Rows) -> Rows:
    """One reads who is in one's own organisations."""
    mine = Membership.objects.filter(
        user=person.pk, organisation__archived_at=None
    ).values("organisation")
    return queryset.filter(organisation__in=mine)


@rows(Claim)
def claims(person: Person, queryset: Rows) -> Rows:
    """One's own requests, those of the organisations one decides for, those to answer."""
    if not person.is_authenticated:
        return queryset.none()
    waiting = waiting_for(person, Claim.objects.all())
    return queryset.filter(
        models.Q(user=person)
        | models.Q(organisation__in=_responsible_of(person))
        | models.Q(pk__in=waiting.values("pk"))
    )


@rows(Invitation)
def invitations(person: Person, queryset: Rows) -> Rows:
    """Those of the organisations one decides for, and those received."""
    if not person.is_authenticated:
        return queryset.none()
    received = queryset.annotate(address=Lower("email"))
    return received.filter(
        models.Q(organisation__in=_responsible_of(person))
        | models.Q(
            address__in=verified_addresses(person),
            state=Invitation.State.PENDING,
            organisation__archived_at=None,
        )
    )


def _of_own(name: str, permission: str, **objects: str) -> None:
    """Declare an address of one's own organisation."""
    route(
        f"alliances:{name}",
        Access.SIGNED_IN,
        permission=permission,
        public_id="alliances.Organisation",
        **objects,
    )


_of_own("team_detail", "alliances.view_team")
_of_own("team_leave", "alliances.leave_organisation")
_of_own("invitation_create", "alliances.manage_team")
for _name in ("member_role", "member_lead", "member_remove"):
    _of_own(_name, "alliances.manage_team", person_id="alliances.Membership")
for _name in ("invitation_resend", "invitation_revoke"):
    _of_own(_name, "alliances.manage_team", invitation_id="alliances.Invitation")
# Whoever holds the link reads the name of the organisation and of who invites.
route("alliances:invitation_answer", Access.PUBLIC, link="alliances.InvitationLink")
route(
    "alliances:invitation_reply",
    Access.SIGNED_IN,
    permission="alliances.answer_invitation",
    invitation_id="alliances.Invitation",
)
# Asked of organisations that one does not belong to: no permission on them.
route("alliances:claim_create", Access.SIGNED_IN, public_id="alliances.Organisation")
route("alliances:claim_list", Access.SIGNED_IN)
for _name, _permission in (
    ("claim_detail", ""),
    ("claim_decide", "alliances.decide_claim"),
    ("claim_withdraw", "alliances.withdraw_claim"),
):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission=_permission,
        claim_id="alliances.Claim",
    )
route("alliances:merge_choose", Access.STAFF)
route(
    "alliances:merge_preview",
    Access.STAFF,
    public_id="alliances.Organisation",
    other_id="alliances.Organisation",
)
