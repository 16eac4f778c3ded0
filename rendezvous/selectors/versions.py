"""What is said of a version: its figures, as far as they tell nothing of one meeting.

The value of a version that a hand changed, less that of the one it comes from, would be
what one meeting is worth, wishes included: it is not told, or by wide steps
(docs/decisions/0186).
"""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.policy import Person
from rendezvous.models import Computation, Schedule, Session
from rendezvous.selectors.programmes import versions_of

UNTOLD = "–"


@dataclass(frozen=True)
class Figures:
    """A version in words: value, bound, gap, who gets least."""

    value: str
    bound: str
    gap: str
    worst: str


@dataclass(frozen=True)
class Line:
    """A version in the list."""

    schedule: Schedule
    figures: Figures


@dataclass(frozen=True)
class Reached:
    """How far a computation is; ``value_pct``: of the bound."""

    sentence: str
    value_pct: int
    can_stop: bool


def figures_of(schedule: Schedule) -> Figures:
    return Figures(
        _number(schedule.value) if schedule.shows_value else UNTOLD,
        _number(schedule.bound) if schedule.shows_value else UNTOLD,
        _gap(schedule),
        _worst(schedule),
    )


def lines_of(session: Session, viewer: Person) -> list[Line]:
    """Return every version, the last first, with its figures."""
    return [Line(one, figures_of(one)) for one in versions_of(session, viewer)]


def can_share(schedule: Schedule, session: Session) -> bool:
    """Tell whether it may be shown as provisional: none is published yet."""
    is_followed = Schedule.objects.published().filter(session=session).exists()
    return not (is_followed or schedule.is_provisional)


def reached(session: Session) -> Reached | None:
    """Return how far the computation is, once it found something."""
    found = Computation.objects.filter(session=session).defer("best").last()
    if found is None or found.value is None or found.bound is None:
        return None
    if found.is_around:
        said = _("Déjà à moins de %d %% du meilleur possible.") % found.gap_band
        return Reached(said, 100 - found.gap_band, not found.is_stopped)
    facts = {
        "value": _number(found.value),
        "bound": _number(found.bound),
        "gap": _number(found.gap_pct, 2),
    }
    told = _("Valeur %(value)s sur %(bound)s au plus : écart %(gap)s %%, au plus.")
    return Reached(told % facts, int(100 - found.gap_pct), not found.is_stopped)


def _gap(schedule: Schedule) -> str:
    if schedule.is_by_hand:
        return _("non calculé : retouché à la main")
    if schedule.outcome == Schedule.Outcome.OPTIMAL:
        return _("aucun : on ne peut pas faire mieux")
    if not schedule.shows_value:
        return _("moins de %d %%") % schedule.gap_band
    return _("%s %% au plus") % _number(schedule.gap_pct)


def _worst(schedule: Schedule) -> str:
    if not schedule.shows_value or schedule.worst is None:
        return UNTOLD
    name = schedule.worst.registration.organisation.name
    share = schedule.worst_pct or 0.0
    facts = {"name": name, "share": _number(share, 0)}
    return _("%(name)s : %(share)s %% de ce que tous pourraient avoir") % facts


def _number(value: float, decimals: int = 1) -> str:
    # Django cuts what it does not show: 0.19 would read 0,1.
    return str(number_format(round(value, decimals), decimals))
