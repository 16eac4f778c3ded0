"""Sessions as everybody reads them: the list, one session, its poster."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.policy import can
from rendezvous.forms.territory import TerritoryForm
from rendezvous.selectors.invitations import own_invitations
from rendezvous.selectors.sessions import (
    balance_of,
    coming_sessions,
    own_coming,
    own_registrations_in,
)
from rendezvous.views.qr import qr_path
from rendezvous.views.shared import public_crumbs, session_or_404


@login_not_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """List the sessions that are announced, everywhere or around a territory."""
    form = TerritoryForm(request.GET or None)
    territory = form.territory()
    page, lines = coming_sessions(
        request.user, territory=territory, number=request.GET.get("page")
    )
    context = {
        "form": form,
        "territory": territory,
        "page": page,
        "lines": lines,
        "mine": own_coming(request.user),
        "prepares": can(request.user, "rendezvous.prepare_sessions"),
    }
    return render(request, "rendezvous/list.html", context)


@login_not_required
@require_safe
def session_detail(request: HttpRequest, session_id: str) -> HttpResponse:
    """Say what the session is, where and when, and lead to the registration."""
    session = session_or_404(request, session_id)
    own = own_registrations_in(session, request.user)
    context = {
        "session": session,
        "balances": balance_of(session),
        "own": [(one, place) for one, place in own if place and place.is_live],
        "invitations": own_invitations(session, request.user),
        "is_open": session.takes_registrations(timezone.now()),
        "organises": can(request.user, "rendezvous.organise_session", session),
        "crumbs": public_crumbs(session),
    }
    return render(request, "rendezvous/detail.html", context)


@login_not_required
@require_safe
def session_poster(request: HttpRequest, session_id: str) -> HttpResponse:
    """A sheet to print and pin up: what, where, when, and the code to scan."""
    session = session_or_404(request, session_id)
    path = reverse("rendezvous:session_detail", args=[session.public_id])
    address = f"{settings.SITE_URL}{path}"
    context = {
        "session": session,
        "balances": balance_of(session),
        "address": address,
        "qr": qr_path(address),
        "crumbs": public_crumbs(session, str(_("Affiche"))),
    }
    return render(request, "rendezvous/poster.html", context)
