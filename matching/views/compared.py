"""The rows of a comparison: what is drawn on the page, and its words for a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.explanations import Bar
from matching.explanations.words import COMPONENTS, kilometres
from matching.selectors.cards import Card
from matching.selectors.common_ground import common_domains
from matching.views.shown import Line, percentage

# What is the same thing seen from each side.
SHARED = frozenset({"domains", "territory", "proximity"})


@dataclass(frozen=True)
class Gauge:
    """A figure from 0 to 100, None when it is not known, and whose it is."""

    label: str
    value_pct: int | None

    @property
    def text(self) -> str:
        if self.value_pct is None:
            return f"{self.label} : {_('non renseigné')}"
        return _("%(label)s : %(value)d sur 100") % {
            "label": self.label,
            "value": self.value_pct,
        }


@dataclass(frozen=True)
class Cell:
    """A sentence, a list or gauges; an empty cell is not known."""

    sentence: str = ""
    items: tuple[str, ...] = ()
    gauges: tuple[Gauge, ...] = ()

    @property
    def text(self) -> str:
        """Return the same in words."""
        parts = [self.sentence] if self.sentence else []
        parts += self.items
        parts += [gauge.text for gauge in self.gauges]
        return " ; ".join(parts)


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


def rows(lines: list[Line]) -> list[Row]:
    """Return the criteria, reasons before figures."""
    is_public = lines[0].is_public
    own = lines[0].card.story.own.name
    to_own = _("Apporterait à %s") % own if is_public else _("Pourrait vous apporter")
    from_own = (
        _("%s lui apporterait") % own if is_public else _("Vous pourriez lui apporter")
    )
    return [
        _row(_("Pourquoi"), lines, _why),
        *_projects(lines),
        _row(_("Type proposé"), lines, _type),
        _row(to_own, lines, lambda line: Cell(items=line.card.story.own.receives)),
        _row(from_own, lines, lambda line: Cell(items=line.card.story.own.brings)),
        _row(_("Lieu"), lines, _place),
        _row(_("Sujets communs"), lines, _domains),
        _row(_("Accord d’ensemble"), lines, _agreement),
        *(
            _row(str(label), lines, _component(name))
            for name, label in COMPONENTS.items()
        ),
        _row(_("Points à discuter"), lines, _points),
        _row(_("Ce qu’on ne sait pas encore"), lines, _missing),
    ]


def _row(label: str, lines: Iterable[Line], cell: Callable[[Line], Cell]) -> Row:
    return Row(label, tuple(cell(line) for line in lines))


def _why(line: Line) -> Cell:
    return Cell(line.card.story.headline)


def _projects(lines: list[Line]) -> list[Row]:
    """Say which projects are meant, when a side has several."""
    if not any(line.card.own_project or line.card.project for line in lines):
        return []
    return [_row(_("Projets"), lines, lambda line: Cell(items=_named(line.card)))]


def _named(card: Card) -> tuple[str, ...]:
    sides = (
        (card.own_intention.organisation.name, card.own_project),
        (card.organisation.name, card.project),
    )
    said = [
        _("%(name)s : « %(project)s »") % {"name": name, "project": project}
        for name, project in sides
        if project
    ]
    return tuple(said) or (_("un seul de chaque côté"),)


def _type(line: Line) -> Cell:
    return Cell(line.card.story.type_sentences[0])


def _place(line: Line) -> Cell:
    said = [line.card.place] if line.card.place else []
    if line.distance_km is not None:
        said.append(_distance(line.distance_km))
    return Cell(", ".join(said))


def _distance(distance_km: float) -> str:
    return _("sur place") if distance_km < 1 else _("à %s") % kilometres(distance_km)


def _domains(line: Line) -> Cell:
    return Cell(
        items=tuple(common_domains(line.card, is_public=line.is_public))
        or (_("aucun"),)
    )


def _agreement(line: Line) -> Cell:
    story = line.card.story
    gauges = [
        Gauge(side.name, percentage(side.score)) for side in (story.own, story.other)
    ]
    both = Gauge(_("Les deux ensemble"), line.agreement_pct)
    return Cell(gauges=(both, *gauges))


def _component(name: str) -> Callable[[Line], Cell]:
    def cell(line: Line) -> Cell:
        story = line.card.story
        sides = [
            Gauge(side.name, _value(side.bars, name))
            for side in (story.own, story.other)
        ]
        if sides[0].value_pct == sides[1].value_pct and name in SHARED:
            return Cell(gauges=(Gauge(_("Les deux"), sides[0].value_pct),))
        return Cell(gauges=tuple(sides))

    return cell


def _value(bars: Iterable[Bar], name: str) -> int | None:
    bar = next(bar for bar in bars if bar.component == name)
    return None if bar.value is None else percentage(bar.value)


def _points(line: Line) -> Cell:
    story = line.card.story
    points = [str(point.sentence) for point in story.points]
    return Cell(items=(*points, *story.discuss) or (_("aucun relevé"),))


def _missing(line: Line) -> Cell:
    return Cell(items=tuple(line.missing) or (_("rien : tout est renseigné"),))
