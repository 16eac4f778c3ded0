"""The guided form: one page per step, saved as it goes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.policy import visible
from accounts.public_id import new_public_id
from alliances.description.parts import Identity
from alliances.description.steps import NEEDED_MINUTES, Step
from alliances.enums import ActorKind
from alliances.forms.identity import CreationForm
from alliances.models import Organisation
from alliances.selectors.joining import joining_of
from alliances.selectors.projects import progress_of_main, projects_by_organisation
from alliances.selectors.resembling import namesakes
from alliances.selectors.team import roles_by_organisation
from alliances.selectors.unread import unread_conversations
from alliances.services import organisations as services
from alliances.views import undo
from alliances.views.guide import Guide
from alliances.views.guided import add_duplicate, answer, editable_or_404, take_back
from alliances.views.stepping import words_of


@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    mine = Organisation.objects.filter(memberships__user=request.user.pk)
    organisations = list(visible(request.user, mine).for_list().order_by("name"))
    projects = projects_by_organisation(organisations, request.user)
    roles = roles_by_organisation(request.user)
    unread = unread_conversations(request.user, projects)
    rows = [
        (
            one,
            progress_of_main(projects[one.pk]),
            roles[one.pk],
            unread[one.pk],
            projects[one.pk],
        )
        for one in organisations
    ]
    context = {"rows": rows, "joining": joining_of(request.user)}
    return render(request, "alliances/edition/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: HttpRequest) -> HttpResponse:
    form = CreationForm(request.POST or None, part=Identity("", ActorKind.ASSOCIATION))
    if request.method != "POST":
        return _creation_page(request, form, key=new_public_id())
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    key = request.POST.get("key", "")[:40]
    if not form.is_valid():
        return _creation_page(request, form, key=key)
    seat = form.cleaned_data["seat"]
    alike = namesakes(form.cleaned_data["name"], seat)
    if alike and "confirme" not in request.POST:
        return _creation_page(request, form, key=key, alike=alike)
    try:
        organisation = services.create_organisation(
            request.user, form.wished(), key=key or new_public_id(), seat=seat
        )
    except services.DuplicateError as error:
        add_duplicate(form, error)
        return _creation_page(request, form, key=key)
    messages.success(request, _("%s est créée.") % organisation.name)
    return redirect("alliances:organisation_step", organisation.public_id, Step.PLACES)


def _creation_page(
    request: HttpRequest, form: CreationForm, *, key: str, alike: Any = ()
) -> HttpResponse:
    context = {
        "form": form,
        "key": key,
        "alike": alike,
        "words": words_of(Step.IDENTITY),
        "minutes": NEEDED_MINUTES,
    }
    return render(request, "alliances/edition/create.html", context)


def url_of(organisation: Organisation) -> str:
    return reverse("alliances:organisation_detail", args=[organisation.public_id])


@require_safe
def organisation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go where the description stopped."""
    guide = Guide(editable_or_404(request, public_id))
    return redirect(guide.step_url(guide.first_step))


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    return answer(request, Guide(editable_or_404(request, public_id)), step)


@require_POST
def organisation_undo(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Put back what the last save of this person replaced."""
    return take_back(request, Guide(editable_or_404(request, public_id)), step)


@require_safe
def organisation_next(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what happens next."""
    organisation = editable_or_404(request, public_id)
    guide = Guide(organisation)
    context = {
        "organisation": organisation,
        "guide": guide,
        "progress": guide.progress,
        "undo": undo.available(request, guide),
        "projects": projects_by_organisation([organisation], request.user)[
            organisation.pk
        ],
        "proposals_url": reverse("matching:proposal_list", args=[public_id]),
        "page_url": url_of(organisation),
    }
    return render(request, "alliances/edition/next.html", context)
