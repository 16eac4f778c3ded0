"""The team of one's own organisation."""

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
from alliances.forms.joining import InvitationForm, LeavingForm, RoleForm
from alliances.models import Membership, Organisation
from alliances.selectors.team import team
from alliances.services import membership as services
from alliances.views.joining.shown import own_organisation, person_of, telling


@require_safe
def team_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who belongs to the organisation, and what each may do."""
    organisation = own_organisation(request, public_id, "alliances.view_team")
    return team_page(request, organisation)


def team_page(
    request: HttpRequest,
    organisation: Organisation,
    form: InvitationForm | None = None,
) -> HttpResponse:
    shown = team(organisation, request.user)
    form = form or InvitationForm(may_name_signatory=shown.may_name_signatory)
    context = {"team": shown, "organisation": organisation, "form": form}
    return render(request, "alliances/team/detail.html", context)


@require_POST
def member_role(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation, member = _member(request, public_id, person_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Choisissez un rôle dans la liste : rien n’a été changé.")
        )
        return redirect("alliances:team_detail", public_id)
    role = form.cleaned_data["role"]
    done = _("%(person)s a maintenant le rôle « %(role)s ».") % {
        "person": member.user.get_full_name(),
        "role": role.label,
    }
    with telling(request, done):
        services.change_role(member, role, by=person_of(request))
    return _back(request, organisation)


@require_POST
def member_lead(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation, member = _member(request, public_id, person_id)
    done = _("%s est maintenant le contact principal.") % member.user.get_full_name()
    with telling(request, done):
        services.name_lead(member, by=person_of(request))
    return _back(request, organisation)


@require_POST
def member_remove(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    organisation, member = _member(request, public_id, person_id)
    done = _(
        "%s ne fait plus partie de l’équipe. Vous pourrez l’inviter à nouveau."
    ) % (member.user.get_full_name())
    with telling(request, done):
        services.remove_member(member, by=person_of(request))
    return _back(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def team_leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave, with or without a successor."""
    permission = "alliances.leave_organisation"
    organisation = own_organisation(request, public_id, permission)
    member = get_object_or_404(
        Membership, organisation=organisation, user=request.user.pk
    )
    form = LeavingForm(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        leaving=member,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(member, successor=form.cleaned_data["successor"])
        except services.RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            done = _("Vous avez quitté %s.") % organisation.name
            messages.success(request, done)
            return redirect("alliances:my_organisations")
    context = {"organisation": organisation, "form": form, "member": member}
    return render(request, "alliances/team/leave.html", context)


def _member(
    request: HttpRequest, public_id: str, person_id: str
) -> tuple[Organisation, Membership]:
    organisation = own_organisation(request, public_id, "alliances.manage_team")
    rows = visible(request.user, Membership.objects.filter(organisation=organisation))
    member = rows.filter(user__public_id=person_id).select_related("user").first()
    if member is None:
        raise Http404
    return organisation, member


def _back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Return to the team, or to one's organisations when one is no longer in it."""
    if can(request.user, "alliances.view_team", organisation):
        return redirect("alliances:team_detail", organisation.public_id)
    return redirect("alliances:my_organisations")
