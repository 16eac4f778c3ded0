"""For catalysts: what becomes of the meetings of a session, and its figures."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import can, visible
from accounts.throttling import limited
from rendezvous.forms.following import NoteForm
from rendezvous.models import FollowUp
from rendezvous.selectors.aftercare import care_of
from rendezvous.selectors.compared_figures import (
    MOST_COMPARED,
    comparable_sessions,
    rows_of,
)
from rendezvous.selectors.figures import figures_of
from rendezvous.services.following import progress as services
from rendezvous.views.shared import (
    catalyst_crumbs,
    prepared_or_404,
    public_crumbs,
    session_or_404,
    signed_in,
)

NUDGE, NOTE = "relancer", "noter"


@require_safe
def followup_list(request: HttpRequest, session_id: str) -> HttpResponse:
    """List the pairs that go on: to handle, in progress, stalled, ended."""
    session = prepared_or_404(request, session_id)
    care = care_of(
        session,
        request.user,
        sort=request.GET.get("etat", ""),
        kind=request.GET.get("nature", ""),
        number=request.GET.get("page"),
    )
    context = {
        "session": session,
        "care": care,
        "page": care.page,
        "crumbs": catalyst_crumbs(session, _("Suites")),
    }
    return render(request, "rendezvous/followups.html", context)


@require_POST
@limited("nudge")
def followup_act(
    request: HttpRequest, session_id: str, followup_id: str
) -> HttpResponse:
    """Ask again those who have not answered, or keep a note."""
    session = prepared_or_404(request, session_id)
    rows = visible(request.user, FollowUp.objects.filter(session=session))
    followup = get_object_or_404(rows, public_id=followup_id)
    acts = {NUDGE: _nudge, NOTE: _note}
    act = acts.get(request.POST.get("geste", ""))
    if act is None:
        raise Http404
    act(request, followup)
    sort = request.POST.get("etat", "")[:20]
    page = reverse("rendezvous:followup_list", args=[session_id])
    return redirect(f"{page}?etat={sort}#suite-{followup.public_id}")


@require_safe
def session_figures(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show what became of a session."""
    session = session_or_404(request, session_id)
    if not can(request.user, "rendezvous.view_figures", session):
        raise Http404
    organises = can(request.user, "rendezvous.organise_session", session)
    way = catalyst_crumbs if organises else public_crumbs
    context = {
        "session": session,
        "figures": figures_of(session, request.user),
        "organises": organises,
        "printed_on": timezone.localdate(),
        "crumbs": way(session, _("Bilan")),
    }
    return render(request, "rendezvous/figures.html", context)


@require_safe
def figures_compare(request: HttpRequest) -> HttpResponse:
    """Put the figures of several sessions side by side."""
    known = comparable_sessions(request.user)
    wanted = set(request.GET.getlist("session"))
    chosen = [one for one in known if one.public_id in wanted][:MOST_COMPARED]
    compared = [figures_of(one, request.user) for one in chosen]
    context = {
        "sessions": known,
        "chosen": {one.public_id for one in chosen},
        "compared": compared,
        "rows": rows_of(compared),
        "most": MOST_COMPARED,
        "printed_on": timezone.localdate(),
        "crumbs": catalyst_crumbs(None, _("Comparer des sessions")),
    }
    return render(request, "rendezvous/figures_compare.html", context)


def _nudge(request: HttpRequest, followup: FollowUp) -> None:
    if services.nudge(followup, now=timezone.now()):
        messages.success(request, _("Celles qui n’ont pas répondu sont relancées."))
    else:
        messages.info(
            request,
            _(
                "Rien n’est parti : elles ont répondu, ou vous les avez relancées il y "
                "a moins d’une semaine."
            ),
        )


def _note(request: HttpRequest, followup: FollowUp) -> None:
    form = NoteForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        services.write_note(followup, note, by=signed_in(request))
        messages.success(request, _("La note est enregistrée."))
    else:
        messages.error(request, _("La note est trop longue : 500 signes au plus."))
