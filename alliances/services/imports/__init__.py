"""Import a file of organisations: all of it, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pghistory
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliances import enums
from alliances.interchange.problems import Problem
from alliances.interchange.reader import Reading, read_organisations
from alliances.interchange.rows import OrganisationRow
from alliances.interchange.vocabulary import Vocabulary
from alliances.models.organisation import HAND_MADE_SOURCE
from alliances.services.imports.checks import checked_rows, refuse
from alliances.services.imports.plans import Plan, planned
from alliances.services.imports.projects import (
    excess,
    planned_projects,
    projects_held,
)
from alliances.services.imports.writing import write
from alliances.signals import intentions_changed

MAX_SOURCE_CHARS = 80
LOCK_NUMBER = 70_070  # one import at a time; any number that no other lock takes

VOCABULARY = Vocabulary(
    kinds=tuple(enums.ActorKind.values),
    sub_kinds_of={
        str(kind): tuple(str(each) for each in sub_kinds)
        for kind, sub_kinds in enums.SUB_KINDS_OF.items()
    },
    models=tuple(enums.EconomicModel.values),
    sizes=tuple(enums.Size.values),
    domains=tuple(enums.FragilityDomain.values),
    means=tuple(enums.Means.values),
    types=tuple(enums.PartnershipType.values),
    phases=tuple(enums.Phase.values),
    size_of=lambda staff: str(enums.size_of(staff)),
)

Progress = Callable[[str, int, int], None]


class SourceError(ValueError):
    """The name of the source cannot be used."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is imported.

    ``partial`` keeps the valid rows of a file that could be read to its end;
    ``fictitious`` marks the organisations as invented for a demonstration.
    """

    dry_run: bool = False
    partial: bool = False
    ignore_unknown: bool = False
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An organisation that is stored and not proposed, and what it lacks."""

    line: int
    name: str
    missing: Sequence[str]


@dataclass(slots=True)
class Report:
    """What an import did, or would have done (``dry_run``)."""

    errors: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    unlisted_count: int = 0
    refused_count: int = 0
    created_count: int = 0
    updated_count: int = 0
    unchanged_count: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)
    is_accepted: bool = False

    @property
    def is_complete(self) -> bool:
        """Tell whether everything the file says was accepted."""
        return self.is_accepted and not self.errors and not self.unlisted_count


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing of the progress."""


def check_source(name: str) -> str:
    """Return ``name`` when it may name a source of imports.

    Raises
    ------
    SourceError
        If it is empty, too long, unprintable, or that of hand-made organisations.
    """
    if not name.strip() or len(name) > MAX_SOURCE_CHARS or not name.isprintable():
        message = f"« {name[:MAX_SOURCE_CHARS]} »"
        raise SourceError(message)
    if name == HAND_MADE_SOURCE:
        raise SourceError(name)
    return name


def import_organisations(
    content: bytes,
    *,
    source: str,
    options: Options | None = None,
    progress: Progress = _silent,
) -> Report:
    """Import a file; safe to run twice, and either all of it or nothing is stored.

    A row of an organisation that members have taken over is refused. Matching learns
    of the changed intentions inside the same transaction.
    """
    chosen = options or Options()
    progress("read", 0, 0)
    reading = read_organisations(
        content, VOCABULARY, ignore_unknown=chosen.ignore_unknown
    )
    try:
        with pghistory.context(source=source), transaction.atomic():
            return _import(reading, check_source(source), chosen, progress)
    except IntegrityError as error:
        detail = str(error).partition("\n")[0]
        problem = Problem(0, "", "", "changed_meanwhile", {"detail": detail})
        return Report(errors=[problem], refused_count=reading.row_count)


def _import(
    reading: Reading, source: str, options: Options, progress: Progress
) -> Report:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_NUMBER])
    progress("check", 0, reading.row_count)
    checked = checked_rows(reading.rows, source, refused=reading.refused)
    projects = projects_held(checked)
    refuse(checked, excess(checked, projects))
    checked.problems.sort(key=lambda problem: problem.line)
    reading.add(checked.problems)
    accepted = [*checked.rows, *checked.projects]
    report = _report(reading, refused_count=reading.row_count - len(accepted))
    may_write = reading.is_whole and (options.partial or not report.errors)
    if not may_write:
        return report
    now = timezone.now()
    plans = [planned(row, checked, source=source, now=now) for row in checked.rows]
    _mark(plans, fictitious=options.fictitious)
    plans += planned_projects(checked.projects, checked, plans=plans, held=projects)
    _count(report, accepted, plans)
    if not options.dry_run:
        progress("write", 0, len(plans))
        if changed := write(plans, source):
            intentions_changed.send(sender=import_organisations, intention_ids=changed)
        progress("write", len(plans), len(plans))
    return report


def _report(reading: Reading, *, refused_count: int) -> Report:
    ordered = sorted(reading.problems, key=lambda problem: problem.line)
    return Report(
        errors=[problem for problem in ordered if problem.is_error],
        notices=[problem for problem in ordered if not problem.is_error],
        unlisted_count=reading.unlisted_count,
        refused_count=refused_count,
    )


def _mark(plans: Sequence[Plan], *, fictitious: bool) -> None:
    for plan in plans:
        if fictitious and not plan.organisation.is_fictitious:
            plan.organisation.is_fictitious = True
            plan.has_new_identity = True


def _count(
    report: Report, rows: Sequence[OrganisationRow], plans: Sequence[Plan]
) -> None:
    report.is_accepted = True
    for row, plan in zip(rows, plans, strict=True):
        if plan.is_new:
            report.created_count += 1
        elif plan.is_changed:
            report.updated_count += 1
        else:
            report.unchanged_count += 1
        if missing := plan.missing():
            name = plan.organisation.name
            report.incomplete.append(Incomplete(row.line, name, missing))
