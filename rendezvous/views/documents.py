"""What is printed and taken away: the catalyst's documents, and one's own programme."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.documents.press import PressError
from rendezvous.enums import LONG_SHEETS, SheetKind
from rendezvous.models import Printout, Registration, Schedule, Session
from rendezvous.selectors.documents import offered
from rendezvous.selectors.printing import programmes
from rendezvous.selectors.printing.agendas import agenda_of
from rendezvous.selectors.printing.heading import file_name
from rendezvous.selectors.printing.room import schedule_for
from rendezvous.selectors.registrations import place_of
from rendezvous.services import printing as services
from rendezvous.views.shared import (
    catalyst_crumbs,
    own_or_404,
    prepared_or_404,
    session_or_404,
    signed_in,
)

logger = logging.getLogger(__name__)
CALENDAR = "text/calendar; charset=utf-8"
FAILED = gettext_lazy(
    "Ce document n’a pas pu être fait. Rien n’est perdu\u202f: réessayez, ou imprimez la "
    "page du programme."
)
NOTHING = gettext_lazy(
    "Il n’y a encore rien à imprimer\u202f: ce document attend un programme partagé ou "
    "publié."
)


@require_safe
def document_list(request: HttpRequest, session_id: str) -> HttpResponse:
    """List what may be printed and taken away."""
    session = prepared_or_404(request, session_id)
    schedule = schedule_for(session, request.user)
    documents = offered(session, schedule, request.user, timezone.now())
    context = {
        "session": session,
        "schedule": schedule,
        "documents": [
            {"offered": one, **_progress(session, one.kind)} for one in documents
        ],
        "crumbs": catalyst_crumbs(session, _("Documents")),
    }
    return render(request, "rendezvous/documents.html", context)


@require_safe
@limited("document", reads=True)
def document_detail(request: HttpRequest, session_id: str, kind: str) -> HttpResponse:
    """Make a document at once, and send it."""
    session = prepared_or_404(request, session_id)
    wanted = _kind_or_404(kind)
    if wanted in LONG_SHEETS:
        raise Http404
    try:
        document = services.document_of(session, wanted, request.user)
    except services.NothingToPrintError:
        messages.info(request, str(NOTHING))
    except PressError as error:
        _tell_failure(request, error)
    else:
        return attached(document)
    return redirect("rendezvous:document_list", session.public_id)


@require_POST
@limited("document")
def document_request(request: HttpRequest, session_id: str, kind: str) -> HttpResponse:
    """Ask for a document of hundreds of sheets."""
    session = prepared_or_404(request, session_id)
    wanted = _kind_or_404(kind)
    if wanted not in LONG_SHEETS:
        raise Http404
    if schedule_for(session, request.user) is None:
        messages.info(request, str(NOTHING))
    else:
        services.request_printout(session, wanted, by=signed_in(request))
    return redirect("rendezvous:document_list", session.public_id)


@require_safe
def document_progress(request: HttpRequest, session_id: str, kind: str) -> HttpResponse:
    """Tell how far a long document is, for the page that waits."""
    session = prepared_or_404(request, session_id)
    wanted = _kind_or_404(kind)
    progress = _progress(session, wanted)
    progress["printing"] = progress["printing"] or "done"
    context = {"session": session, "kind": wanted, **progress}
    return render(request, "rendezvous/_printing.html", context)


@require_safe
@limited("document", reads=True)
def printout_download(
    request: HttpRequest, session_id: str, printout_id: str
) -> HttpResponse:
    """Send what a job made, within its day."""
    session = prepared_or_404(request, session_id)
    rows = Printout.objects.kept(timezone.now()).filter(session=session)
    found = visible(request.user, rows.select_related("session", "schedule"))
    return attached(
        services.document_from(get_object_or_404(found, public_id=printout_id))
    )


@require_safe
@limited("document", reads=True)
def programme_sheet(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Send one's own programme, to print."""
    return _own(request, session_id, public_id, template=programmes.TEMPLATE)


@require_safe
@limited("document", reads=True)
def programme_booklet(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Send one's own programme as a booklet: one sheet, two sides, folded."""
    return _own(request, session_id, public_id, template=programmes.BOOKLETS)


@require_safe
@limited("document", reads=True)
def programme_agenda(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Send one's own programme to the calendar of a phone or a computer.

    Once published: a calendar would keep what was provisional.
    """
    session, schedule, own = _own_or_404(request, session_id, public_id)
    if not schedule.is_published:
        raise Http404
    content = agenda_of(session, schedule, own, request.user)
    name = file_name(own.organisation.name, session, schedule, "ics")
    return attached(services.Document(name, CALENDAR, content))


def _own(
    request: HttpRequest, session_id: str, public_id: str, *, template: str
) -> HttpResponse:
    session, schedule, own = _own_or_404(request, session_id, public_id)
    try:
        document = services.own_document(
            session, schedule, own, request.user, template=template
        )
    except PressError as error:
        _tell_failure(request, error)
        return redirect("rendezvous:programme_detail", session_id, public_id)
    return attached(document)


def _own_or_404(
    request: HttpRequest, session_id: str, public_id: str
) -> tuple[Session, Schedule, Registration]:
    """Return what an organisation that this person acts for may print."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    own = place_of(session, organisation, request.user).registration
    schedule = schedule_for(session, request.user)
    if own is None or not own.is_confirmed or schedule is None:
        raise Http404
    return session, schedule, own


def attached(document: services.Document) -> HttpResponse:
    response = HttpResponse(document.content, content_type=document.media_type)
    name = content_disposition_header(True, document.name)
    response["Content-Disposition"] = name or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _tell_failure(request: HttpRequest, error: PressError) -> None:
    logger.error("A document could not be made: %s", error)
    messages.error(request, str(FAILED))


def _kind_or_404(kind: str) -> SheetKind:
    if kind not in SheetKind.values:
        raise Http404
    return SheetKind(kind)


def _progress(session: Session, kind: SheetKind) -> dict[str, object]:
    """What ``components/progress.html`` shows of the last job of this kind."""
    job = services.printing_job(session, kind) if kind in LONG_SHEETS else None
    state, value_pct = "", None
    if job is not None and not job.is_done:
        state = "failed" if job.is_quarantined else "running"
        if job.progress_total:
            value_pct = round(100 * job.progress_done / job.progress_total)
    address = [session.public_id, kind.value]
    return {
        "printing": state,
        "value_pct": value_pct,
        "poll_url": reverse("rendezvous:document_progress", args=address),
    }
