"""What a catalyst prepares: the list, the form, the states of a session."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.policy import can
from accounts.throttling import limited
from rendezvous.enums import SessionState
from rendezvous.forms.session import SessionForm
from rendezvous.models import Session
from rendezvous.selectors.board import board_of
from rendezvous.selectors.sessions import mandated_territories, prepared_sessions
from rendezvous.services import sessions as services
from rendezvous.views.shared import (
    catalyst,
    catalyst_crumbs,
    prepared_or_404,
    session_or_404,
)

SAID = {
    SessionState.OPEN: gettext_lazy(
        "Les inscriptions sont ouvertes : la session est annoncée à tout le monde."
    ),
    SessionState.CLOSED: gettext_lazy(
        "Les inscriptions sont closes. Vous pouvez les rouvrir."
    ),
    SessionState.CANCELLED: gettext_lazy(
        "La session est annulée : chaque organisation inscrite est prévenue."
    ),
}


@require_safe
def session_mine(request: HttpRequest) -> HttpResponse:
    """List what this catalyst prepares, the last first."""
    person = catalyst(request)
    page, lines = prepared_sessions(person, request.GET.get("page"))
    context = {"page": page, "lines": lines, "crumbs": catalyst_crumbs()}
    return render(request, "rendezvous/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("session")
def session_create(request: HttpRequest) -> HttpResponse:
    """Prepare a session, from nothing or from a former one."""
    person = catalyst(request)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        territories=mandated_territories(person),
        model=_model(request),
    )
    if request.method == "POST" and form.is_valid():
        session = services.create_session(form.territory, form.plan(), by=person)
        messages.success(request, _("« %s » est en préparation.") % session.title)
        return redirect("rendezvous:session_board", session.public_id)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("session")
def session_edit(request: HttpRequest, session_id: str) -> HttpResponse:
    """Change what was prepared."""
    session = prepared_or_404(request, session_id)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        territories=mandated_territories(request.user),
        session=session,
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, session)
    try:
        services.edit_session(session, form.plan())
    except services.CalledOffError:
        form.add_error(
            None, _("Cette session est annulée : préparez-en une autre d’après elle.")
        )
        return _form_page(request, form, session)
    messages.success(request, _("Vos modifications sont enregistrées."))
    return redirect("rendezvous:session_board", session.public_id)


@require_POST
@limited("session")
def session_act(request: HttpRequest, session_id: str) -> HttpResponse:
    """Open the registrations, close them, or call the session off."""
    session = prepared_or_404(request, session_id)
    asked = request.POST.get("etat", "")
    if asked not in SAID:
        raise Http404
    state = SessionState(asked)
    if services.change_state(session, state):
        messages.success(request, str(SAID[state]))
    else:
        messages.info(request, _("Rien n’a changé."))
    return redirect("rendezvous:session_board", session.public_id)


@require_safe
def session_board(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show who comes, who is missing, and what nobody brings."""
    session = prepared_or_404(request, session_id)
    board = board_of(session, request.user, request.GET.get("page"))
    context = {
        "session": session,
        "board": board,
        "page": board.page,
        "crumbs": catalyst_crumbs(session),
    }
    return render(request, "rendezvous/board.html", context)


def _model(request: HttpRequest) -> Session | None:
    """Return the former session to start from, one that this catalyst prepared."""
    asked = request.GET.get("modele", "")
    if not asked:
        return None
    session = session_or_404(request, asked)
    if not can(request.user, "rendezvous.organise_session", session):
        raise Http404
    return session


def _form_page(
    request: HttpRequest, form: SessionForm, session: Session | None = None
) -> HttpResponse:
    here = _("Modifier") if session else _("Nouvelle session")
    context = {
        "form": form,
        "session": session,
        "crumbs": catalyst_crumbs(session, here),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "rendezvous/edit.html", context, status=status)
