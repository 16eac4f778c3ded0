"""One step of a guided form, whatever it describes: saved as it goes."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.policy import can, visible
from alliances.description.parts import Places
from alliances.description.steps import step_after, step_before
from alliances.forms.step import StepForm
from alliances.identifiers.sentences import NAMES
from alliances.models import Organisation
from alliances.services import organisations as services
from alliances.services import projects
from alliances.views import undo
from alliances.views.editors import Editor
from alliances.views.guide import Guide
from alliances.views.stepping import differences, path_of, words_of

STAY = "rester"


def editable_or_404(request: HttpRequest, public_id: str) -> Organisation:
    """Return the organisation if this person edits it; otherwise it does not exist."""
    found = visible(request.user, Organisation.objects.filter(public_id=public_id))
    organisation = found.for_list().first()
    if organisation is None or not can(
        request.user, "alliances.edit_organisation", organisation
    ):
        raise Http404
    return organisation


def answer(request: HttpRequest, guide: Guide, step: str) -> HttpResponse:
    """Show a step, or save what was typed in it."""
    editor = guide.editor(step)
    part = editor.read(guide.target)
    form = editor.form(
        request.POST if request.method == "POST" else None,
        part=part,
        organisation=guide.organisation,
        project=guide.project,
        is_autosave=bool(request.htmx),  # type: ignore[attr-defined]
    )
    if request.method != "POST":
        return _step_page(request, guide, editor, form)
    form.is_valid()
    try:
        changed = editor.save(guide.target.pk, form.wished(), seen=form.seen)
    except services.ChangedMeanwhileError:
        return _conflict(request, guide, editor, form)
    except services.DuplicateError as error:
        add_duplicate(form, error)
        return _step_page(request, guide, editor, form)
    except projects.SameNameError:
        form.add_error("title", _("Un autre de vos projets porte déjà ce nom."))
        return _refused(request, guide, editor, form)
    except projects.GoneError as error:
        raise Http404 from error
    guide = guide.fresh()
    if changed:
        undo.remember(request, guide, step=editor.step, before=part)
    return _saved(request, guide, editor, form)


def _saved(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _autosaved(request, guide, editor, form)
    if form.errors:
        form.part = editor.read(guide.target)
        return _step_page(request, guide, editor, form)
    following = step_after(editor.step)
    if STAY in request.POST:
        return redirect(guide.step_url(editor.step))
    if following is None:
        return redirect(guide.next_url)
    return redirect(guide.step_url(following))


def _refused(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    """Say what is wrong around the fields, or on the whole page."""
    if request.htmx:  # type: ignore[attr-defined]
        return _autosaved(request, guide, editor, form)
    return _step_page(request, guide, editor, form)


def _autosaved(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    """Answer with what changed around the fields, never with the fields themselves."""
    form.part = editor.read(guide.target)
    context = _context(request, guide, editor, form) | {"is_saved": True}
    return render(request, "alliances/edition/autosaved.html", context)


def _conflict(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    """Show both versions; what was typed stays in the form."""
    guide = guide.fresh()
    stored = editor.read(guide.target)
    wished = form.wished()
    form.part = stored
    context = _context(request, guide, editor, form) | {
        "is_stale": True,
        "differences": differences(form, stored=stored, wished=wished),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "alliances/edition/autosaved.html", context)
    return render(
        request, "alliances/edition/step.html", context, status=HTTPStatus.CONFLICT
    )


def take_back(request: HttpRequest, guide: Guide, step: str) -> HttpResponse:
    """Put back what the last save of this person replaced."""
    editor = guide.editor(step)
    page = redirect(guide.step_url(editor.step))
    kept = undo.available(request, guide)
    if kept is None or kept.step is not editor.step:
        messages.warning(request, _("Il n’y a plus rien à annuler."))
        return page
    try:
        editor.save(guide.target.pk, kept.before, seen=kept.after)
        messages.success(request, _("Annulé : « %s » est comme avant.") % kept.title)
    except projects.GoneError as error:
        raise Http404 from error
    except (
        services.ChangedMeanwhileError,
        services.DuplicateError,
        projects.SameNameError,
    ):
        messages.error(
            request,
            _("Cette partie a changé depuis : rien n’a été annulé, rien n’est perdu."),
        )
    undo.forget(request)
    return page


def add_duplicate(form: StepForm[Any], error: services.DuplicateError) -> None:
    name = error.identifier if error.identifier in form.fields else None
    sentence = _(
        "Une autre organisation porte déjà ce numéro %s : il n’est pas enregistré."
    )
    form.add_error(name, sentence % NAMES[error.identifier])


def _step_page(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    return render(
        request,
        "alliances/edition/step.html",
        _context(request, guide, editor, form),
    )


def _context(
    request: HttpRequest, guide: Guide, editor: Editor, form: StepForm[Any]
) -> dict[str, Any]:
    guide = guide.fresh()
    progress = guide.progress
    part = form.part
    return {
        "guide": guide,
        "organisation": guide.organisation,
        "project": guide.project,
        "step": editor.step,
        "words": words_of(editor.step),
        "template": editor.template,
        "form": form,
        "progress": progress,
        "path": path_of(progress, editor.step, bool(form.errors)),
        # Without a seat, how far one acts cannot be suggested: it is asked alone.
        "stays": isinstance(part, Places) and not (part.seat or part.perimeter),
        "previous": step_before(editor.step),
        "following": step_after(editor.step),
        "undo": undo.available(request, guide),
    }
