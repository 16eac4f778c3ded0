"""The guided form: one page per step, saved as it goes."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.policy import can, visible
from accounts.public_id import new_public_id
from alliances.description.parts import Identity
from alliances.description.steps import NEEDED_MINUTES, Step, step_after, step_before
from alliances.enums import ActorKind
from alliances.forms.identity import CreationForm
from alliances.forms.step import StepForm
from alliances.identifiers.sentences import NAMES
from alliances.models import Organisation
from alliances.selectors.completeness import progress_by_organisation, progress_of
from alliances.selectors.joining import joining_of
from alliances.selectors.resembling import namesakes
from alliances.selectors.team import roles_by_organisation
from alliances.selectors.unread import unread_conversations
from alliances.services import organisations as services
from alliances.views import undo
from alliances.views.editors import EDITORS, Editor
from alliances.views.stepping import differences, path_of, words_of

STAY = "rester"


@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    mine = Organisation.objects.filter(memberships__user=request.user.pk)
    organisations = list(visible(request.user, mine).for_list().order_by("name"))
    progress = progress_by_organisation(organisations)
    roles = roles_by_organisation(request.user)
    unread = unread_conversations(request.user, progress)
    rows = [
        (one, progress[one.pk], roles[one.pk], unread[one.pk]) for one in organisations
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
        _add_duplicate(form, error)
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
    organisation = _editable(request, public_id)
    missing = progress_of(organisation).missing
    step = missing[0].step if missing else Step.IDENTITY
    return redirect("alliances:organisation_step", public_id, step)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    organisation = _editable(request, public_id)
    editor = _editor(step)
    part = editor.read(organisation)
    if request.method != "POST":
        form = editor.form(part=part, organisation=organisation)
        return _step_page(request, editor, form)
    form = editor.form(
        request.POST,
        part=part,
        organisation=organisation,
        is_autosave=bool(request.htmx),  # type: ignore[attr-defined]
    )
    form.is_valid()
    try:
        changed = editor.save(organisation.pk, form.wished(), seen=form.seen)
    except services.ChangedMeanwhileError:
        return _conflict(request, editor, form)
    except services.DuplicateError as error:
        _add_duplicate(form, error)
        return _step_page(request, editor, form)
    if changed:
        undo.remember(request, _fresh(form), step=editor.step, before=part)
    return _saved(request, editor, form)


def _saved(request: HttpRequest, editor: Editor, form: StepForm[Any]) -> HttpResponse:
    organisation = _fresh(form)
    if request.htmx:  # type: ignore[attr-defined]
        return _autosaved(request, editor, form, organisation)
    if form.errors:
        form.part = editor.read(organisation)
        return _step_page(request, editor, form)
    following = step_after(editor.step)
    if STAY in request.POST:
        return redirect(
            "alliances:organisation_step", organisation.public_id, editor.step
        )
    if following is None:
        return redirect("alliances:organisation_next", organisation.public_id)
    return redirect("alliances:organisation_step", organisation.public_id, following)


def _autosaved(
    request: HttpRequest,
    editor: Editor,
    form: StepForm[Any],
    organisation: Organisation,
) -> HttpResponse:
    """Answer with what changed around the fields, never with the fields themselves."""
    form.part = editor.read(organisation)
    context = _context(request, editor, form) | {"is_saved": True}
    return render(request, "alliances/edition/autosaved.html", context)


def _conflict(
    request: HttpRequest, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    """Show both versions; what was typed stays in the form."""
    stored = editor.read(_fresh(form))
    wished = form.wished()
    form.part = stored
    context = _context(request, editor, form) | {
        "is_stale": True,
        "differences": differences(form, stored=stored, wished=wished),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "alliances/edition/autosaved.html", context)
    return render(
        request, "alliances/edition/step.html", context, status=HTTPStatus.CONFLICT
    )


@require_POST
def organisation_undo(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Put back what the last save of this person replaced."""
    organisation = _editable(request, public_id)
    editor = _editor(step)
    kept = undo.available(request, organisation)
    if kept is None or kept.step is not editor.step:
        messages.warning(request, _("Il n’y a plus rien à annuler."))
        return redirect("alliances:organisation_step", public_id, step)
    try:
        editor.save(organisation.pk, kept.before, seen=kept.after)
        messages.success(request, _("Annulé : « %s » est comme avant.") % kept.title)
    except (services.ChangedMeanwhileError, services.DuplicateError):
        messages.error(
            request,
            _("Cette partie a changé depuis : rien n’a été annulé, rien n’est perdu."),
        )
    undo.forget(request)
    return redirect("alliances:organisation_step", public_id, step)


@require_safe
def organisation_next(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what happens next."""
    organisation = _editable(request, public_id)
    context = {
        "organisation": organisation,
        "progress": progress_of(organisation),
        "undo": undo.available(request, organisation),
        "proposals_url": reverse("matching:proposal_list", args=[public_id]),
        "page_url": url_of(organisation),
    }
    return render(request, "alliances/edition/next.html", context)


def _editable(request: HttpRequest, public_id: str) -> Organisation:
    """Return the organisation if this person edits it; otherwise it does not exist."""
    found = visible(request.user, Organisation.objects.filter(public_id=public_id))
    organisation = found.for_list().first()
    if organisation is None or not can(
        request.user, "alliances.edit_organisation", organisation
    ):
        raise Http404
    return organisation


def _editor(step: str) -> Editor:
    try:
        return EDITORS[Step(step)]
    except ValueError as error:
        raise Http404 from error


def _fresh(form: StepForm[Any]) -> Organisation:
    """Read again what a save just wrote."""
    assert form.organisation is not None  # noqa: S101 - the form of a known organisation
    return Organisation.objects.for_list().get(pk=form.organisation.pk)


def _add_duplicate(form: StepForm[Any], error: services.DuplicateError) -> None:
    name = error.identifier if error.identifier in form.fields else None
    sentence = _(
        "Une autre organisation porte déjà ce numéro %s : il n’est pas enregistré."
    )
    form.add_error(name, sentence % NAMES[error.identifier])


def _step_page(
    request: HttpRequest, editor: Editor, form: StepForm[Any]
) -> HttpResponse:
    return render(
        request, "alliances/edition/step.html", _context(request, editor, form)
    )


def _context(
    request: HttpRequest, editor: Editor, form: StepForm[Any]
) -> dict[str, Any]:
    organisation = _fresh(form)
    progress = progress_of(organisation)
    return {
        "organisation": organisation,
        "step": editor.step,
        "words": words_of(editor.step),
        "template": editor.template,
        "form": form,
        "progress": progress,
        "path": path_of(organisation, progress, editor.step, bool(form.errors)),
        # Without a seat, how far one acts cannot be suggested: it is asked alone.
        "stays": editor.step is Step.PLACES
        and not (form.part.seat or form.part.perimeter),
        "previous": step_before(editor.step),
        "following": step_after(editor.step),
        "undo": undo.available(request, organisation),
    }
