"""What a person looks after beyond their own organisations, and how much waits there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy import Person, is_administrator, is_elevated, visible
from alliances.models import Claim, Report
from alliances.policy import waiting_for
from alliances.selectors.moderation import waiting_reports

CLAIMS, SUGGESTIONS, REPORTS, MERGES = (
    "alliances:claim_list",
    "alliances:suggestion_list",
    "moderation:report_list",
    "alliances:merge_choose",
)
LABELS = {
    CLAIMS: _("Demandes de rattachement"),
    SUGGESTIONS: _("Rencontres que vous suggérez"),
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

    Reports and merges open to an extended access: an administrator without one is led
    to ask for it, and nothing is counted before.
    """
    opens_all = bool(is_elevated(person))
    duties = []
    if catalyses or opens_all:
        duties.append(Duty(CLAIMS, waiting_for(person, Claim.objects.all()).count()))
    if catalyses:
        duties.append(Duty(SUGGESTIONS))
    if is_administrator(person):
        reports = _reports(person) if opens_all else 0
        duties += [Duty(REPORTS, reports), Duty(MERGES)]
    return duties


def _reports(person: Person) -> int:
    return waiting_reports(visible(person, Report.objects.all())).count()
