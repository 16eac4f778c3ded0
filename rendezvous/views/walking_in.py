"""Who came without registering: of an organisation that is known, or of a new one."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.public_id import new_public_id
from accounts.throttling import limited
from alliances.models import Organisation
from rendezvous.forms.room import FindForm, NewcomerForm, WalkInForm
from rendezvous.models import Attendee, Session
from rendezvous.selectors.door import (
    door_key,
    invited_kinds,
    organisations_named,
    resembling,
)
from rendezvous.services.door import (
    TooManyPeopleError,
    add_at_the_door,
    add_unknown_at_the_door,
)
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@limited("room")
def room_add(request: HttpRequest, session_id: str) -> HttpResponse:
    """Add somebody who came without registering."""
    session = prepared_or_404(request, session_id)
    data = request.POST if request.method == "POST" else request.GET
    typed = FindForm({"q": data.get("chercher", "")}).typed
    is_new = "absente" in request.GET
    choices = [] if is_new else organisations_named(session, request.user, typed)
    form = WalkInForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"nom": data.get("nom", "")},
    )
    if request.method == "POST" and form.is_valid():
        name, by = form.cleaned_data["nom"], signed_in(request)
        try:
            return _there(session, add_at_the_door(session, form.chosen, name, by=by))
        except TooManyPeopleError:
            form.add_error(
                "organisation", _("Quatre personnes viennent déjà pour elle.")
            )
    return _page(request, session, form=form, typed=typed, choices=choices)


@require_POST
@limited("room")
def room_create(request: HttpRequest, session_id: str) -> HttpResponse:
    """Add somebody of an organisation that the directory does not know."""
    session = prepared_or_404(request, session_id)
    form = NewcomerForm(request.POST, kinds=invited_kinds(session))
    alike: list[Organisation] = []
    if form.is_valid():
        identity, name = form.identity, form.cleaned_data["nom"]
        key, by = door_key(session, form.cleaned_data["cle"]), signed_in(request)
        alike = resembling(request.user, identity.name, key=key)
        if not alike or "confirme" in request.POST:
            added = add_unknown_at_the_door(session, identity, name, key=key, by=by)
            return _there(session, added)
    return _page(request, session, newcomer=form, alike=alike)


def _there(session: Session, added: Attendee) -> HttpResponse:
    """Return to the door, which says who has just arrived."""
    here = reverse("rendezvous:room_board", args=[session.public_id])
    return redirect(f"{here}?fait={added.pk}")


def _page(
    request: HttpRequest,
    session: Session,
    *,
    form: WalkInForm | None = None,
    newcomer: NewcomerForm | None = None,
    typed: str = "",
    choices: list[Organisation] | None = None,
    alike: list[Organisation] | None = None,
) -> HttpResponse:
    is_wrong = bool((form and form.errors) or newcomer)
    kinds = invited_kinds(session)
    initial = {
        "organisation": typed,
        "nom": request.GET.get("nom", ""),
        "cle": new_public_id(),
    }
    context = {
        "session": session,
        "form": form or WalkInForm(choices=[], initial={"nom": ""}),
        "newcomer": newcomer or NewcomerForm(kinds=kinds, initial=initial),
        "typed": typed,
        "choices": choices or [],
        "alike": alike or [],
        "crumbs": catalyst_crumbs(session, _("Inscrire sur place")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "rendezvous/walk_in.html", context, status=status)
