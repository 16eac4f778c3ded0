"""One page of events, with what each row was before and became after."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from alliances.models import Organisation, PrivilegedRead
from alliances.selectors.journal.sources import (
    OF_ORGANISATIONS,
    READS,
    Source,
    Subject,
)

PAGE_SIZE = 50
PAGES_MAX = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """Something that was written down: a change of a row, or a privileged read."""

    model: str
    action: str  # insert, update, delete or read
    at: dt.datetime
    author: Row = field(default_factory=dict)
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)
    group: str = ""  # what was done at once, by one request or one job
    organisation_id: int | None = None


@dataclass(frozen=True)
class Page:
    """Changes, the latest first, and whether older ones follow."""

    changes: Sequence[Change]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def journal_page(
    organisation: Organisation, *, subject: Subject | None, number: int
) -> Page:
    """Return a page of the journal of one organisation."""
    parts = [
        events_part(source, source.events.objects.filter(source.of(organisation.pk)))
        for source in OF_ORGANISATIONS
        if source.of and subject in (None, source.subject)
    ]
    if subject in (None, Subject.READS):
        parts.append(reads_part(organisation.privileged_reads.all()))
    return load(parts, number)


def load(parts: Sequence[QuerySet[Any]], number: int) -> Page:
    """Merge the latest of each part; each one is cut before its rows are composed."""
    first = (number - 1) * PAGE_SIZE
    last = first + PAGE_SIZE + 1
    cut = [part[:last] for part in parts]
    merged = cut[0]
    if len(cut) > 1:
        merged = merged.union(*cut[1:], all=True).order_by("-at", "-model", "-number")
    rows = list(merged[first:last])
    return Page(
        [_change(row) for row in rows[:PAGE_SIZE]], number, len(rows) > PAGE_SIZE
    )


def page_number(text: str) -> int:
    """Return the number of a page that was asked for, or the first."""
    if text.isascii() and text.isdigit() and len(text) <= 3:  # noqa: PLR2004
        return min(max(int(text), 1), PAGES_MAX)
    return 1


COLUMNS = (
    "model",
    "number",
    "at",
    "action",
    "group",
    "author",
    "before",
    "after",
    "of",
)


def events_part(source: Source, events: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``events`` in the columns of a journal, the latest first."""
    fields = _fields(source)
    return (
        models.QuerySet(events.model, query=events.query.chain())
        .order_by("-pgh_id")
        .annotate(
            model=Value(source.label),
            number=F("pgh_id"),
            at=F("pgh_created_at"),
            action=F("pgh_label"),
            group=F("pgh_context_id"),
            author=F("pgh_context__metadata"),
            before=_as_json(fields),
            after=_after(source, fields),
            of=source.owner,
        )
        .values_list(*COLUMNS)
    )


def _after(source: Source, fields: Sequence[str]) -> Any:
    """What the row became: as the next event found it, or as it is now."""
    columns = {each.name for each in source.events._meta.get_fields()}
    if "pgh_obj" not in columns:  # a link: nothing of it ever changes
        return _as_json(())
    later = source.events.objects.filter(
        pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id")
    )
    live: QuerySet[Any] = models.QuerySet(source.model).filter(pk=OuterRef("pgh_obj"))
    return Coalesce(
        *(
            Subquery(rows.values(row=_as_json(fields))[:1], output_field=JSONField())
            for rows in (later.order_by("pgh_id"), live)
        ),
        Value({}, JSONField()),
    )


def _fields(source: Source) -> list[str]:
    return [
        each.attname
        for each in source.events._meta.concrete_fields
        if not each.name.startswith("pgh_") and each.attname != "id"
    ]


def _as_json(fields: Sequence[str]) -> JSONObject:
    return JSONObject(**{name: F(name) for name in fields})


def reads_part(reads: QuerySet[PrivilegedRead]) -> QuerySet[Any]:
    """Return ``reads`` in the columns of a journal, the latest first."""
    return (
        reads.order_by("-pk")
        .annotate(
            model=Value(READS),
            number=F("pk"),
            moment=F("at"),
            action=Value("read"),
            group=Value(None, output_field=models.UUIDField()),
            author=JSONObject(user=F("user_id")),
            before=JSONObject(what=F("what"), reason=F("elevation__reason")),
            after=JSONObject(),
            of=F("organisation_id"),
        )
        .values_list(*("moment" if name == "at" else name for name in COLUMNS))
    )


def _change(row: Sequence[Any]) -> Change:
    model, _number, at, action, group, author, before, after, of = row
    return Change(
        model=model,
        action=action,
        at=at,
        author=author or {},
        before=before or {},
        after=after or {},
        group=str(group or ""),
        organisation_id=of,
    )
