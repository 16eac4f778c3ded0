"""The projects of an organisation: added, described, paused, closed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.policy import visible
from alliances.forms.project import NewProjectForm, PauseForm
from alliances.models import Intention, Organisation
from alliances.selectors.projects import name_of, projects_of
from alliances.services import projects as services
from alliances.services.projects.creating import MAX_PROJECTS
from alliances.views.guide import Guide
from alliances.views.guided import answer, editable_or_404, take_back

ACTIONS: dict[str, tuple[Callable[[int], object], object]] = {
    "proposer": (
        services.open_project,
        gettext_lazy("« %(name)s » va être proposé à des partenaires."),
    ),
    "clore": (
        services.close_project,
        gettext_lazy("« %(name)s » est clos ; vous pourrez le reprendre."),
    ),
    "principal": (
        services.make_default,
        gettext_lazy("« %(name)s » est votre projet principal."),
    ),
    "supprimer": (
        services.delete_draft,
        gettext_lazy("Le brouillon « %(name)s » est supprimé."),
    ),
}


@require_safe
def project_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every project, where each stands, and what can be done of it."""
    organisation = editable_or_404(request, public_id)
    return _list_page(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for a name; the rest starts as a copy of the main project."""
    organisation = editable_or_404(request, public_id)
    form = NewProjectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = _created(organisation, form)
        if made is not None:
            return redirect(Guide(organisation, made).step_url("lieux"))
    context = {"organisation": organisation, "form": form}
    return render(request, "alliances/projects/create.html", context)


def _created(organisation: Organisation, form: NewProjectForm) -> Intention | None:
    try:
        return services.create_project(organisation.pk, form.cleaned_data["title"])
    except services.SameNameError:
        form.add_error("title", _("Un autre de vos projets porte déjà ce nom."))
    except services.TooManyError:
        form.add_error(None, _too_many())
    return None


@require_safe
def project_edit(request: HttpRequest, public_id: str, project_id: str) -> HttpResponse:
    """Go where the description of a project stopped."""
    guide = _guide_or_404(request, public_id, project_id)
    return redirect(guide.step_url(guide.first_step))


@require_http_methods(["GET", "HEAD", "POST"])
def project_step(
    request: HttpRequest, public_id: str, project_id: str, step: str
) -> HttpResponse:
    return answer(request, _guide_or_404(request, public_id, project_id), step)


@require_POST
def project_undo(
    request: HttpRequest, public_id: str, project_id: str, step: str
) -> HttpResponse:
    """Put back what the last save of this person replaced."""
    return take_back(request, _guide_or_404(request, public_id, project_id), step)


def _guide_or_404(request: HttpRequest, public_id: str, project_id: str) -> Guide:
    """Return a project of this very organisation, for who edits it."""
    organisation = editable_or_404(request, public_id)
    mine = visible(request.user, Intention.objects.filter(organisation=organisation))
    project = mine.filter(public_id=project_id).first()
    if project is None:
        raise Http404
    project.organisation = organisation
    return Guide(organisation, project)


@require_POST
def project_act(
    request: HttpRequest, public_id: str, project_id: str, action: str
) -> HttpResponse:
    """Propose, close, delete a project, or make it the main one."""
    guide = _guide_or_404(request, public_id, project_id)
    assert guide.project is not None  # noqa: S101 - or the page does not exist
    if action not in ACTIONS:
        raise Http404
    act, sentence = ACTIONS[action]
    return _done(request, guide, act, sentence)


@require_POST
def project_pause(
    request: HttpRequest, public_id: str, project_id: str
) -> HttpResponse:
    """Pause a project until a date; a wrong date is said beside the field."""
    guide = _guide_or_404(request, public_id, project_id)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _list_page(request, guide.organisation, form, pausing=project_id)
    until = form.cleaned_data["until"]
    sentence = _("« %(name)s » est en pause : rien de nouveau ne lui est proposé.")
    return _done(request, guide, lambda pk: services.pause_project(pk, until), sentence)


def _done(
    request: HttpRequest, guide: Guide, act: Callable[[int], object], sentence: object
) -> HttpResponse:
    """Do it, say what happened or what prevents it, and come back to the list."""
    assert guide.project is not None  # noqa: S101 - or the page does not exist
    try:
        act(guide.project.pk)
    except services.GoneError as error:
        raise Http404 from error
    except services.IncompleteError:
        messages.warning(request, _("Il manque encore quelque chose à ce projet."))
        return redirect(guide.step_url(guide.first_step))
    except services.SameNameError:
        messages.error(
            request, _("Un autre de vos projets porte ce nom : renommez l’un des deux.")
        )
    except services.TooManyError:
        messages.error(request, _too_many())
    except (
        services.DefaultError,
        services.PublishedError,
        services.UnpublishedError,
    ):
        messages.error(request, _("Ce n’est plus possible : le projet a changé."))
    else:
        name = name_of(guide.project)
        messages.success(request, str(sentence) % {"name": name})
    return redirect(guide.next_url)


def _too_many() -> str:
    return _(
        "Vous avez déjà %d projets : terminez-en un avant d’en ajouter un autre."
    ) % (MAX_PROJECTS)


def _list_page(
    request: HttpRequest,
    organisation: Organisation,
    pause_form: PauseForm | None = None,
    *,
    pausing: str = "",
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "projects": projects_of(organisation, request.user),
        "pause_form": pause_form or PauseForm(),
        "pausing": pausing,
    }
    return render(request, "alliances/projects/list.html", context)
