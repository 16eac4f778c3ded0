"""What a catalyst suggests to organisations of their territory, and what came of it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.policy import can, visible
from accounts.throttling import limited
from alliances.forms.suggestion import SuggestionForm
from alliances.models import Organisation, Suggestion
from alliances.selectors.suggestions import (
    MONTHLY_SUGGESTIONS,
    made_page,
    organisations_to_suggest,
    suggestions_left,
)
from alliances.services import introductions as services

PAGE_SIZE = 20
MAX_WORDS_LENGTH = 100
Sort = Suggestion.Sort
LABELS = {
    Sort.WAITING: gettext_lazy("En attente"),
    Sort.OPENED: gettext_lazy("Mises en relation"),
    Sort.EXPIRED: gettext_lazy("Éteintes"),
    Sort.WITHDRAWN: gettext_lazy("Retirées"),
}
# Why nothing was suggested: none of these depends on what is private to the two.
REFUSALS = {
    services.AlreadySuggestedError: gettext_lazy(
        "Cette rencontre a déjà été suggérée il y a moins de 90 jours, par vous ou par "
        "un autre catalyseur : une seule suggestion suffit. Rien n’a été envoyé."
    ),
    services.OwnOrganisationError: gettext_lazy(
        "Vous êtes membre de l’une des deux : répondez plutôt depuis ses "
        "propositions. Rien n’a été envoyé."
    ),
    services.NotSharedError: gettext_lazy(
        "Ces deux organisations n’ont pas leur siège sur un même territoire dont vous "
        "êtes catalyseur. Rien n’a été envoyé."
    ),
    services.NoneLeftError: gettext_lazy(
        "Vous avez fait toutes vos suggestions du mois. Rien n’a été envoyé : "
        "copiez vos mots, et revenez le mois prochain."
    ),
}


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """Show what this catalyst suggested: waiting, opened, expired; nothing of answers."""
    person = _catalyst(request)
    found = made_page(person, _sort(request), request.GET.get("page"))
    context = {
        "found": found,
        "tabs": [
            (one, LABELS[one], found.counts[one], one is found.sort) for one in Sort
        ],
        "left": suggestions_left(person, timezone.now()),
        "allowed": MONTHLY_SUGGESTIONS,
        "crumbs": _crumbs(),
    }
    return render(request, "alliances/suggestions/list.html", context)


@require_safe
def suggestion_begin(request: HttpRequest) -> HttpResponse:
    """Choose the first organisation."""
    return _choices(request, _catalyst(request), beside=None)


@require_safe
def suggestion_choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose the second organisation."""
    first = _looked_after(request, public_id)
    return _choices(request, _catalyst(request), beside=first)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("suggestion")
def suggestion_create(
    request: HttpRequest, public_id: str, other_id: str
) -> HttpResponse:
    """Say why these two should meet, and suggest it to both."""
    one = _looked_after(request, public_id)
    other = _looked_after(request, other_id)
    if one == other:
        raise Http404
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, one, other, form)
    if form.is_valid():
        try:
            services.suggest(one, other, by=_catalyst(request), words=form.words())
        except services.UnsuggestedError as error:
            form.add_error(None, str(REFUSALS[type(error)]))
        else:
            return _done(request, one, other)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _form_page(request, one, other, form, status=status)


@require_POST
def suggestion_withdraw(request: HttpRequest, suggestion_id: str) -> HttpResponse:
    """Take a suggestion back: the two organisations no longer read it."""
    rows = visible(request.user, Suggestion.objects.all())
    suggestion = get_object_or_404(rows, public_id=suggestion_id)
    if not can(request.user, "alliances.withdraw_suggestion", suggestion):
        raise Http404
    if services.withdraw_suggestion(suggestion):
        messages.success(
            request,
            _(
                "Votre suggestion est retirée : les deux organisations ne la lisent plus."
            ),
        )
    else:
        messages.info(
            request, _("Cette suggestion n’attendait plus : rien n’a changé.")
        )
    return redirect("alliances:suggestion_list")


def _done(request: HttpRequest, one: Organisation, other: Organisation) -> HttpResponse:
    """Say the same, whatever becomes of the suggestion."""
    told = _(
        "C’est noté : votre suggestion sera transmise à %(one)s et à %(other)s, dès "
        "que leurs réglages le permettent."
    )
    messages.success(request, told % {"one": one.name, "other": other.name})
    return redirect("alliances:suggestion_list")


def _choices(
    request: HttpRequest, person: User, *, beside: Organisation | None
) -> HttpResponse:
    words = request.GET.get("q", "")[:MAX_WORDS_LENGTH]
    found = organisations_to_suggest(person, words, beside=beside)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "first": beside,
        "words": words,
        "page": page,
        "crumbs": _crumbs(_("Suggérer une rencontre")),
    }
    return render(request, "alliances/suggestions/choose.html", context)


def _form_page(
    request: HttpRequest,
    one: Organisation,
    other: Organisation,
    form: SuggestionForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "one": one,
        "other": other,
        "form": form,
        "left": suggestions_left(_catalyst(request), timezone.now()),
        "crumbs": _crumbs(_("Suggérer une rencontre")),
    }
    return render(request, "alliances/suggestions/create.html", context, status=status)


def _catalyst(request: HttpRequest) -> User:
    """Return this person, a catalyst; the pages are for nobody else."""
    if not can(request.user, "alliances.view_suggestions"):
        raise PermissionDenied
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    return request.user


def _looked_after(request: HttpRequest, public_id: str) -> Organisation:
    """Return an organisation of the catalyst's territory; any other is not here."""
    active = Organisation.objects.active().for_list()
    found = get_object_or_404(visible(request.user, active), public_id=public_id)
    if not can(request.user, "alliances.suggest_introduction", found):
        raise Http404
    return found


def _sort(request: HttpRequest) -> Suggestion.Sort:
    asked = request.GET.get("liste", "")
    return Sort(asked) if asked in Sort.values else Sort.WAITING


def _crumbs(here: str = "") -> list[dict[str, str]]:
    home = reverse("alliances:suggestion_list")
    mine = reverse("alliances:my_organisations")
    way = [
        {"label": _("Mes organisations"), "url": mine},
        {"label": _("Rencontres suggérées"), "url": home if here else ""},
    ]
    return [*way, {"label": here, "url": ""}] if here else way
