"""The actions of a collective process, for the catalyst who leads it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.enums import ActionState
from rendezvous.forms.process_action import ActionForm
from rendezvous.models import Process, ProcessAction, ProcessGroup
from rendezvous.selectors.process_people import possible_carriers
from rendezvous.services import process_actions as services
from rendezvous.services.process_plans import (
    AlreadyThereError,
    NoCarrierError,
    TooManyKeptError,
    UnkeptError,
)
from rendezvous.views.process_shared import action_or_404, board_crumbs, led_or_404

EDITING = ["GET", "HEAD", "POST"]
REFUSALS: dict[type[UnkeptError], object] = {
    NoCarrierError: gettext_lazy(
        "Une action retenue a un porteur : dites d’abord qui la porterait. Rien n’est "
        "décidé."
    ),
    TooManyKeptError: gettext_lazy(
        "Le nombre d’actions à retenir est atteint : écartez-en une, ou changez ce "
        "nombre. Rien n’est décidé."
    ),
}


@require_http_methods(EDITING)
@limited("session")
def action_create(request: HttpRequest, process_id: str) -> HttpResponse:
    return _action(request, led_or_404(request, process_id), None)


@require_http_methods(EDITING)
@limited("session")
def action_edit(request: HttpRequest, process_id: str, action_id: str) -> HttpResponse:
    process = led_or_404(request, process_id)
    return _action(request, process, action_or_404(request, process, action_id))


@require_POST
@limited("session")
def action_decide(
    request: HttpRequest, process_id: str, action_id: str
) -> HttpResponse:
    """Keep an action, drop it, or leave it open again."""
    process = led_or_404(request, process_id)
    action = action_or_404(request, process, action_id)
    asked = request.POST.get("decision", "")
    if asked not in ActionState.values:
        raise Http404
    try:
        services.decide(action, ActionState(asked))
    except UnkeptError as error:
        messages.error(request, str(REFUSALS[type(error)]))
    else:
        messages.success(request, _("C’est enregistré."))
    return redirect("rendezvous:process_board", process.public_id)


def _action(
    request: HttpRequest, process: Process, action: ProcessAction | None
) -> HttpResponse:
    groups = visible(request.user, ProcessGroup.objects.filter(process=process))
    form = ActionForm(
        request.POST if request.method == "POST" else None,
        groups=list(groups.order_by("pk")),
        carriers=possible_carriers(process, request.user),
        action=action,
    )
    if request.method == "POST" and form.is_valid() and _save(process, form, action):
        messages.success(request, _("C’est enregistré."))
        return redirect("rendezvous:process_board", process.public_id)
    here = action.title if action else _("Nouvelle action")
    context = {
        "process": process,
        "form": form,
        "here": here,
        "crumbs": board_crumbs(process, here),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "rendezvous/processes/action.html", context, status=status)


def _save(process: Process, form: ActionForm, action: ProcessAction | None) -> bool:
    try:
        services.save_action(process, form.plan(), action=action)
    except AlreadyThereError:
        form.add_error("titre", _("Une action a déjà cet intitulé."))
    except UnkeptError as error:
        form.add_error(None, str(REFUSALS[type(error)]))
    return not form.errors
