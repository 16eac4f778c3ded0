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
from accounts.policy import (
    Access,
    Person,
    Rows,
    is_elevated,
    route,
    rows,
)
from accounts.scopes import Scope
from alliances.description.steps import Step
from alliances.enums import (
    HIDEABLE_PARTS,
    PARTNER_PARTS,
    PUBLIC_PARTS,
    RESPONSIBLE_ROLES,
    MandateRole,
    MembershipRole,
    Part,
)
from alliances.models import (
    Attachment,
    Claim,
    Intention,
    Interest,
    Introduction,
    Invitation,
    Mandate,
    Membership,
    Message,
    Organisation,
    Report,
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
    hidden = {Part(part) for part in organisation.hidden_parts if part in Part.values}
    return shown - (hidden & HIDEABLE_PARTS)


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


def _looked_after_by(person: Person) -> models.Q:
    if is_elevated(person):
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
route("alliances:merge_choose", Access.ELEVATED)
route(
    "alliances:merge_preview",
    Access.ELEVATED,
    public_id="alliances.Organisation",
    other_id="alliances.Organisation",
)


# Conversations. Both sides of an introduction read it; each acts in its own name.


@rows(Message)
def messages(person: Person, queryset: Rows) -> Rows:
    """A message is for the members of the two sides that speak."""
    own = _own(person)
    return queryset.filter(
        models.Q(conversation__introduction__low__in=own)
        | models.Q(conversation__introduction__high__in=own)
    )


@rows(Attachment)
def attachments(person: Person, queryset: Rows) -> Rows:
    """A file goes with its message, which still stands."""
    own = _own(person)
    return queryset.filter(
        models.Q(message__conversation__introduction__low__in=own)
        | models.Q(message__conversation__introduction__high__in=own),
        message__withdrawn_at=None,
    )


@rows(Report)
def reports(person: Person, queryset: Rows) -> Rows:
    """A report is for whoever made it, and for the moderators."""
    if is_elevated(person):
        return queryset
    return queryset.filter(by=person.pk)


@rules.predicate
def reads_warning(person: Person, report: Report | None) -> bool:
    """Those who decide for an organisation read what was decided about it."""
    return (
        report is not None
        and report.state == Report.State.UPHELD
        and bool(is_responsible(person, report.organisation))
    )


@rules.predicate
def is_author(person: Person, message: Message | None) -> bool:
    """Its author takes a message back, while they belong to the organisation."""
    return (
        message is not None
        and person.is_authenticated
        and message.author_id == person.pk
        and bool(is_member(person, message.organisation))
    )


rules.add_perm("alliances.write_message", is_member)
rules.add_perm("alliances.report_message", is_member)
rules.add_perm("alliances.withdraw_message", is_author)
rules.add_perm("alliances.close_introduction", is_responsible)
rules.add_perm("alliances.block_organisation", is_responsible)
rules.add_perm("alliances.read_warning", reads_warning)
rules.add_perm("alliances.handle_report", is_elevated)

for _name, _permission in (
    ("message_send", "alliances.write_message"),
    ("introduction_close", "alliances.close_introduction"),
    ("organisation_block", "alliances.block_organisation"),
    ("organisation_unblock", "alliances.block_organisation"),
    ("partner_report", "alliances.report_message"),
):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission=_permission,
        public_id="alliances.Organisation",
        introduction_id="alliances.Introduction",
    )
for _name, _permission in (
    ("message_withdraw", "alliances.write_message"),
    ("message_report", "alliances.report_message"),
):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission=_permission,
        public_id="alliances.Organisation",
        introduction_id="alliances.Introduction",
        message_id="alliances.Message",
    )
route(
    "alliances:attachment_download",
    Access.SIGNED_IN,
    permission="alliances.view_private_part",
    public_id="alliances.Organisation",
    introduction_id="alliances.Introduction",
    attachment_id="alliances.Attachment",
)
route("moderation:report_followup", Access.SIGNED_IN, report_id="alliances.Report")
route(
    "moderation:warning",
    Access.SIGNED_IN,
    permission="alliances.read_warning",
    report_id="alliances.Report",
)
route("moderation:report_list", Access.ELEVATED)
route(
    "moderation:report_decide",
    Access.ELEVATED,
    permission="alliances.handle_report",
    report_id="alliances.Report",
)
