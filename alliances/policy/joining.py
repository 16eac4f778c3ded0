"""Members, invitations, requests to join, merges (docs/decisions/0110 to 0113)."""

import rules
from allauth.account.models import EmailAddress
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.policy import Access, Person, Rows, is_elevated, route, rows
from alliances.enums import RESPONSIBLE_ROLES, MandateRole, MembershipRole
from alliances.models import Claim, Invitation, Mandate, Membership, Organisation
from alliances.policy.roles import is_member, is_responsible, is_signatory
from territories.models import Containment


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
rules.add_perm("alliances.merge_organisations", is_elevated)


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


def catalysing(person: Person) -> Rows:
    """Return the mandates that have ``person`` look after territories today."""
    held = Mandate.objects.filter(user=person.pk, role=MandateRole.CATALYST)
    return held.current(timezone.localdate())


def _looked_after_by(person: Person) -> models.Q:
    if is_elevated(person):
        return models.Q()
    territories = catalysing(person).values("territory")
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
route("alliances:merge_choose", Access.ELEVATED)
route(
    "alliances:merge_preview",
    Access.ELEVATED,
    public_id="alliances.Organisation",
    other_id="alliances.Organisation",
)
