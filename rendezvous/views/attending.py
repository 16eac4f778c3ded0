"""For those who come: whom they wish to meet, then their programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.throttling import limited
from rendezvous.forms.wishes import answers_in
from rendezvous.selectors.afterwards import afterwards_of
from rendezvous.selectors.live import live_of
from rendezvous.selectors.own_day import own_day_of
from rendezvous.selectors.programmes import programmes_of, shown_schedule
from rendezvous.selectors.wishes import wish_page
from rendezvous.services.wishes import wish
from rendezvous.views.live import live_context
from rendezvous.views.presence import with_codes
from rendezvous.views.shared import (
    confirmed_or_404,
    own_or_404,
    public_crumbs,
    session_or_404,
    signed_in,
)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("wish")
def wish_list(request: HttpRequest, session_id: str, public_id: str) -> HttpResponse:
    """Show who comes, and keep what one wishes of each."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    own = confirmed_or_404(request, session, organisation)
    page = wish_page(own, request.user, request.GET.get("page"))
    if request.method == "POST":
        answers = answers_in(request.POST, list(page.object_list))
        wish(own, answers, by=signed_in(request))
        messages.success(request, _("Vos souhaits sont enregistrés."))
        here = reverse("rendezvous:wish_list", args=[session_id, public_id])
        return redirect(f"{here}?page={page.number}")
    context = {
        "session": session,
        "organisation": organisation,
        "page": page,
        "is_over": not session.is_coming(timezone.now()),
        "crumbs": public_crumbs(session, _("Vos souhaits")),
    }
    return render(request, "rendezvous/wishes.html", context)


@require_safe
def programme_detail(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Show whom one meets, where, when, and what to talk about."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    own = confirmed_or_404(request, session, organisation)
    schedule = shown_schedule(session, request.user)
    context = {
        **live_context(session, live_of(session)),
        "organisation": organisation,
        "schedule": schedule,
        "day": with_codes(own_day_of(own, schedule, request.user)),
        "programmes": programmes_of(
            session, organisation, request.user, timezone.now()
        ),
        "afterwards": afterwards_of(own, request.user, timezone.now()),
        "printed_on": timezone.localdate(),
        "crumbs": public_crumbs(session, _("Votre programme")),
    }
    return render(request, "rendezvous/programme.html", context)


@require_safe
def programme_worker(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Give the script that keeps the programme, and nothing else, readable offline.

    A browser lets it act on addresses below its own only: this one programme.
    """
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    confirmed_or_404(request, session, organisation)
    return render(
        request, "rendezvous/programme_worker.js", content_type="text/javascript"
    )
