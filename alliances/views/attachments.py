"""Files of messages: the policy is asked each time, and nothing opens in the site."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.policy import visible
from alliances.models import Attachment
from alliances.views.threads import acting_or_404

# Even opened as a page, a file would run nothing and be framed by nobody.
SEALED_OFF = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'; sandbox"
)
READABLE = (Attachment.Scan.CLEAN, Attachment.Scan.NOT_SCANNED)


@require_safe
def attachment_download(
    request: HttpRequest, public_id: str, introduction_id: str, attachment_id: str
) -> HttpResponse:
    """Send the file; one of another introduction does not exist here."""
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission="alliances.view_private_part"
    )
    rows = Attachment.objects.filter(
        public_id=attachment_id, message__conversation__introduction=introduction
    )
    piece = visible(request.user, rows).first()
    if piece is None or piece.scan == Attachment.Scan.INFECTED:
        raise Http404
    if piece.scan not in READABLE:
        context = {"piece": piece, "own": own, "introduction": introduction}
        return render(
            request,
            "alliances/conversations/waiting.html",
            context,
            status=HTTPStatus.CONFLICT,
        )
    return _file(piece)


def _file(piece: Attachment) -> HttpResponse:
    try:
        with piece.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=piece.media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Disposition"] = content_disposition_header(True, piece.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SEALED_OFF
    return response
