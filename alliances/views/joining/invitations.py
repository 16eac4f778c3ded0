"""Inviting somebody, and answering an invitation."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import can, visible
from accounts.throttling import limited
from alliances.forms.joining import InvitationForm
from alliances.models import Invitation
from alliances.selectors.joining import live_invitations
from alliances.services import membership as services
from alliances.services.membership.tokens import TOKEN_CHARS_MAX, digest_of
from alliances.views.joining.shown import own_organisation, person_of, telling
from alliances.views.joining.team import team_page


@require_POST
@limited("invitation")
def invitation_create(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = own_organisation(request, public_id, "alliances.manage_team")
    may_sign = can(request.user, "alliances.name_signatory", organisation)
    form = InvitationForm(request.POST, may_name_signatory=may_sign)
    if not form.is_valid():
        return team_page(request, organisation, form)
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    try:
        services.invite(organisation, email, role, by=person_of(request))
    except services.RefusedError as refusal:
        form.add_error("email", str(refusal.sentence))
        return team_page(request, organisation, form)
    messages.success(request, _("L’invitation part vers %s.") % email)
    return redirect("alliances:team_detail", public_id)


@require_POST
@limited("invitation")
def invitation_resend(
    request: HttpRequest, public_id: str, invitation_id: str
) -> HttpResponse:
    invitation = _own_invitation(request, public_id, invitation_id)
    done = _("L’invitation repart vers %s ; l’ancien lien ne sert plus.")
    with telling(request, done % invitation.email):
        services.resend_invitation(invitation, by=person_of(request))
    return redirect("alliances:team_detail", public_id)


@require_POST
def invitation_revoke(
    request: HttpRequest, public_id: str, invitation_id: str
) -> HttpResponse:
    invitation = _own_invitation(request, public_id, invitation_id)
    done = _("L’invitation de %s est annulée ; son lien ne sert plus.")
    with telling(request, done % invitation.email):
        services.revoke_invitation(invitation, by=person_of(request))
    return redirect("alliances:team_detail", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation_open", reads=True)
def invitation_answer(request: HttpRequest, link: str) -> HttpResponse:
    """Answer from the link of the letter: reading it changes nothing."""
    digest = digest_of(link[:TOKEN_CHARS_MAX])
    invitation = live_invitations().filter(token_digest=digest).first()
    if invitation is None:
        return dead_link(request)
    if request.method != "POST":
        return _letter_page(request, invitation)
    return _answer(request, invitation, is_by_link=True)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_reply(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """Answer an invitation received at one's verified address, without its link."""
    rows = visible(request.user, live_invitations())
    invitation = rows.filter(public_id=invitation_id).first()
    if invitation is None or not can(
        request.user, "alliances.answer_invitation", invitation
    ):
        raise Http404
    if request.method != "POST":
        return _letter_page(request, invitation)
    return _answer(request, invitation, is_by_link=False)


def _letter_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "owns": can(request.user, "alliances.answer_invitation", invitation),
        "role": invitation.get_role_display(),
    }
    return render(request, "alliances/joining/invitation.html", context)


def dead_link(request: HttpRequest) -> HttpResponse:
    """Unknown, expired, revoked, used: the answer does not tell which."""
    template = "alliances/joining/dead_link.html"
    return render(request, template, status=HTTPStatus.NOT_FOUND)


def _answer(
    request: HttpRequest, invitation: Invitation, *, is_by_link: bool
) -> HttpResponse:
    decision = request.POST.get("decision", "")
    if decision not in _REPLIES:
        return _letter_page(request, invitation)
    try:
        return _REPLIES[decision](request, invitation)
    except services.OtherAddressError as refusal:
        messages.error(request, str(refusal.sentence))
        return _letter_page(request, invitation)
    except services.RefusedError as refusal:
        if is_by_link:
            return dead_link(request)
        messages.error(request, str(refusal.sentence))
        return redirect("alliances:my_organisations")


def _refuse(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    services.refuse_invitation(invitation)
    return render(request, "alliances/joining/refused.html")


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    owns = can(request.user, "alliances.answer_invitation", invitation)
    services.accept_invitation(invitation, request.user, owns=owns)
    organisation = invitation.organisation
    messages.success(request, _("Bienvenue chez %s.") % organisation.name)
    return redirect("alliances:team_detail", organisation.public_id)


_REPLIES = {"accepter": _accept, "refuser": _refuse}


def _own_invitation(
    request: HttpRequest, public_id: str, invitation_id: str
) -> Invitation:
    organisation = own_organisation(request, public_id, "alliances.manage_team")
    rows = visible(request.user, Invitation.objects.filter(organisation=organisation))
    return get_object_or_404(rows, public_id=invitation_id)
