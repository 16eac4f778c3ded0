"""How many pairs came how far, with what an observer may not read left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rendezvous.outcomes import shown
from rendezvous.selectors.met_pairs import MetPair

STEPS: Mapping[str, str | Promise] = {
    "planned": _("Rencontres prévues"),
    "met": _("Rencontres faites"),
    "mutual": _("Envie partagée de continuer"),
    "first_meeting": _("Se sont parlé depuis"),
    "framing": _("Projet en cours de cadrage"),
    "agreement": _("Accord"),
    "executed": _("Réalisé"),
}


@dataclass(frozen=True)
class Funnel:
    """How many pairs came so far; None where too few organisations are behind."""

    planned: int | None
    met: int | None
    mutual: int | None
    first_meeting: int | None
    framing: int | None
    agreement: int | None
    executed: int | None

    @property
    def steps(self) -> list[tuple[str, int | None]]:
        """The steps in order, with their names."""
        return [(str(label), getattr(self, code)) for code, label in STEPS.items()]

    @property
    def mutual_pct(self) -> float | None:
        """Of the pairs that met, how many want to go on."""
        return _share(self.mutual, self.met)

    @property
    def talked_pct(self) -> float | None:
        """Of the pairs that want to go on, how many talked again."""
        return _share(self.first_meeting, self.mutual)

    @property
    def agreement_pct(self) -> float | None:
        """Of the pairs that want to go on, how many have an agreement."""
        return _share(self.agreement, self.mutual)


@dataclass(frozen=True)
class Line:
    """The funnel of a part of the pairs."""

    code: str
    label: str
    funnel: Funnel


def funnels(
    pairs: Iterable[MetPair],
    part: Callable[[MetPair], str],
    labels: Iterable[tuple[str, str]],
    *,
    is_guarded: bool,
) -> tuple[Line, ...]:
    """Return one funnel by part, in the order of ``labels``; a part of no pair is left."""
    by_part: dict[str, list[MetPair]] = defaultdict(list)
    for one in pairs:
        by_part[part(one)].append(one)
    known = [(code, label) for code, label in labels if code in by_part]
    cells: dict[str, dict[str, int | None]] = {code: {} for code, _label in known}
    for step in STEPS:
        column = {
            code: [one for one in by_part[code] if step in one.reached]
            for code in cells
        }
        for code, count in _column(column, is_guarded=is_guarded).items():
            cells[code][step] = count
    return tuple(Line(code, label, Funnel(**cells[code])) for code, label in known)


def _column(
    column: Mapping[str, list[MetPair]], *, is_guarded: bool
) -> dict[str, int | None]:
    counts = {code: len(found) for code, found in column.items()}
    if not is_guarded:
        return dict(counts)
    behind = {
        code: {pk for one in found for pk in one.organisations}
        for code, found in column.items()
    }
    visible = shown(counts, behind)
    return {code: counts[code] if code in visible else None for code in counts}


def _share(part: int | None, whole: int | None) -> float | None:
    return 100 * part / whole if part is not None and whole else None
