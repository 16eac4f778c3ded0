"""Finding a collective process, or answering that it is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policy import can, visible
from rendezvous.models import Process, ProcessAction, ProcessGroup
from rendezvous.views.shared import Crumbs


def process_or_404(request: HttpRequest, process_id: str) -> Process:
    """Return a process that this person may read."""
    rows = visible(request.user, Process.objects.select_related("territory"))
    return get_object_or_404(rows, public_id=process_id)


def leads(request: HttpRequest, process: Process) -> bool:
    return bool(can(request.user, "rendezvous.organise_process", process))


def led_or_404(request: HttpRequest, process_id: str) -> Process:
    """Return a process that this person leads."""
    process = process_or_404(request, process_id)
    if not leads(request, process):
        raise Http404
    return process


def group_or_404(request: HttpRequest, process: Process, group_id: str) -> ProcessGroup:
    rows = visible(request.user, ProcessGroup.objects.filter(process=process))
    return get_object_or_404(rows, public_id=group_id)


def action_or_404(
    request: HttpRequest, process: Process, action_id: str
) -> ProcessAction:
    rows = visible(request.user, ProcessAction.objects.filter(process=process))
    found = rows.select_related("group", "carrier")
    return get_object_or_404(found, public_id=action_id)


def process_crumbs(process: Process | None = None, here: str = "") -> Crumbs:
    """The way of everybody: sessions, processes, one of them, the page."""
    way = [
        {"label": _("Rencontres"), "url": reverse("rendezvous:session_list")},
        {"label": _("Démarches"), "url": reverse("rendezvous:process_list")},
    ]
    if process is not None:
        url = reverse("rendezvous:process_detail", args=[process.public_id])
        way.append({"label": process.title, "url": url})
    return [*way, {"label": here, "url": ""}] if here else way


def board_crumbs(process: Process, here: str = "") -> Crumbs:
    """The way of who leads the process."""
    board = reverse("rendezvous:process_board", args=[process.public_id])
    way = process_crumbs()
    way.append({"label": process.title, "url": board})
    return [*way, {"label": here, "url": ""}] if here else way
