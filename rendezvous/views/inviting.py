"""Inviting organisations to a session, and answering « pas pour nous »."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.throttling import limited
from rendezvous.selectors.lacks import CANDIDATES, invitable
from rendezvous.services import invitations as services
from rendezvous.views.shared import (
    own_or_404,
    prepared_or_404,
    session_or_404,
    signed_in,
)

NOTHING = gettext_lazy(
    "Rien n’a été envoyé\u202f: ces organisations sont déjà inscrites ou invitées, les "
    "inscriptions sont closes, ou trois invitations par place sont parties."
)


@require_POST
@limited("session_invitation")
def session_invite(request: HttpRequest, session_id: str) -> HttpResponse:
    """Invite one of the candidates, or all those of the list, once each."""
    session = prepared_or_404(request, session_id)
    only = request.POST.get("seule", "")
    asked = [only] if only else request.POST.getlist("organisation")
    found = invitable(session, request.user).filter(public_id__in=asked[:CANDIDATES])
    count = services.invite(session, list(found.for_list()), by=signed_in(request))
    if count:
        told = ngettext(
            "C’est envoyé\u202f: %d organisation invitée.",
            "C’est envoyé\u202f: %d organisations invitées.",
            count,
        )
        messages.success(request, told % count)
    else:
        messages.info(request, str(NOTHING))
    return redirect("rendezvous:session_board", session.public_id)


@require_POST
@limited("registration")
def invitation_decline(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Keep a « pas pour nous », of which nobody is told."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    if services.decline(session, organisation):
        messages.success(request, _("C’est noté. Personne d’autre ne le saura."))
    else:
        messages.info(request, _("Aucune invitation n’attend de réponse."))
    return redirect("rendezvous:session_detail", session.public_id)
