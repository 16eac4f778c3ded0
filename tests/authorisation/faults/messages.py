"""Mistakes on conversations, files, blocks and reports."""

import rules
from rules.permissions import permissions

import accounts.policy
from alliances.models import Block, Introduction, Message, Organisation
from alliances.selectors.profile import Fact
from alliances.selectors.relations import with_both_sides
from alliances.views import attachments, conversations, directory, moderation
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


def by_the_address_alone(request, public_id, introduction_id, *, permission):
    """Forget who asks: the two identifiers are taken for a right."""
    own = Organisation.objects.get(public_id=public_id)
    rows = with_both_sides(Introduction.objects.all())
    return own, rows.get(public_id=introduction_id)


def forget_who_asks(patch, module):
    patch.setattr(module, "acting_or_404", by_the_address_alone)


@fault("alliances:message_send")
def anybody_writes(patch):
    forget_who_asks(patch, conversations)


@fault("alliances:attachment_download")
def whoever_knows_the_identifier_downloads(patch):
    forget_who_asks(patch, attachments)
    patch.setattr(attachments, "visible", everything)


@fault("alliances:message_report")
def anybody_reads_what_they_report(patch):
    forget_who_asks(patch, moderation)
    patch.setattr(conversations, "visible", everything)


@fault("alliances:organisation_block", "alliances:introduction_close")
def whoever_signs_in_decides(patch):
    for name in ("close_introduction", "block_organisation"):
        patch.setitem(permissions, f"alliances.{name}", rules.is_authenticated)
    patch.setitem(accounts.policy._rows, Introduction, everything)
    patch.setitem(accounts.policy._rows, Organisation, everything)


@fault("moderation:warning")
def a_warning_is_read_by_all(patch):
    patch.setitem(permissions, "alliances.read_warning", rules.always_allow)


@fault("alliances:organisation_detail")
def blocks_on_the_sheet(patch):
    def tell(found, read):
        blocks = Block.objects.filter(organisation=read.organisation)
        reasons = " ".join(blocks.values_list("reason", flat=True))
        return [*found, Fact("Blocages", reasons)]

    telling(patch, directory, "facts", tell)


@fault("alliances:organisation_detail")
def last_words_on_the_sheet(patch):
    def tell(found, read):
        bodies = Message.objects.values_list("body", flat=True)
        return [*found, Fact("Messages", " ".join(bodies))]

    telling(patch, directory, "facts", tell)
