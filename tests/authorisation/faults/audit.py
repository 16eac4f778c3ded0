"""Mistakes that somebody could write about journals and extended access."""

import rules
from rules.permissions import permissions

import accounts.policy
from alliances.selectors.journal.names import names_for
from alliances.selectors.journal.reading import journal_page
from alliances.selectors.journal.wording import told
from alliances.selectors.profile import Fact
from alliances.views import directory, journal
from tests.authorisation.faults import fault, telling

JOURNAL = "alliances:organisation_journal"


@fault(JOURNAL)
def who_signs_in_reads_a_journal(patch):
    patch.setitem(permissions, "alliances.view_journal", rules.is_authenticated)


@fault(JOURNAL)
def a_journal_forgets_to_ask(patch):
    patch.setattr(journal, "can", lambda *args: True)


@fault("alliances:organisation_detail")
def the_public_page_tells_the_last_changes(patch):
    def last_changes(facts, read):
        page = journal_page(read.organisation, subject=None, number=1)
        names = names_for(page.changes, read.organisation)
        lines = [told(change, names).sentence for change in page.changes]
        return [*facts, Fact("Journal", " ".join(lines))]

    telling(patch, directory, "facts", last_changes)


@fault("portal:gallery")
def who_signs_in_is_staff(patch):
    patch.setattr(
        accounts.policy, "is_administrator", lambda person: person.is_authenticated
    )
