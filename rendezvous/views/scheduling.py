"""The versions of a programme, for the catalyst who computes and publishes them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.models import Schedule, Session
from rendezvous.selectors.programmes import grid_of, has_enough, versions_of
from rendezvous.services import schedules as services
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in
from rendezvous.wording import reason_sentence

OUTDATED = gettext_lazy(
    "Depuis ce calcul, des inscriptions ou des choix ont changé : ce programme ne "
    "les respecte plus. Rien n’est publié ; calculez-en un autre."
)


@require_safe
def schedule_list(request: HttpRequest, session_id: str) -> HttpResponse:
    """List the versions, and tell how far the computation is."""
    session = prepared_or_404(request, session_id)
    context = {
        "session": session,
        "versions": versions_of(session, request.user),
        "has_enough": has_enough(session),
        "crumbs": catalyst_crumbs(session, _("Programmes")),
        **_progress(session),
    }
    return render(request, "rendezvous/schedules.html", context)


@require_POST
@limited("schedule")
def schedule_compute(request: HttpRequest, session_id: str) -> HttpResponse:
    """Ask for another version, with those who have a place now."""
    session = prepared_or_404(request, session_id)
    services.request_schedule(session, by=signed_in(request))
    return redirect("rendezvous:schedule_list", session.public_id)


@require_safe
def schedule_progress(request: HttpRequest, session_id: str) -> HttpResponse:
    """Tell how far the computation is, for the page that waits."""
    session = prepared_or_404(request, session_id)
    context = {"session": session, **_progress(session)}
    return render(request, "rendezvous/_computing.html", context)


@require_safe
def schedule_detail(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Show the whole grid of a version, its value and its bound."""
    session = prepared_or_404(request, session_id)
    schedule = _version_or_404(request, session, schedule_id)
    reasons = [reason_sentence(one["code"], one["facts"]) for one in schedule.reasons]
    context = {
        "session": session,
        "schedule": schedule,
        "grid": grid_of(schedule, session, request.user),
        "reasons": list(dict.fromkeys(one for one in reasons if one)),
        "printed_on": timezone.localdate(),
        "crumbs": catalyst_crumbs(session, _("Programme n° %d") % schedule.version),
    }
    return render(request, "rendezvous/schedule.html", context)


@require_POST
@limited("schedule")
def schedule_publish(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Show a version to those who come; nothing that breaks a rule is published."""
    session = prepared_or_404(request, session_id)
    schedule = _version_or_404(request, session, schedule_id)
    try:
        services.publish(session, schedule)
    except services.OutdatedError:
        messages.error(request, str(OUTDATED))
    else:
        messages.success(
            request, _("Le programme est publié : chaque organisation est prévenue.")
        )
    return redirect("rendezvous:schedule_detail", session_id, schedule_id)


def _version_or_404(
    request: HttpRequest, session: Session, schedule_id: str
) -> Schedule:
    rows = visible(request.user, Schedule.objects.filter(session=session))
    return get_object_or_404(rows, public_id=schedule_id)


def _progress(session: Session) -> dict[str, object]:
    """What ``components/progress.html`` shows of the last computation."""
    job = services.job_of(session)
    state = ""
    if job is not None and not job.is_done:
        state = "failed" if job.is_quarantined else "running"
    return {
        "computing": state,
        "value_pct": None,
        "poll_url": reverse("rendezvous:schedule_progress", args=[session.public_id]),
    }
