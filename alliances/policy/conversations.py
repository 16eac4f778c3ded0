"""Both sides of an introduction read its conversation; each acts in its own name."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, is_elevated, route, rows
from alliances.models import Attachment, Message, Report
from alliances.policy.roles import is_member, is_responsible, own_organisations


@rows(Message)
def messages(person: Person, queryset: Rows) -> Rows:
    """A message is for the members of the two sides that speak."""
    own = own_organisations(person)
    return queryset.filter(
        models.Q(conversation__introduction__low__in=own)
        | models.Q(conversation__introduction__high__in=own)
    )


@rows(Attachment)
def attachments(person: Person, queryset: Rows) -> Rows:
    """A file goes with its message, which still stands."""
    read = messages(person, Message.objects.filter(withdrawn_at=None))
    return queryset.filter(message__in=read)


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
