"""What moderators read: the reported message, never the conversation around it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from alliances.correspondence.texts import Segment, segments
from alliances.models import Attachment, Report
from alliances.selectors.names import somebody_of


@dataclass(frozen=True)
class Case:
    """One report as a moderator reads it."""

    report: Report
    author: str
    segments: list[Segment]
    attachments: list[Attachment]


def waiting_reports(queryset: QuerySet[Report]) -> QuerySet[Report]:
    """Return what is to be decided, the oldest first."""
    rows = queryset.filter(state=Report.State.OPEN).select_related("organisation")
    return rows.order_by("created_at", "pk")


def handled_reports(queryset: QuerySet[Report], *, limit: int = 20) -> list[Report]:
    """Return the last decisions."""
    rows = queryset.exclude(state=Report.State.OPEN).select_related(
        "organisation", "handled_by"
    )
    return list(rows.order_by("-handled_at", "-pk")[:limit])


def case_of(report: Report) -> Case:
    """Return what a moderator needs to decide: no name, no other message."""
    message = report.message
    return Case(
        report=report,
        author=somebody_of(report.organisation) if message else "",
        segments=segments(message.body) if message else [],
        attachments=list(message.attachments.order_by("pk")) if message else [],
    )
