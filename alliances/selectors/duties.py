"""What a person looks after beyond their own organisations, and how much waits there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy import Person, is_administrator, is_elevated, may_open, visible
from alliances.models import Claim, Report
from alliances.policy import waiting_for
from alliances.selectors.moderation import waiting_reports

CLAIMS, REPORTS, MERGES = (
    "alliances:claim_list",
    "moderation:report_list",
    "alliances:merge_choose",
)
LABELS = {
    CLAIMS: _("Demandes de rattachement"),
    REPORTS: _("Signalements"),
    MERGES: _("Réunir deux organisations"),
}


@dataclass(frozen=True)
class Duty:
    """One page of those who look after others; ``waiting`` is 0 when nothing does."""

    route: str
    waiting: int = 0

    @property
    def label(self) -> Promise:
        return LABELS[self.route]


def duties_of(person: Person, *, catalyses: bool) -> list[Duty]:
    """Return what ``person`` looks after; whether they catalyse is known already.

    An administrator is led by these pages to ask for an extended access, without which
    nothing is counted either.
    """
    opens_all = is_elevated(person)
    shown = [CLAIMS] if catalyses or opens_all else []
    if is_administrator(person):
        shown += [REPORTS, MERGES]
    return [
        Duty(route, _waiting(person, route) if may_open(person, route) else 0)
        for route in shown
    ]


def _waiting(person: Person, route: str) -> int:
    if route == CLAIMS:
        return waiting_for(person, Claim.objects.all()).count()
    if route == REPORTS:
        return waiting_reports(visible(person, Report.objects.all())).count()
    return 0
