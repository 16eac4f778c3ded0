"""The door on the day: who is there, who is missing, which tables are lost."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.throttling import limited
from rendezvous.forms.room import FindForm
from rendezvous.models import Session
from rendezvous.selectors import checkin as selectors
from rendezvous.selectors.arrivals import attendee_of
from rendezvous.selectors.live import current_round
from rendezvous.selectors.picture import lost_tables
from rendezvous.selectors.programmes import published_schedule
from rendezvous.selectors.waiting import broken_count, waiting_in
from rendezvous.services import attendance as services
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in

KEPT = ("voir", "q", "page")


@require_safe
def room_board(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show who is there, expected and missing, and find somebody by name."""
    session = prepared_or_404(request, session_id)
    begun = _begun(session)
    asked = _asked(request)
    done = request.GET.get("fait", "")
    round_ = max(begun, 1)
    context = {
        "session": session,
        "asked": asked,
        "room": selectors.room_of(session, request.user, asked, begun=begun),
        "done": selectors.line_of(session, request.user, done, begun=begun)
        if done
        else None,
        "begun": begun,
        "is_late": timezone.now() > session.begins_at,
        "round": round_,
        "next_round": begun + 1 if begun < session.rounds else None,
        "schedule": published_schedule(session, request.user),
        "broken": broken_count(session),
        "waiting": waiting_in(session, request.user, round_),
        "lost": lost_tables(session),
        "kept": {name: request.GET.get(name, "") for name in KEPT},
        "crumbs": catalyst_crumbs(session, _("Accueil")),
    }
    return render(request, "rendezvous/door.html", context)


@require_POST
@limited("room")
def room_find(request: HttpRequest, session_id: str) -> HttpResponse:
    """Somebody gave a name: the only one who answers it is there; else, show them."""
    session = prepared_or_404(request, session_id)
    typed = FindForm(request.POST).typed
    lines = selectors.lines_of(session, request.user, begun=_begun(session))
    only = selectors.the_only_one(lines, typed) if typed else None
    if only is None:
        return _back(session, q=typed)
    services.arrive(session, only.attendee, by=signed_in(request))
    return _back(session, fait=str(only.attendee.pk))


@require_POST
@limited("room")
def room_mark(request: HttpRequest, session_id: str) -> HttpResponse:
    """Say where somebody stands, or everybody who is missing; all of it can be undone."""
    session = prepared_or_404(request, session_id)
    by = signed_in(request)
    kept = {name: request.POST.get(name, "") for name in KEPT}
    if "tous" in request.POST:
        _mark_all(request, session, by)
        return _back(session, **kept)
    if "reprendre" in request.POST:
        _take_back(request, session, by)
        return _back(session, **kept)
    pk = _mark_one(request, session, by)
    return _back(session, **kept, anchor=f"p-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("room")
def checkin_confirm(request: HttpRequest, session_id: str, code: str) -> HttpResponse:
    """Show whose code was scanned, then say that they are there."""
    session = prepared_or_404(request, session_id)
    pk = attendee_of(session, code)
    begun = _begun(session)
    line = selectors.line_of(session, request.user, pk, begun=begun) if pk else None
    if line is None:
        raise Http404
    if request.method == "POST":
        services.arrive(session, line.attendee, by=signed_in(request))
        return redirect("rendezvous:checkin_confirm", session.public_id, code)
    context = {
        "session": session,
        "line": line,
        "crumbs": catalyst_crumbs(session, _("Code d’entrée")),
    }
    return render(request, "rendezvous/checkin.html", context)


@require_POST
@limited("room")
def room_table(request: HttpRequest, session_id: str) -> HttpResponse:
    """A table is lost, or found again."""
    session = prepared_or_404(request, session_id)
    number = _number(request.POST.get("table", ""))
    if "retrouvee" in request.POST:
        services.recover_table(session, number)
        messages.success(request, _("La table %d peut servir de nouveau.") % number)
        return _back(session)
    try:
        services.lose_table(session, number, by=signed_in(request))
    except services.NoSuchRoundError:
        messages.error(
            request,
            _("Cette table ne peut pas être retirée\u202f: vérifiez son numéro."),
        )
    else:
        messages.success(
            request, _("La table %d ne sert plus, dès le prochain tour.") % number
        )
    return _back(session)


def _mark_all(request: HttpRequest, session: Session, by: User) -> None:
    at = services.mark_the_others_absent(session, by=by)
    if at is None:
        messages.info(request, _("Personne n’est plus attendu."))
    else:
        messages.success(
            request, _("Celles et ceux qui ne sont pas arrivés sont absents.")
        )


def _take_back(request: HttpRequest, session: Session, by: User) -> None:
    at = _moment(request.POST["reprendre"])
    count = services.take_back(session, at, by=by) if at else 0
    told = ngettext(
        "%d personne est de nouveau attendue.",
        "%d personnes sont de nouveau attendues.",
        count,
    )
    messages.success(request, told % count)


def _mark_one(request: HttpRequest, session: Session, by: User) -> int:
    """Do the first of the gestures that the form names."""
    for gesture, change in GESTURES.items():
        if gesture in request.POST:
            line = selectors.line_of(session, request.user, request.POST[gesture])
            if line is None:
                raise Http404
            change(session, line.attendee, by=by)
            return line.attendee.pk
    raise Http404


GESTURES = {
    "arrivee": services.arrive,
    "attendue": services.expect,
    "absente": services.mark_absent,
    "partie": services.leave_now,
    "restee": services.stay,
}


def _begun(session: Session) -> int:
    return current_round(session, timezone.now())


def _asked(request: HttpRequest) -> selectors.Asked:
    return selectors.Asked(
        typed=FindForm(request.GET).typed,
        part=request.GET.get("voir", ""),
        number=request.GET.get("page"),
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def _number(text: str) -> int:
    is_plain = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004
    return int(text) if is_plain else 0


def _back(session: Session, *, anchor: str = "", **asked: str) -> HttpResponse:
    """Return to the list, as the host was looking at it."""
    here = reverse("rendezvous:room_board", args=[session.public_id])
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(
        f"{here}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"
    )
