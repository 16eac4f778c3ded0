"""What a row makes of an organisation: its fields, its lines, and what changes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from alliances.description.completeness import Filled, missing_of
from alliances.enums import size_of
from alliances.interchange.rows import OrganisationRow
from alliances.models import Intention, Organisation
from alliances.models.intention import SQUARE_FIELDS, all_types
from alliances.services.imports.checks import Checked
from alliances.services.imports.snapshot import Held, Lines

# Column -> attribute, and what erasing leaves.
ORGANISATION_FIELDS: dict[str, tuple[str, Any]] = {
    "name": ("name", ""),
    "kind": ("kind", ""),
    "sub_kind": ("sub_kind", ""),
    "model": ("economic_model", ""),
    "size": ("size", ""),
    "staff": ("staff", None),
    "siren": ("siren", ""),
    "siret": ("siret", ""),
    "rna": ("rna", ""),
    "summary": ("summary", ""),
    "website": ("website", ""),
    "commune": ("seat_id", None),
    "general_interest": ("general_interest", None),
    "maturity": ("maturity", None),
    "sectors": ("sectors", []),
    "values": ("values", []),
}
INTENTION_FIELDS: dict[str, tuple[str, Any]] = {
    "types": ("types", None),
    "phase": ("phase", ""),
    **{name: (name, None) for name in SQUARE_FIELDS},
}
LINE_COLUMNS = {
    "domains": "domains",
    "needs": "needs",
    "offers": "offers",
    "perimeter": "perimeter",
    "excludes": "exclusions",
}


@dataclass(slots=True)
class Plan:
    """An organisation as it will be, beside the lines it has and will have.

    Exclusions of another organisation name it by key: its row may still have to be
    written.
    """

    organisation: Organisation
    intention: Intention
    held: Held | None
    lines: dict[str, set[Any]] = field(default_factory=dict)
    has_new_identity: bool = False
    has_new_aims: bool = False

    @property
    def is_new(self) -> bool:
        """Tell whether the organisation is created."""
        return self.held is None

    def held_lines(self, name: str) -> Lines:
        """Return the lines of the base, by what they say."""
        return getattr(self.held, name) if self.held else {}

    def changes(self, name: str) -> bool:
        """Tell whether the lines ``name`` differ from those of the base."""
        return name in self.lines and self.lines[name] != set(self.held_lines(name))

    @property
    def is_changed(self) -> bool:
        """Tell whether anything at all differs from the base."""
        return (
            self.has_new_identity
            or self.has_new_aims
            or any(self.changes(name) for name in LINE_COLUMNS.values())
        )

    def final(self, name: str) -> set[Any]:
        """Return the lines as they will be."""
        return self.lines.get(name, set(self.held_lines(name)))

    def missing(self) -> list[str]:
        """Name what matching needs and does not have (docs/sources.md)."""
        filled = Filled(
            has_seat=self.organisation.seat_id is not None,
            has_perimeter=bool(self.final("perimeter")),
            has_domain=any(weight for _, weight in self.final("domains")),
            has_square=self.intention.square is not None,
            has_need=bool(self.final("needs")),
            has_offer=bool(self.final("offers")),
        )
        return [item.code for item in missing_of(filled)]


def planned(
    row: OrganisationRow, checked: Checked, *, source: str, now: dt.datetime
) -> Plan:
    """Return what ``row`` makes of its organisation; nothing is written."""
    held = checked.held.get(row.key)
    organisation = (
        held.organisation if held else Organisation(source=source, key=row.key)
    )
    intention = (held.intention if held else None) or Intention(is_default=True)
    plan = Plan(organisation, intention, held)
    values = fill_intention(plan, row, checked)
    plan.has_new_identity = _set(organisation, values, ORGANISATION_FIELDS)
    if "excludes" in values and organisation.exclusions_answered_at is None:
        organisation.exclusions_answered_at = now
        plan.has_new_identity = True
    return plan


def fill_intention(
    plan: Plan, row: OrganisationRow, checked: Checked
) -> dict[str, Any]:
    """Set what ``row`` says of the intention of ``plan``; return all its values."""
    values = _resolved(row, checked)
    plan.has_new_aims = _set(plan.intention, values, INTENTION_FIELDS)
    for column, name in LINE_COLUMNS.items():
        if column in values:
            plan.lines[name] = set(values[column] or ())
    return values


def _resolved(row: OrganisationRow, checked: Checked) -> dict[str, Any]:
    """Return the values of a row, places and sizes in the words of the base."""
    values = dict(row.values)
    for column, resolve in _RESOLVED.items():
        if values.get(column):
            values[column] = resolve(values[column], checked)
    if "types" in values:
        values["types"] = values["types"] or all_types()
    if values.get("size") is None and values.get("staff") is not None:
        values["size"] = str(size_of(values["staff"]))
    return values


def _place_id(reference: str, checked: Checked) -> int:
    return checked.places[reference].territory.pk


def _place_ids(references: list[str], checked: Checked) -> list[int]:
    return [_place_id(reference, checked) for reference in references]


def _means(pairs: list[tuple[str, str]], checked: Checked) -> list[Any]:
    return [(each, _place_id(at, checked) if at else None) for each, at in pairs]


def _weights(domains: dict[str, int], checked: Checked) -> list[tuple[str, int]]:
    return list(domains.items())


def _criteria(criteria: list[tuple[str, str]], checked: Checked) -> list[Any]:
    return [_criterion(each, checked) for each in criteria]


def _criterion(criterion: tuple[str, str], checked: Checked) -> tuple[str, object]:
    """Return an exclusion as the base says it, or by key for one to be created."""
    what, value = criterion
    return what, checked.excluded_ids.get(value, value) if what == "key" else value


def _set(
    target: Organisation | Intention,
    values: dict[str, Any],
    fields: dict[str, tuple[str, Any]],
) -> bool:
    """Set the fields that ``values`` states; tell whether one of them changed."""
    changed = False
    for column, (name, blank) in fields.items():
        if column not in values:
            continue
        value = blank if values[column] is None else values[column]
        if getattr(target, name) != value:
            setattr(target, name, value)
            changed = True
    return changed


_RESOLVED: dict[str, Callable[[Any, Checked], Any]] = {
    "commune": _place_id,
    "perimeter": _place_ids,
    "needs": _means,
    "offers": _means,
    "domains": _weights,
    "excludes": _criteria,
}
