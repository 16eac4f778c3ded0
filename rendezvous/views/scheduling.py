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
from rendezvous.selectors.comparing import compared
from rendezvous.selectors.programmes import grid_of, has_enough, versions_of
from rendezvous.selectors.versions import can_share, figures_of, lines_of, reached
from rendezvous.services import computing
from rendezvous.services import schedules as services
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in
from rendezvous.wording import reason_sentence

OUTDATED = gettext_lazy(
    "Depuis ce calcul, des inscriptions ou des choix ont changé : ce programme ne "
    "les respecte plus. Rien n’est publié ; calculez-en un autre."
)
FOLLOWED = gettext_lazy(
    "Un programme est déjà publié : publiez celui-ci quand il est prêt. Rien n’a changé."
)
CALLED_OFF = gettext_lazy(
    "Cette session est annulée : personne ne lirait ce programme. Rien n’a changé."
)
SHARED = gettext_lazy(
    "La version provisoire est partagée : les organisations inscrites la lisent, marquée "
    "« provisoire »."
)
SMALLEST = 2


@require_safe
def schedule_list(request: HttpRequest, session_id: str) -> HttpResponse:
    """List the versions, and tell how far the computation is."""
    session = prepared_or_404(request, session_id)
    context = {
        "session": session,
        "versions": lines_of(session, request.user),
        "has_enough": has_enough(session),
        "crumbs": catalyst_crumbs(session, _("Programmes")),
        **_progress(session),
    }
    return render(request, "rendezvous/schedules.html", context)


@require_POST
@limited("schedule")
def schedule_compute(request: HttpRequest, session_id: str) -> HttpResponse:
    """Ask for another version, with those who have a place now.

    Around what is locked in a version, when one is named.
    """
    session = prepared_or_404(request, session_id)
    asked = request.POST.get("autour", "")
    parent = version_or_404(request, session, asked) if asked else None
    is_long = request.POST.get("duree") == "longue"
    computing.request_schedule(
        session,
        by=signed_in(request),
        parent=parent,
        seconds=computing.LONG_SECONDS if is_long else computing.SECONDS,
    )
    return redirect("rendezvous:schedule_list", session.public_id)


@require_POST
@limited("schedule")
def schedule_stop(request: HttpRequest, session_id: str) -> HttpResponse:
    """End the computation with the best that it found."""
    session = prepared_or_404(request, session_id)
    computing.stop(session)
    messages.info(request, _("Le calcul s’arrête : le meilleur trouvé est gardé."))
    return redirect("rendezvous:schedule_list", session.public_id)


@require_safe
def schedule_progress(request: HttpRequest, session_id: str) -> HttpResponse:
    """Tell how far the computation is, for the page that waits."""
    session = prepared_or_404(request, session_id)
    context = {"session": session, **_progress(session)}
    return render(request, "rendezvous/_computing.html", context)


@require_safe
def schedule_compare(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show two versions side by side, then what changes from one to the other."""
    session = prepared_or_404(request, session_id)
    versions = versions_of(session, request.user)
    chosen = _two(request, versions)
    context = {
        "session": session,
        "versions": versions,
        "chosen": chosen,
        "comparison": compared(session, *chosen, request.user) if chosen else None,
        "crumbs": catalyst_crumbs(session, _("Comparer deux versions")),
    }
    return render(request, "rendezvous/compare.html", context)


@require_safe
def schedule_detail(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Show the whole grid of a version, its value and its bound."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    reasons = [reason_sentence(one["code"], one["facts"]) for one in schedule.reasons]
    context = {
        "session": session,
        "schedule": schedule,
        "grid": grid_of(schedule, session, request.user),
        "figures": figures_of(schedule),
        "can_share": can_share(schedule, session),
        "reasons": list(dict.fromkeys(one for one in reasons if one)),
        "printed_on": timezone.localdate(),
        "crumbs": catalyst_crumbs(session, _("Programme n° %d") % schedule.version),
    }
    return render(request, "rendezvous/schedule.html", context)


@require_POST
@limited("schedule")
def schedule_share(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Let those who come read a version that may still change."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    try:
        services.share(session, schedule)
    except services.OutdatedError:
        messages.error(request, str(OUTDATED))
    except services.AlreadyPublishedError:
        messages.error(request, str(FOLLOWED))
    except services.CalledOffError:
        messages.error(request, str(CALLED_OFF))
    else:
        messages.success(request, str(SHARED))
    return redirect("rendezvous:schedule_detail", session_id, schedule_id)


@require_POST
@limited("schedule")
def schedule_publish(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Show a version to those who come; nothing that breaks a rule is published."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    try:
        services.publish(session, schedule)
    except services.OutdatedError:
        messages.error(request, str(OUTDATED))
    except services.CalledOffError:
        messages.error(request, str(CALLED_OFF))
    else:
        messages.success(
            request, _("Le programme est publié : chaque organisation est prévenue.")
        )
    return redirect("rendezvous:schedule_detail", session_id, schedule_id)


def version_or_404(
    request: HttpRequest, session: Session, schedule_id: str
) -> Schedule:
    """Return a version of a session."""
    rows = visible(request.user, Schedule.objects.filter(session=session))
    return get_object_or_404(
        rows.select_related("worst__registration__organisation", "parent"),
        public_id=schedule_id,
    )


def _two(
    request: HttpRequest, versions: list[Schedule]
) -> tuple[Schedule, Schedule] | None:
    """Return the versions asked for; otherwise the last one, and what it comes from."""
    known = {one.public_id: one for one in versions}
    if len(versions) < SMALLEST:
        return None
    after = known.get(request.GET.get("apres", ""), versions[0])
    others = [one for one in versions if one != after]
    former = next((one for one in others if one.pk == after.parent_id), others[0])
    before = known.get(request.GET.get("avant", ""), former)
    return (before, after) if before != after else (former, after)


def _progress(session: Session) -> dict[str, object]:
    """What ``_computing.html`` shows of the last computation."""
    job = computing.job_of(session)
    state = ""
    if job is not None and not job.is_done:
        state = "failed" if job.is_quarantined else "running"
    return {
        "computing": state,
        "reached": reached(session),
        "poll_url": reverse("rendezvous:schedule_progress", args=[session.public_id]),
    }
