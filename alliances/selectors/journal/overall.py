"""The journal of the whole site, for administrators: what was touched, no value."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import PrivilegedRead
from alliances.selectors.journal.names import Names
from alliances.selectors.journal.reading import (
    Change,
    Page,
    events_part,
    load,
    reads_part,
)
from alliances.selectors.journal.sources import EVERY_SOURCE, Source
from alliances.selectors.journal.wording import field_labels, title

ACTIONS = {
    "insert": _("ajout"),
    "update": _("modification"),
    "delete": _("suppression"),
    "read": _("lecture"),
}


@dataclass(frozen=True)
class Search:
    """What the journal of everything is narrowed to."""

    person_id: int | None = None
    organisation_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Line:
    """A change as an administrator reads it."""

    at: dt.datetime
    who: str
    what: str
    action: str
    organisation: str
    fields: str


def overall_page(search: Search, *, number: int) -> Page:
    """Return a page of everything, less what is told to nobody outside."""
    told = [source for source in EVERY_SOURCE if not source.is_secret]
    parts = [events_part(each, _narrowed(each, search)) for each in told]
    return load([*parts, reads_part(_narrowed_reads(search))], number)


def line(change: Change, names: Names) -> Line:
    """Tell what was touched, by whom; never from what to what."""
    owner = change.organisation_id
    return Line(
        at=change.at,
        who=names.author(change.author),
        what=title(change.model),
        action=str(ACTIONS[change.action]),
        organisation=names.of("alliances.Organisation", owner) if owner else "",
        fields=", ".join(field_labels(change)),
    )


def _narrowed(source: Source, search: Search) -> QuerySet[Any]:
    events: QuerySet[Any] = source.events.objects.filter(
        *_between("pgh_created_at", search)
    )
    if search.person_id is not None:
        events = events.filter(pgh_context__metadata__user=search.person_id)
    if search.organisation_id is None:
        return events
    return (
        events.filter(source.of(search.organisation_id)) if source.of else events.none()
    )


def _narrowed_reads(search: Search) -> QuerySet[PrivilegedRead]:
    reads = PrivilegedRead.objects.filter(*_between("at", search))
    if search.person_id is not None:
        reads = reads.filter(user=search.person_id)
    if search.organisation_id is not None:
        reads = reads.filter(organisation=search.organisation_id)
    return reads


def _between(column: str, search: Search) -> Iterator[Q]:
    if search.since is not None:
        yield Q(**{f"{column}__gte": search.since})
    if search.until is not None:
        yield Q(**{f"{column}__lt": search.until})
