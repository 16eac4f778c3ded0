"""What the page of a balanced set prints: tabs, figures in words, charts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.enums import PartnershipType
from jobs.models import Job
from matching.models import BalancedSet
from matching.selectors.balances import Bar, distribution
from matching.views.addresses import TypeLink
from matching.views.shown import WHOLE, percentage
from territories.models import Territory

TINY = 1e-6


@dataclass(frozen=True)
class Waiting:
    """A computation that waits, runs, failed or has just ended."""

    state: str
    value_pct: int | None = None


@dataclass(frozen=True)
class Figures:
    """The measures of a set, as printed; percentages are whole numbers."""

    before_pct: int
    after_pct: int
    loss_pct: float
    gap_pct: float
    is_best: bool
    missing_count: int


@dataclass(frozen=True)
class Row:
    """One bar of a chart, for ``components/chart_table.html``."""

    label: str
    value: int
    share_pct: int


@dataclass(frozen=True)
class Chart:
    caption: str
    rows: list[Row]


def waiting(job: Job | None, *, is_done: bool = False) -> Waiting | None:
    """Return what to say of a job; nothing once it is done, unless ``is_done`` asks."""
    if job is None or (job.is_done and not is_done):
        return None
    if job.is_done:
        return Waiting("done", WHOLE)
    if job.is_quarantined:
        return Waiting("failed")
    total = job.progress_total
    return Waiting("running", WHOLE * job.progress_done // total if total else None)


def figures(balanced_set: BalancedSet) -> Figures:
    bound, value = balanced_set.bound, balanced_set.value
    gap = max(1 - value / bound, 0.0) if bound > 0 else 0.0
    missing = balanced_set.served_bound_count - balanced_set.served_count
    return Figures(
        before_pct=percentage(balanced_set.coverage_before),
        after_pct=percentage(balanced_set.coverage),
        loss_pct=WHOLE * balanced_set.loss,
        gap_pct=WHOLE * gap,
        is_best=gap < TINY and missing <= 0,
        missing_count=max(missing, 0),
    )


def bars(balanced_set: BalancedSet) -> list[Chart]:
    """Return the two charts: how often organisations are proposed, before and after."""
    steps, n = distribution(balanced_set), max(balanced_set.organisation_count, 1)
    before = [Row(_label(s), s.before, WHOLE * s.before // n) for s in steps]
    after = [Row(_label(s), s.after, WHOLE * s.after // n) for s in steps]
    return [
        Chart(_("Sans répartition : combien de fois elles sont proposées"), before),
        Chart(_("Avec la répartition : combien de fois elles sont proposées"), after),
    ]


def tabs(territory: Territory, current: PartnershipType) -> list[TypeLink]:
    address = reverse("matching:balance_detail", args=[territory.reference])
    return [
        TypeLink(code, str(label), f"{address}?type={code}", code == current)
        for code, label in PartnershipType.choices
    ]


def _label(step: Bar) -> str:
    if step.most == 0:
        return _("jamais")
    if step.most is None:
        return _("%d fois et plus") % step.least
    if step.least < step.most:
        return _("%(least)d à %(most)d fois") % {
            "least": step.least,
            "most": step.most,
        }
    return ngettext("%d fois", "%d fois", step.least) % step.least
