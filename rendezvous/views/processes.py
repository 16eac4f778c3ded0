"""Collective processes as everybody reads them, and the answer of who carries an action."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import can, visible
from accounts.throttling import limited
from alliances.models import Organisation
from rendezvous.models import ProcessAction
from rendezvous.selectors.process_people import asked_to_carry
from rendezvous.selectors.processes import (
    led_processes,
    process_page,
    processes_page,
)
from rendezvous.services.process_actions import answer_carrier
from rendezvous.views.process_shared import (
    leads,
    process_crumbs,
    process_or_404,
)


@login_not_required
@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    """List what is published, and what this catalyst leads."""
    prepares = can(request.user, "rendezvous.prepare_sessions")
    context = {
        "page": processes_page(request.user, request.GET.get("page")),
        "mine": led_processes(request.user) if prepares else [],
        "prepares": prepares,
        "crumbs": process_crumbs(),
    }
    return render(request, "rendezvous/processes/list.html", context)


@login_not_required
@require_safe
def process_detail(request: HttpRequest, process_id: str) -> HttpResponse:
    """Say where the process is, what it found, and who came."""
    process = process_or_404(request, process_id)
    context = {
        "process": process,
        "board": process_page(process, request.user, leads=False),
        "asked": asked_to_carry(process, request.user),
        "leads": leads(request, process),
        "crumbs": process_crumbs(process),
    }
    return render(request, "rendezvous/processes/detail.html", context)


@login_not_required
@require_safe
def process_restitution(request: HttpRequest, process_id: str) -> HttpResponse:
    """What is given back to all: a sheet of what was found and kept, to print."""
    process = process_or_404(request, process_id)
    if not (process.shows_results or leads(request, process)):
        raise Http404
    context = {
        "process": process,
        "board": process_page(process, request.user, leads=False),
        "printed_on": timezone.localdate(),
        "crumbs": process_crumbs(process, _("Restitution")),
    }
    return render(request, "rendezvous/processes/restitution.html", context)


@require_POST
@limited("registration")
def action_carry(
    request: HttpRequest, process_id: str, action_id: str, public_id: str
) -> HttpResponse:
    """Say, for an organisation, whether it carries an action."""
    process = process_or_404(request, process_id)
    rows = visible(request.user, Organisation.objects.active().for_list())
    organisation = get_object_or_404(rows, public_id=public_id)
    if not can(request.user, "rendezvous.carry_action", organisation):
        raise Http404
    actions = visible(request.user, ProcessAction.objects.filter(process=process))
    action = get_object_or_404(actions, public_id=action_id)
    agrees = request.POST.get("reponse") == "oui"
    if not answer_carrier(action, organisation, agrees=agrees):
        messages.info(request, _("Rien n’a changé."))
    elif agrees:
        told = _("C’est noté : %s porte cette action.")
        messages.success(request, told % organisation.name)
    else:
        messages.success(request, _("C’est noté : votre nom ne paraît nulle part."))
    return redirect("rendezvous:process_detail", process.public_id)
