"""Settings of the programmes: numbers of meetings by kind and by participant."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.forms.arranging import PeopleForm, QuotaForm
from rendezvous.selectors.registrations import leads_of
from rendezvous.services import arranging as services
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404

PAGE_SIZE = 40


@require_http_methods(["GET", "HEAD", "POST"])
@limited("session")
def schedule_settings(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show and keep what is asked of the next programmes."""
    session = prepared_or_404(request, session_id)
    rows = visible(request.user, leads_of(session))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.POST.get("geste") if request.method == "POST" else ""
    people = list(page.object_list)
    quotas = QuotaForm(request.POST if asked == "natures" else None, session=session)
    each = PeopleForm(
        request.POST if asked == "personnes" else None, session=session, people=people
    )
    if quotas.is_valid():
        services.set_quotas(session, quotas.quotas())
    if each.is_valid():
        services.set_people(session, each.asked())
    if quotas.is_valid() or each.is_valid():
        messages.success(
            request, _("Vos réglages sont enregistrés : le prochain calcul les suit.")
        )
        here = reverse("rendezvous:schedule_settings", args=[session_id])
        return redirect(f"{here}?page={page.number}")
    context = {
        "session": session,
        "quotas": quotas,
        "people": each,
        "page": page,
        "crumbs": catalyst_crumbs(session, _("Réglages des programmes")),
    }
    is_wrong = bool(quotas.errors or each.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "rendezvous/settings.html", context, status=status)
