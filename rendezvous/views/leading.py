"""What a catalyst does of a collective process: stages, groups, actions."""

from collections.abc import Mapping
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.policy import visible
from accounts.throttling import limited
from alliances.models import Organisation
from rendezvous.enums import ProcessStageCode
from rendezvous.forms.process import GroupForm, ProcessForm, StageForm
from rendezvous.models import Process, ProcessGroup, ProcessStage
from rendezvous.selectors.process_people import participants_of, to_take_part
from rendezvous.selectors.processes import process_page
from rendezvous.selectors.sessions import mandated_territories
from rendezvous.services import processes as services
from rendezvous.services.process_plans import AlreadyThereError
from rendezvous.views.process_shared import (
    board_crumbs,
    group_or_404,
    led_or_404,
    process_crumbs,
)
from rendezvous.views.shared import catalyst

EDITING = ["GET", "HEAD", "POST"]


@require_http_methods(EDITING)
@limited("session")
def process_create(request: HttpRequest) -> HttpResponse:
    """Begin a process, that nobody else reads yet."""
    person = catalyst(request)
    form = ProcessForm(_posted(request), territories=mandated_territories(person))
    if request.method == "POST" and form.is_valid():
        process = services.create_process(form.territory, form.plan(), by=person)
        messages.success(request, _("« %s » est en préparation.") % process.title)
        return redirect("rendezvous:process_board", process.public_id)
    context = {"crumbs": process_crumbs(here=_("Nouvelle démarche"))}
    return _page(request, "edit", form, context)


@require_http_methods(EDITING)
@limited("session")
def process_edit(request: HttpRequest, process_id: str) -> HttpResponse:
    """Correct what is said of a process."""
    process = led_or_404(request, process_id)
    territories = mandated_territories(request.user)
    form = ProcessForm(_posted(request), territories=territories, process=process)
    if request.method == "POST" and form.is_valid():
        services.edit_process(process, form.plan())
        return _saved(request, process)
    context = {"process": process, "crumbs": board_crumbs(process, _("Modifier"))}
    return _page(request, "edit", form, context)


@require_safe
def process_board(request: HttpRequest, process_id: str) -> HttpResponse:
    """Show all that is known of a process, and what may be done of it."""
    process = led_or_404(request, process_id)
    context = {
        "process": process,
        "board": process_page(process, request.user, leads=True),
        "crumbs": board_crumbs(process),
    }
    return render(request, "rendezvous/processes/board.html", context)


@require_POST
@limited("session")
def process_act(request: HttpRequest, process_id: str) -> HttpResponse:
    """Publish, hide, or say which stage is under way."""
    process = led_or_404(request, process_id)
    asked, stage = request.POST.get("etat", ""), request.POST.get("etape", "")
    if asked in ("publier", "masquer"):
        services.publish_process(process, is_public=asked == "publier")
    elif stage in ProcessStageCode.values:
        services.move_on(process, ProcessStageCode(stage))
    else:
        raise Http404
    return _saved(request, process)


@require_http_methods(EDITING)
@limited("session")
def stage_edit(request: HttpRequest, process_id: str, stage: str) -> HttpResponse:
    """Write down when a stage was, and who came."""
    process = led_or_404(request, process_id)
    rows = visible(request.user, ProcessStage.objects.filter(process=process))
    row = get_object_or_404(rows.prefetch_related("shares"), stage=stage)
    form = StageForm(_posted(request), stage=row)
    if request.method == "POST" and form.is_valid():
        services.report_stage(process, row.stage, form.report())
        return _saved(request, process)
    here = str(ProcessStageCode(row.stage).label)
    context = {"process": process, "here": here, "crumbs": board_crumbs(process, here)}
    return _page(request, "stage", form, context)


@require_http_methods(EDITING)
@limited("session")
def group_create(request: HttpRequest, process_id: str) -> HttpResponse:
    process = led_or_404(request, process_id)
    return _group(request, process, None)


@require_http_methods(EDITING)
@limited("session")
def group_edit(request: HttpRequest, process_id: str, group_id: str) -> HttpResponse:
    process = led_or_404(request, process_id)
    return _group(request, process, group_or_404(request, process, group_id))


@require_http_methods(EDITING)
@limited("session")
def group_members(request: HttpRequest, process_id: str, group_id: str) -> HttpResponse:
    """Say which organisations take part in a group."""
    process = led_or_404(request, process_id)
    group = group_or_404(request, process, group_id)
    if request.method == "POST":
        _change_members(request, group)
        return redirect("rendezvous:group_members", process_id, group_id)
    words = request.GET.get("q", "")
    context = {
        "process": process,
        "group": group,
        "members": participants_of(group, request.user),
        "words": words,
        "found": list(to_take_part(group, request.user, words)),
        "crumbs": board_crumbs(process, group.theme),
    }
    return render(request, "rendezvous/processes/members.html", context)


def _change_members(request: HttpRequest, group: ProcessGroup) -> None:
    asked = request.POST.get("ajouter") or request.POST.get("retirer", "")
    rows = visible(request.user, Organisation.objects.active())
    organisation = get_object_or_404(rows, public_id=asked)
    if request.POST.get("ajouter"):
        services.take_part(group, organisation)
    else:
        services.leave_group(group, organisation)


def _group(
    request: HttpRequest, process: Process, group: ProcessGroup | None
) -> HttpResponse:
    form = GroupForm(_posted(request), group=group)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_group(process, form.plan(), group=group)
        except AlreadyThereError:
            form.add_error("theme", _("Un groupe a déjà ce thème."))
        else:
            return _saved(request, process)
    here = group.theme if group else _("Nouveau groupe")
    context = {
        "process": process,
        "group": group,
        "here": here,
        "crumbs": board_crumbs(process, here),
    }
    return _page(request, "group", form, context)


def _posted(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, process: Process) -> HttpResponse:
    messages.success(request, _("C’est enregistré."))
    return redirect("rendezvous:process_board", process.public_id)


def _page(
    request: HttpRequest, name: str, form: forms.Form, context: Mapping[str, object]
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    template = f"rendezvous/processes/{name}.html"
    known = {"process": None, "form": form, **context}
    return render(request, template, known, status=status)
