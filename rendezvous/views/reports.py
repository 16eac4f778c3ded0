"""The report of a session in one click: to print, and for a spreadsheet."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import can
from accounts.throttling import limited
from rendezvous.documents.press import PressError
from rendezvous.models import Session
from rendezvous.selectors.printing.heading import file_name
from rendezvous.selectors.printing.reports import report_workbook
from rendezvous.services.printing import XLSX, Document, report_of
from rendezvous.views.documents import FAILED, attached
from rendezvous.views.shared import session_or_404

logger = logging.getLogger(__name__)


@require_safe
@limited("document", reads=True)
def report_sheet(request: HttpRequest, session_id: str) -> HttpResponse:
    """Send the report to print, as this person may read it."""
    session = _reported_or_404(request, session_id)
    try:
        document = report_of(session, request.user)
    except PressError as error:
        logger.error("A report could not be made: %s", error)
        messages.error(request, str(FAILED))
        return redirect("rendezvous:session_figures", session.public_id)
    return attached(document)


@require_safe
@limited("document", reads=True)
def report_table(request: HttpRequest, session_id: str) -> HttpResponse:
    """Send the same figures for a spreadsheet."""
    session = _reported_or_404(request, session_id)
    content = report_workbook(session, request.user)
    name = file_name(_("bilan"), session, None, "xlsx")
    return attached(Document(name, XLSX, content))


def _reported_or_404(request: HttpRequest, session_id: str) -> Session:
    session = session_or_404(request, session_id)
    if not can(request.user, "rendezvous.view_figures", session):
        raise Http404
    return session
