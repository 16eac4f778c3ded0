"""Asking for one's proposals again, and where the computation stands."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import can
from alliances.models import Organisation
from matching.selectors.proposals import progress_of
from matching.services.changes import refresh_proposals
from matching.views.addresses import list_url
from matching.views.lists import organisation_or_404, wants_fragment


def _own_or_404(request: HttpRequest, public_id: str) -> Organisation:
    organisation = organisation_or_404(request, public_id)
    if not can(request.user, "matching.view_proposals", organisation):
        raise Http404
    return organisation


@require_safe
def proposal_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say where the computation stands: a page, or the fragment that asks again."""
    organisation = _own_or_404(request, public_id)
    context = {
        "organisation": organisation,
        "progress": progress_of(organisation, viewer=request.user),
        "list_url": list_url(organisation),
    }
    template = "matching/proposal_progress.html"
    if wants_fragment(request):
        template = "matching/_progress.html"
    return render(request, template, context)


@require_POST
def proposal_refresh(request: HttpRequest, public_id: str) -> HttpResponse:
    """Queue the computation of this organisation's proposals, one at a time."""
    organisation = _own_or_404(request, public_id)
    if refresh_proposals(organisation):
        text = _("Vos propositions vont être recalculées ; les actuelles restent là.")
        messages.success(request, text)
    else:
        messages.info(request, _("Un calcul est déjà en cours : il vous concerne."))
    return redirect(
        reverse("matching:proposal_progress", args=[organisation.public_id])
    )
