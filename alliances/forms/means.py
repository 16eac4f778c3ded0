from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Line, Means
from alliances.enums import MEANS_OF_CATEGORY, MeansCategory
from alliances.enums import Means as MeansCode
from alliances.forms.means_examples import EXAMPLES, GLIMPSES
from alliances.forms.step import StepForm
from alliances.selectors.aims import MEANS_ORDER
from alliances.selectors.surroundings import described, in_order, within_reach

SIDES = ("need", "offer")
MAX_QUANTITY = Decimal(9_999_999_999)
EVERYWHERE = ""


@dataclass(frozen=True)
class Row:
    """The fields of one means on one side."""

    example: Any
    on: forms.BoundField
    details: list[forms.BoundField]


@dataclass(frozen=True)
class Category:
    """The rows of one family of means, opened when something is said in it."""

    label: Any
    glimpse: Any
    rows: list[Row]

    @property
    def is_open(self) -> bool:
        return any(
            row.on.value() or any(field.errors for field in (row.on, *row.details))
            for row in self.rows
        )


class MeansForm(StepForm[Means]):
    """Twenty-four means, each sought or brought, with details that are optional."""

    labels_of_part = {
        "needs": _("Ce que vous cherchez"),
        "offers": _("Ce que vous apportez"),
    }

    def initial_of(self, part: Means) -> dict[str, Any]:
        self.slots: dict[str, Line | None] = {}
        for side, lines in zip(SIDES, (part.needs, part.offers), strict=True):
            for means in MeansCode.values:
                self._plan(side, means, [line for line in lines if line.means == means])
        return {}

    def _plan(self, side: str, means: str, lines: list[Line]) -> None:
        """One slot per stored line, and a blank one while another may be added."""
        slots: list[Line | None] = [*lines]
        if all(line.territory for line in lines):
            slots.append(None)
        for number, line in enumerate(slots):
            self.slots[f"{side}-{means}-{number}"] = line

    def arrange(self) -> None:
        territories = self._territories()
        self.territory_pks = {t.reference: t.pk for t in territories}
        self.references = {t.pk: t.reference for t in territories}
        choices: list[tuple[str, Any]] = [(EVERYWHERE, _("Partout où nous agissons"))]
        choices += [(t.reference, described(t)) for t in territories]
        for slot, line in self.slots.items():
            self._add_slot(slot, line, choices)

    def _territories(self) -> list[Any]:
        lines = (*self.part.needs, *self.part.offers)
        found = {
            t.pk: t
            for t in in_order(line.territory for line in lines if line.territory)
        }
        if self.organisation is not None:
            near = within_reach(self.organisation, self.project)
            found |= {t.pk: t for t in near}
        return list(found.values())

    def _add_slot(self, slot: str, line: Line | None, choices: list[Any]) -> None:
        shown = line or Line(slot.split("-")[1])
        self.fields[f"{slot}-on"] = forms.BooleanField(
            required=False, label=MeansCode(shown.means).label, initial=line is not None
        )
        self.fields[f"{slot}-note"] = forms.CharField(
            required=False, max_length=300, label=_("En clair"), initial=shown.note
        )
        self.fields[f"{slot}-quantity"] = forms.DecimalField(
            required=False,
            min_value=0,
            max_value=MAX_QUANTITY,
            max_digits=12,
            decimal_places=2,
            label=_("Combien"),
            initial=shown.quantity,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        self.fields[f"{slot}-unit"] = forms.CharField(
            required=False,
            max_length=40,
            label=_("De quoi (jours, m², euros…)"),
            initial=shown.unit,
        )
        self.fields[f"{slot}-territory"] = forms.ChoiceField(
            required=False,
            choices=choices,
            label=_("Où cela vaut"),
            initial=self.references.get(shown.territory or 0, EVERYWHERE),
        )

    @property
    def sides(self) -> list[tuple[str, Any, Any]]:
        """Each side: its code, its title, its categories with their rows."""
        titles = (_("Vous cherchez"), _("Vous apportez"))
        return [
            (side, title, self._categories(side))
            for side, title in zip(SIDES, titles, strict=True)
        ]

    def _categories(self, side: str) -> list[Category]:
        categories = []
        for category, codes in MEANS_OF_CATEGORY.items():
            rows = [row for means in codes for row in self._rows(side, means.value)]
            title = MeansCategory(category)
            categories.append(Category(title.label, GLIMPSES[title], rows))
        return categories

    def _rows(self, side: str, means: str) -> list[Row]:
        slots = [s for s in self.slots if s.startswith(f"{side}-{means}-")]
        details = ("note", "quantity", "unit", "territory")
        return [
            Row(
                EXAMPLES[MeansCode(means)],
                self[f"{slot}-on"],
                [self[f"{slot}-{name}"] for name in details],
            )
            for slot in slots
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[tuple[str, str]] = set()
        for slot in self.slots:
            key = (slot.rsplit("-", 1)[0], cleaned.get(f"{slot}-territory", ""))
            if not cleaned.get(f"{slot}-on"):
                continue
            if key in seen:
                self.add_error(
                    f"{slot}-territory",
                    _("Cette ligne dit deux fois la même chose au même endroit."),
                )
            seen.add(key)
        return cleaned

    def wished(self) -> Means:
        return Means(*(self._wished_lines(side) for side in SIDES))

    def _wished_lines(self, side: str) -> tuple[Line, ...]:
        lines: dict[tuple[str, int], Line] = {}
        for slot, stored in self.slots.items():
            if slot.startswith(f"{side}-") and (
                line := self._wished_line(slot, stored)
            ):
                lines.setdefault(line.key, line)
        return tuple(
            sorted(lines.values(), key=lambda x: (MEANS_ORDER[x.means], x.key))
        )

    def _wished_line(self, slot: str, stored: Line | None) -> Line | None:
        base = stored or Line(slot.split("-")[1])
        if not self.valid(f"{slot}-on", otherwise=stored is not None):
            return None
        if f"{slot}-territory" in self.errors and stored is None:
            return None
        reference = self.valid(f"{slot}-territory", otherwise=None)
        quantity = self.valid(f"{slot}-quantity", otherwise=base.quantity or None)
        return Line(
            means=base.means,
            territory=base.territory
            if reference is None
            else self.territory_pks.get(reference),
            note=self.valid(f"{slot}-note", otherwise=base.note),
            quantity="" if quantity is None else f"{Decimal(quantity).normalize():f}",
            unit=self.valid(f"{slot}-unit", otherwise=base.unit),
        )
