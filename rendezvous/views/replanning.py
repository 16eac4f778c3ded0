"""The rest of the day, scheduled again: computed, looked at, then applied."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.models import Schedule, Session
from rendezvous.selectors.live import current_round
from rendezvous.selectors.waiting import preview_of, proposals_in
from rendezvous.services import replanning as services
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in

STALE = gettext_lazy(
    "La salle a changé depuis ce calcul\u202f: rien n’est publié, et un nouveau calcul est en "
    "cours avec les présences de maintenant."
)
NOTHING_LEFT = gettext_lazy(
    "Il n’y a rien à changer\u202f: aucun programme n’est publié, ou le dernier tour a commencé."
)


@require_safe
def replanning_detail(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show what would change, and for whom, before anything does."""
    session = prepared_or_404(request, session_id)
    found = services.proposed(session)
    context = {
        "session": session,
        "preview": preview_of(session, found, request.user) if found else None,
        "is_stale": services.is_stale(session, found) if found else False,
        "crumbs": catalyst_crumbs(session, _("Nouveau programme")),
        **_progress(session),
    }
    return render(request, "rendezvous/replanning.html", context)


@require_POST
@limited("room")
def replanning_request(request: HttpRequest, session_id: str) -> HttpResponse:
    """Ask for another programme, with those who are there now."""
    session = prepared_or_404(request, session_id)
    _ask(request, session)
    return redirect("rendezvous:replanning_detail", session.public_id)


@require_safe
def replanning_progress(request: HttpRequest, session_id: str) -> HttpResponse:
    """Tell how far the computation is, for the page that waits."""
    session = prepared_or_404(request, session_id)
    context = {"session": session, **_progress(session)}
    return render(request, "rendezvous/_replanning.html", context)


@require_POST
@limited("room")
def replanning_apply(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Publish what was shown; when the room has changed, compute again instead."""
    session = prepared_or_404(request, session_id)
    rows = visible(request.user, Schedule.objects.filter(session=session))
    schedule = rows.filter(public_id=schedule_id).first()
    try:
        if schedule is None:
            raise services.StaleError  # another host had it computed again
        services.apply_replanning(session, schedule)
    except services.StaleError:
        messages.warning(request, str(STALE))
        _ask(request, session)
        return redirect("rendezvous:replanning_detail", session.public_id)
    messages.success(
        request,
        _(
            "Le nouveau programme est publié\u202f: chaque personne concernée est prévenue."
        ),
    )
    return redirect("rendezvous:room_board", session.public_id)


@require_safe
def room_waiting(request: HttpRequest, session_id: str) -> HttpResponse:
    """List who has no table now, with the best that can be proposed to each."""
    session = prepared_or_404(request, session_id)
    begun = current_round(session, timezone.now())
    number = max(begun, 1)
    context = {
        "session": session,
        "round": number,
        "waiting": proposals_in(session, request.user, number),
        "crumbs": catalyst_crumbs(session, _("Sans table à ce tour")),
    }
    return render(request, "rendezvous/waiting.html", context)


def _ask(request: HttpRequest, session: Session) -> None:
    try:
        services.request_replanning(session, by=signed_in(request))
    except services.NothingLeftError:
        messages.info(request, str(NOTHING_LEFT))


def _progress(session: Session) -> dict[str, object]:
    """What ``components/progress.html`` shows of the last computation."""
    job = services.job_of(session)
    state = ""
    if job is not None and not job.is_done:
        state = "failed" if job.is_quarantined else "running"
    url = reverse("rendezvous:replanning_progress", args=[session.public_id])
    return {"computing": state, "value_pct": None, "poll_url": url}
