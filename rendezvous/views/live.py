"""The day itself: what hosts press, the screen of the room, the state that all follow."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.throttling import limited
from rendezvous.clock import NotNowError, foreseen, position
from rendezvous.forms.live import seen_in, seen_text
from rendezvous.models import Session
from rendezvous.models.session import COMING_STATES
from rendezvous.selectors.following import watcher
from rendezvous.selectors.live import (
    SERVER_TIME,
    Live,
    live_named,
    live_of,
    milliseconds,
    plan_of,
)
from rendezvous.selectors.programmes import published_schedule
from rendezvous.selectors.room import seatings_of
from rendezvous.services import live as services
from rendezvous.services.live import Action
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in

REFUSALS = {
    services.StaleError: gettext_lazy(
        "Entre-temps la session a avancé, ou quelqu’un a agi avant vous : rien n’a été "
        "fait deux fois. Voici où elle en est."
    ),
    NotNowError: gettext_lazy(
        "Ce n’est plus possible à ce moment de la session. Rien n’a changé."
    ),
    services.NotAnnouncedError: gettext_lazy(
        "Cette session n’est pas annoncée, ou elle est annulée : son horloge ne part pas."
    ),
}
GROUNDS = ("clair", "sombre")


@require_safe
def live_host(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show where the session stands, and what its hosts may press."""
    session = prepared_or_404(request, session_id)
    live, now = live_of(session), timezone.now()
    context = {
        **live_context(session, live),
        "actions": _offered(session, live),
        "seen": seen_text(live.revision, position(live.clock, now).step),
        "schedule": published_schedule(session, request.user),
        "crumbs": catalyst_crumbs(session, _("Le direct")),
    }
    return render(request, "rendezvous/direct.html", context)


@require_POST
@limited("live")
def live_act(request: HttpRequest, session_id: str) -> HttpResponse:
    """Do what a host pressed, unless the session moved on since they saw it."""
    session = prepared_or_404(request, session_id)
    asked, seen = request.POST.get("action", ""), seen_in(request.POST.get("vu", ""))
    if asked not in set(Action) or seen is None:
        raise Http404
    by, now = signed_in(request), timezone.now()
    try:
        services.act(session, Action(asked), seen=seen, by=by, now=now)
    except tuple(REFUSALS) as refusal:
        messages.warning(request, str(REFUSALS[type(refusal)]))
    return redirect("rendezvous:live_host", session.public_id)


@require_safe
def live_room(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show the room what goes on, how long it lasts, and who goes where."""
    session = prepared_or_404(request, session_id)
    live = live_of(session)
    here = position(live.clock, timezone.now())
    numbers = [n for n in (here.round, here.next_round) if n]
    ground = request.GET.get("fond", "")
    context = {
        **live_context(session, live),
        "seatings": seatings_of(session, request.user, numbers),
        "ground": ground if ground in GROUNDS else "",
        "schedule": published_schedule(session, request.user),
    }
    return render(request, "rendezvous/room.html", context)


@login_not_required
@require_safe
def live_state(request: HttpRequest, session_id: str) -> HttpResponse:
    """Tell a screen the state of the session, unless it has seen it."""
    live = live_named(session_id, request.user)
    if live is None:
        raise Http404
    seen = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    if live.tag == seen and settings.LIVE_HOLD_SECONDS:
        connections.close_all()  # who waits holds none
        seconds = settings.LIVE_HOLD_SECONDS
        live = watcher().wait(session_id, seen, seconds=seconds) or live
    if live.tag == seen:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(live.text, content_type="application/json")
    response[SERVER_TIME] = str(milliseconds(timezone.now()))
    response["ETag"] = f'"{live.tag}"'
    response["Cache-Control"] = "private, no-store"
    return response


def live_context(session: Session, live: Live) -> dict[str, object]:
    """Return what ``rendezvous/_clock.html`` and the script of every screen need."""
    now = timezone.now()
    return {
        "session": session,
        "live": live,
        "clock": live.clock,
        "here": position(live.clock, now),
        "hours": foreseen(live.clock, now),
        "rounds_count": len(live.clock.rounds),
    }


def _offered(session: Session, live: Live) -> set[str]:
    if session.state not in COMING_STATES:
        return set()
    found = services.offered(live.clock, plan_of(session), timezone.now())
    return {one.value for one in found}
