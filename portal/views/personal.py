"""What a person decides about themselves: consents, absences, their data."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import Absence, Consent, DataExport, ErasureRequest, User
from accounts.policy import visible
from accounts.selectors.consents import answers_of
from accounts.services.absences import (
    TooManyAbsencesError,
    remove_absence,
    state_absence,
)
from accounts.services.consents import answer
from accounts.services.erasure import ask_erasure, cancel_erasure
from accounts.services.exports import TooManyExportsError, request_export
from alliances.selectors.departure import left_without_responsible
from portal.forms.absence import AbsenceForm
from portal.forms.consents import ConsentsForm
from portal.selectors import organisations_of

READ_AND_SEND = ["GET", "HEAD", "POST"]
ARCHIVE_NAME = "mes-donnees-alliances.zip"


@require_http_methods(READ_AND_SEND)
def consent_list(request: HttpRequest) -> HttpResponse:
    """Ask what others may see of the person, and show what was answered until now."""
    me = _me(request)
    form = ConsentsForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations_of(me),
        known=answers_of(me),
    )
    if form.is_bound and form.is_valid():
        answer(me, form.answers())
        messages.success(request, _("Vos choix sont enregistrés et déjà appliqués."))
        return redirect("portal:consent_list")
    context = {
        "form": form,
        "log": _log(request),
        "crumbs": _crumbs(_("Ce que les autres voient de vous")),
    }
    return render(request, "portal/personal/consents.html", context)


@require_http_methods(READ_AND_SEND)
def absence_list(request: HttpRequest) -> HttpResponse:
    """State when one answers nobody."""
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            state_absence(_me(request), **form.cleaned_data)
        except TooManyAbsencesError:
            form.add_error(
                None, _("Vous avez déjà vingt périodes : retirez-en une d’abord.")
            )
        else:
            messages.success(
                request, _("Absence enregistrée : les relances attendront.")
            )
            return redirect("portal:absence_list")
    mine = visible(request.user, Absence.objects.all())
    context = {
        "form": form,
        "absences": mine.filter(ends_on__gte=timezone.localdate()).order_by(
            "starts_on"
        ),
        "crumbs": _crumbs(_("Vos absences")),
    }
    return render(request, "portal/personal/absences.html", context)


@require_POST
def absence_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Forget one period."""
    mine = visible(request.user, Absence.objects.all())
    remove_absence(get_object_or_404(mine, pk=key))
    messages.success(request, _("Absence retirée."))
    return redirect("portal:absence_list")


@require_safe
@never_cache
def data_detail(request: HttpRequest) -> HttpResponse:
    """Show what may be done with one's data, and where it stands."""
    exports = visible(request.user, DataExport.objects.all())
    asked = visible(request.user, ErasureRequest.objects.all())
    context = {
        "waiting": exports.filter(ready_at=None).first(),
        "ready": exports.filter(expires_at__gt=timezone.now()).order_by("-ready_at"),
        "erasure": asked.first(),
        "crumbs": _crumbs(_("Vos données")),
    }
    return render(request, "portal/personal/data.html", context)


@require_POST
@reauthentication_required
def copy_request(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of everything; prepared in the background."""
    try:
        request_export(_me(request))
    except TooManyExportsError:
        messages.error(
            request,
            _(
                "Vous avez demandé trois copies en une journée. Celles qui sont prêtes "
                "restent à votre disposition ; demandez la suivante demain."
            ),
        )
    else:
        messages.success(
            request,
            _("Votre copie se prépare. Nous vous écrivons dès qu’elle est prête."),
        )
    return redirect("portal:data_detail")


@require_safe
@never_cache
@reauthentication_required
def copy_download(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """Hand over the copy to the person that it is about, for a week."""
    mine = visible(
        request.user, DataExport.objects.filter(expires_at__gt=timezone.now())
    )
    export = get_object_or_404(mine, public_id=public_id)
    try:
        source = export.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        source,
        as_attachment=True,
        filename=ARCHIVE_NAME,
        content_type="application/zip",
    )


@require_http_methods(READ_AND_SEND)
@reauthentication_required
def erasure_ask(request: HttpRequest) -> HttpResponse:
    """Say what erasing does, then do it a week later."""
    if request.method == "POST":
        ask_erasure(_me(request))
        messages.success(request, _("Votre effacement est programmé."))
        return redirect("portal:data_detail")
    context = {
        "alone": left_without_responsible(_me(request)),
        "crumbs": [
            *_crumbs("")[:-1],
            {"label": _("Vos données"), "url": reverse("portal:data_detail")},
            {"label": _("Effacer votre compte"), "url": ""},
        ],
    }
    return render(request, "portal/personal/erasure.html", context)


@require_POST
def erasure_cancel(request: HttpRequest) -> HttpResponse:
    """Change one's mind, as easily as possible."""
    if cancel_erasure(_me(request)):
        messages.success(request, _("Votre compte est conservé : rien n’a été effacé."))
    return redirect("portal:data_detail")


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    return request.user


def _log(request: HttpRequest) -> list[tuple[Consent, str]]:
    names = {one.public_id: one.name for one in organisations_of(_me(request))}
    mine = visible(request.user, Consent.objects.all()).order_by("-id")[:100]
    return [(row, names.get(row.scope, row.scope)) for row in mine]


def _crumbs(title: str) -> list[dict[str, str]]:
    return [
        {"label": _("Accueil"), "url": reverse("portal:home")},
        {"label": title, "url": ""},
    ]
