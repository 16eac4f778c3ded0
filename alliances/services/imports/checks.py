"""What only the base can tell of a row: places, identifiers, members, exclusions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from alliances.enums import SUB_KINDS_OF
from alliances.interchange.problems import Problem
from alliances.interchange.reader import IDENTIFIERS
from alliances.interchange.rows import OrganisationRow
from alliances.models import Organisation
from alliances.services.imports.snapshot import (
    Held,
    held_organisations,
    holders,
    keys_of,
)
from territories.selectors import Resolution, UnknownTerritoryError, resolve_many

REFERENCE_COLUMNS = ("commune", "perimeter", "offers", "needs")


@dataclass(slots=True)
class Checked:
    """The rows that may be written, what they need, and what is wrong."""

    rows: list[OrganisationRow]
    held: dict[str, Held]
    places: dict[str, Resolution]
    excluded_ids: dict[str, int]
    # Rows that describe a project besides the main one (docs/decisions/0159).
    projects: list[OrganisationRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def checked_rows(
    every_row: Sequence[OrganisationRow],
    source: str,
    *,
    refused: Sequence[OrganisationRow],
) -> Checked:
    """Check rows against the base; locks the organisations that exist.

    Of rows already ``refused``, only the places are checked.
    """
    all_rows = [*every_row, *refused]
    rows = [row for row in every_row if not row.project]
    checked = Checked(
        rows=list(rows),
        projects=[row for row in every_row if row.project],
        held=held_organisations(source, [row.key for row in every_row]),
        places=_resolved(
            reference
            for row in all_rows
            for column in REFERENCE_COLUMNS
            for _, reference in references_of(row, column)
        ),
        excluded_ids=keys_of(source, {key for row in rows for key in excluded_by(row)}),
    )
    refuse(checked, _places(checked, all_rows))
    refuse(checked, _held(checked))
    refuse(checked, _identifiers(checked, source))
    while problems := _exclusions(checked, {row.key for row in rows}):
        refuse(checked, problems)  # a refused row may be excluded by another one
    stated = {row.values["key"] for row in all_rows if _states_organisation(row)}
    refuse(checked, project_problems(checked, stated))
    checked.problems.sort(key=lambda problem: problem.line)
    return checked


def _resolved(references: Iterable[str]) -> dict[str, Resolution]:
    """Return the territories of the references that designate one."""
    return {
        reference: outcome
        for reference, outcome in resolve_many(set(references)).items()
        if not isinstance(outcome, UnknownTerritoryError)
    }


def refuse(checked: Checked, problems: Iterable[Problem]) -> None:
    """Record problems; drop the rows that have an error."""
    found = list(problems)
    checked.problems += found
    wrong = {problem.line for problem in found if problem.is_error}
    checked.rows = [row for row in checked.rows if row.line not in wrong]
    checked.projects = [row for row in checked.projects if row.line not in wrong]


def _states_organisation(row: OrganisationRow) -> bool:
    return not row.names_project and "key" in row.values


def project_problems(checked: Checked, stated: set[str]) -> Iterable[Problem]:
    """Say what is wrong between a project and its organisation."""
    said = {row.key: row for row in checked.rows}
    for row in checked.projects:
        main, held = said.get(row.key), checked.held.get(row.key)
        if main is None and row.key in stated:
            yield row.problem("key", "project_of_refused")
        elif main is None and held is None:
            yield row.problem("key", "project_without_organisation")
        else:
            if main is None and held is not None:
                yield from _standing(row, held)
            yield from _differences(row, main, held)


def _differences(
    row: OrganisationRow, main: OrganisationRow | None, held: Held | None
) -> Iterable[Problem]:
    """The name and the kind are those of the organisation, or the row is another's."""
    for column in ("name", "kind"):
        if main is not None:
            expected = main.values[column]
        else:
            assert held is not None  # noqa: S101 - one of them is known
            expected = getattr(held.organisation, column)
        if row.values[column] != expected:
            yield row.problem(column, "project_of_another", expected=expected)


def references_of(row: OrganisationRow, column: str) -> list[tuple[str, str]]:
    """Return pairs (what is written in the cell, reference) of a column."""
    value = row.values.get(column)
    if not value:
        return []
    if column == "commune":
        return [(row.texts[column], value)]
    if column == "perimeter":
        return [(reference, reference) for reference in value]
    return [(f"{means}@{place}", place) for means, place in value if place]


def excluded_by(row: OrganisationRow) -> list[str]:
    """Return the keys of the organisations that a row excludes."""
    criteria = row.values.get("excludes") or []
    return [value for what, value in criteria if what == "key"]


def _places(checked: Checked, rows: Iterable[OrganisationRow]) -> Iterable[Problem]:
    for row in rows:
        for column in REFERENCE_COLUMNS:
            for text, reference in references_of(row, column):
                if problem := _place_problem(checked, row, column, text, reference):
                    yield problem


def _place_problem(
    checked: Checked, row: OrganisationRow, column: str, text: str, reference: str
) -> Problem | None:
    place = checked.places.get(reference)
    if place is None:
        code = "unknown_commune" if column == "commune" else "unknown_territory"
        return row.problem(column, code, text)
    if not place.notice:
        return None
    return row.problem(column, "former_territory", text, notice=place.notice)


def _held(checked: Checked) -> Iterable[Problem]:
    """Members' organisations, stale sub-kinds, archived organisations."""
    for row in checked.rows:
        held = checked.held.get(row.key)
        if held is None:
            continue
        yield from _standing(row, held)
        organisation = held.organisation
        is_free = organisation.merged_into is None and not held.is_taken_over
        if is_free and _has_stale_sub_kind(row, organisation):
            yield row.problem(
                "sub_kind",
                "sub_kind_to_be_said",
                kind=row.values["kind"],
                sub_kind=organisation.sub_kind,
            )


def _standing(row: OrganisationRow, held: Held) -> Iterable[Problem]:
    """Say what keeps an organisation of the base from being written."""
    kept = held.organisation.merged_into
    if kept is not None:
        yield row.problem(
            "key", "merged", name=kept.name, source=kept.source, key=kept.key
        )
        return
    if held.is_taken_over:
        yield row.problem("key", "taken_over")
    if held.organisation.archived_at is not None:
        yield row.problem("key", "archived")


def _has_stale_sub_kind(row: OrganisationRow, organisation: Organisation) -> bool:
    sub_kind = organisation.sub_kind
    return bool(
        sub_kind
        and "sub_kind" not in row.values
        and sub_kind not in SUB_KINDS_OF[row.values["kind"]]
    )


def _identifiers(checked: Checked, source: str) -> Iterable[Problem]:
    rows = {row.key: row for row in checked.rows}
    for column in IDENTIFIERS:
        values = {row.values[column] for row in rows.values() if row.values.get(column)}
        bearers = holders(column, values)
        for row in rows.values():
            bearer = bearers.get(row.values.get(column) or "")
            if bearer and not _is_free(bearer, column, row, rows, source):
                yield row.problem(column, "identifier_taken", name=bearer.name)
    yield from _sirens_of_others(checked, source)


def _is_free(
    bearer: Organisation,
    column: str,
    row: OrganisationRow,
    rows: dict[str, OrganisationRow],
    source: str,
) -> bool:
    """Tell whether the bearer is the row itself, or gives the identifier up."""
    if bearer.source != source:
        return False
    if bearer.key == row.key:
        return True
    theirs = rows.get(bearer.key)
    return theirs is not None and column in theirs.values


def _sirens_of_others(checked: Checked, source: str) -> Iterable[Problem]:
    """Note a SIRET whose SIREN is another organisation's: maybe a double."""
    alone = [
        row
        for row in checked.rows
        if row.values.get("siret") and not row.values.get("siren")
    ]
    bearers = holders("siren", {row.values["siret"][:9] for row in alone})
    for row in alone:
        bearer = bearers.get(row.values["siret"][:9])
        if bearer and (bearer.source, bearer.key) != (source, row.key):
            yield row.problem("siret", "siren_of_another", name=bearer.name)


def _exclusions(checked: Checked, stated: set[str]) -> list[Problem]:
    """Refuse excluded keys that lead nowhere; ``stated`` are all keys of the file."""
    kept = {row.key for row in checked.rows} | set(checked.excluded_ids)
    problems = []
    for row in checked.rows:
        for key in excluded_by(row):
            value = f"key:{key}"
            if key == row.key:
                problems.append(row.problem("excludes", "excludes_itself", value))
            elif key not in kept:
                code = (
                    "excluded_key_refused" if key in stated else "unknown_excluded_key"
                )
                problems.append(row.problem("excludes", code, value, key=key))
    return problems
