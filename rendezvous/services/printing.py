"""Documents of a session: at once for the short ones, by a job for the long ones."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Person, can
from jobs.models import Job
from jobs.registry import Work
from jobs.services import enqueue
from rendezvous.documents.press import press
from rendezvous.enums import EARLY_SHEETS, LONG_SHEETS, SheetKind
from rendezvous.models import Printout, Registration, Schedule, Session
from rendezvous.models.printout import KEPT
from rendezvous.selectors.printing import people, programmes, reports, tables
from rendezvous.selectors.printing.heading import date_of, file_name
from rendezvous.selectors.printing.room import Room, room_of
from rendezvous.selectors.printing.spreadsheets import workbook_of
from rendezvous.services.locking import lock_session

PRINT_JOB = "rendezvous.print"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Values = dict[str, Any]


class NothingToPrintError(Exception):
    """No programme is shared yet, or nobody comes."""


@dataclass(frozen=True)
class Document:
    name: str
    media_type: str
    content: bytes


SHORT: dict[str, tuple[str, Callable[[Room], Values]]] = {
    SheetKind.BADGES: ("badges", people.badge_values),
    SheetKind.SIGNING: ("signing", people.signing_values),
    SheetKind.GRID: ("grid", tables.grid_values),
}


def document_of(session: Session, kind: SheetKind, viewer: Person) -> Document:
    """Make a short document for the catalyst.

    Raises
    ------
    NothingToPrintError
        If it needs a programme that nobody reads yet, or if nobody comes.
    """
    room = room_of(session, viewer)
    if not room.guests or (room.schedule is None and kind not in EARLY_SHEETS):
        raise NothingToPrintError
    if kind == SheetKind.WORKBOOK:
        name = file_name(_("programme"), session, room.schedule, "xlsx")
        return Document(name, XLSX, workbook_of(room))
    template, values_of = SHORT[kind]
    at = date_of(session, room.schedule)
    content = press(template, values_of(room), at=at)
    name = file_name(str(kind.label), session, room.schedule, "pdf")
    return Document(name, PDF, content)


def own_document(
    session: Session,
    schedule: Schedule,
    own: Registration,
    viewer: Person,
    *,
    template: str = programmes.TEMPLATE,
) -> Document:
    """Make the programme of one organisation, as sheets or as a booklet to fold."""
    at = date_of(session, schedule)
    values = programmes.own_programmes(session, schedule, own, viewer)
    content = press(template, values, at=at)
    name = file_name(own.organisation.name, session, schedule, "pdf")
    return Document(name, PDF, content)


def report_of(session: Session, viewer: Person) -> Document:
    """Make the report of a session, as this person may read it."""
    figures, values = reports.report_values(session, viewer)
    content = press("report", values, at=reports.day_of(figures))
    return Document(file_name(_("bilan"), session, None, "pdf"), PDF, content)


@transaction.atomic
def request_printout(session: Session, kind: SheetKind, *, by: User) -> Job:
    """Queue a long document; one at a time of each kind for a session."""
    lock_session(session)
    current = printing_job(session, kind)
    if current is not None and not (current.is_done or current.is_quarantined):
        return current
    payload = {"session": session.pk, "kind": kind.value, "by": by.pk}
    return enqueue(PRINT_JOB, payload, key=_key(session, kind))


def printing_job(session: Session, kind: SheetKind) -> Job | None:
    jobs = Job.objects.filter(kind=PRINT_JOB, key=_key(session, kind))
    return jobs.order_by("pk").last()


def make_printout(session_id: int, kind: SheetKind, by_id: int, work: Work) -> None:
    """Make a long document for who asked, if they still may; safe to run twice."""
    session = Session.objects.filter(pk=session_id).first()
    by = User.objects.filter(pk=by_id, is_active=True).first()
    if session is None or by is None or kind not in LONG_SHEETS:
        return
    if not can(by, "rendezvous.organise_session", session):
        return
    room = room_of(session, by)
    if room.schedule is None:
        return
    content = _long(room, kind, work)
    with work.completing():
        locked = lock_session(session)
        Printout.objects.filter(session=locked, kind=kind).delete()
        Printout.objects.create(
            session=locked,
            schedule=room.schedule,
            kind=kind,
            by=by,
            made_at=timezone.now(),
            content=content,
        )


def _long(room: Room, kind: SheetKind, work: Work) -> bytes:
    at = date_of(room.session, room.schedule)
    if kind == SheetKind.COMMITMENTS:
        return press("commitments", tables.commitment_values(room), at=at)
    if kind == SheetKind.CARDS:
        return press("cards", tables.card_values(room), at=at)
    values = programmes.all_programmes(
        room, lambda done, total: work.progress(done, total, "programmes")
    )
    is_booklet = kind == SheetKind.BOOKLETS
    template = programmes.BOOKLETS if is_booklet else programmes.TEMPLATE
    return press(template, values, at=at)


def document_from(printout: Printout) -> Document:
    kind = str(SheetKind(printout.kind).label)
    name = file_name(kind, printout.session, printout.schedule, "pdf")
    return Document(name, PDF, bytes(printout.content))


def remove_old_printouts(now: dt.datetime) -> int:
    """Remove what was kept for its day."""
    removed, _by_model = Printout.objects.filter(made_at__lte=now - KEPT).delete()
    return removed


def _key(session: Session, kind: SheetKind) -> str:
    return f"session:{session.pk}:{kind.value}"
