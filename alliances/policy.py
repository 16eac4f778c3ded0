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
    Attachment,
    Intention,
    Interest,
    Introduction,
    Mandate,
    Membership,
    Message,
    Organisation,
    Report,
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
    if is_administrator(person):
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
rules.add_perm("alliances.handle_report", is_administrator)

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
route("moderation:report_list", Access.STAFF)
route(
    "moderation:report_decide",
    Access.STAFF,
    permission="alliances.handle_report",
    report_id="alliances.Report",
)
