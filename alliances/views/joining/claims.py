"""Asking to join an organisation that is already here, and answering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.policy import can, visible
from accounts.throttling import limited
from alliances.forms.joining import ClaimAnswerForm, ClaimForm
from alliances.models import Claim, Organisation
from alliances.selectors.joining import claims_to_decide
from alliances.services import membership as services
from alliances.views.joining.shown import person_of, telling


@require_http_methods(["GET", "HEAD", "POST"])
@limited("claim")
def claim_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask to join; the page is the same whoever the members are."""
    organisation = get_object_or_404(
        visible(request.user, Organisation.objects.active().for_list()),
        public_id=public_id,
    )
    if can(request.user, "alliances.view_team", organisation):
        return redirect("alliances:team_detail", public_id)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = services.claim_organisation(
                organisation, person_of(request), **form.cleaned_data
            )
        except services.RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Votre demande est envoyée."))
            return redirect("alliances:claim_detail", claim.public_id)
    context = {"organisation": organisation, "form": form}
    return render(request, "alliances/joining/claim.html", context)


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait for this person."""
    claims = claims_to_decide(request.user)
    return render(request, "alliances/joining/claim_list.html", {"claims": claims})


@require_safe
def claim_detail(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Show a request to who made it, or to who answers it."""
    return _claim_page(request, _claim(request, claim_id), ClaimAnswerForm())


@require_POST
def claim_decide(request: HttpRequest, claim_id: str) -> HttpResponse:
    claim = _claim(request, claim_id)
    is_pending = claim.state == Claim.State.PENDING
    if is_pending and not can(request.user, "alliances.decide_claim", claim):
        raise Http404
    form = ClaimAnswerForm(request.POST)
    if not form.is_valid():
        return _claim_page(request, claim, form)
    answer = form.cleaned_data["answer"]
    if form.cleaned_data["decision"] == ClaimAnswerForm.APPROVE:
        decide, done = services.approve_claim, _("%s rejoint l’organisation.")
    else:
        decide, done = services.refuse_claim, _("La demande de %s est refusée.")
    with telling(request, done % claim.user.get_full_name()):
        decide(claim, by=person_of(request), answer=answer)
    return _after(request, claim)


@require_POST
def claim_withdraw(request: HttpRequest, claim_id: str) -> HttpResponse:
    claim = _claim(request, claim_id)
    with telling(request, _("Votre demande est retirée.")):
        services.withdraw_claim(claim, by=person_of(request))
    return redirect("alliances:claim_detail", claim_id)


def _claim(request: HttpRequest, claim_id: str) -> Claim:
    rows = visible(request.user, Claim.objects.select_related("user", "organisation"))
    return get_object_or_404(rows, public_id=claim_id)


def _claim_page(
    request: HttpRequest, claim: Claim, form: ClaimAnswerForm
) -> HttpResponse:
    context = {
        "claim": claim,
        "organisation": claim.organisation,
        "form": form,
        "is_mine": claim.user_id == request.user.pk,
        "may_decide": can(request.user, "alliances.decide_claim", claim),
        "is_pending": claim.state == Claim.State.PENDING,
    }
    return render(request, "alliances/joining/claim_detail.html", context)


def _after(request: HttpRequest, claim: Claim) -> HttpResponse:
    if can(request.user, "alliances.view_team", claim.organisation):
        return redirect("alliances:team_detail", claim.organisation.public_id)
    return redirect("alliances:claim_list")
