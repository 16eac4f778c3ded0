"""Reporting, and what the moderators do of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import can, visible
from accounts.throttling import limited
from alliances.forms.conversations import DecisionForm, ReportForm
from alliances.models import Message, Report
from alliances.selectors.moderation import case_of, handled_reports, waiting_reports
from alliances.services.moderation import (
    AlreadyHandledError,
    Complaint,
    decide,
    report,
)
from alliances.services.privileged import record_read
from alliances.views.conversations import message_or_404
from alliances.views.threads import acting_or_404, posted, signed_in

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@limited("report")
def partner_report(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    """Report the other side of an introduction."""
    return _report(request, public_id, introduction_id, message_id="")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("report")
def message_report(
    request: HttpRequest, public_id: str, introduction_id: str, message_id: str
) -> HttpResponse:
    """Report a message that the other side wrote."""
    return _report(request, public_id, introduction_id, message_id=message_id)


def _report(
    request: HttpRequest, public_id: str, introduction_id: str, *, message_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission="alliances.report_message"
    )
    other = introduction.other_than(own)
    message: Message | None = None
    if message_id:
        message = message_or_404(request, introduction, message_id)
        if message.organisation_id != other.pk or message.withdrawn_at:
            raise Http404
    form = ReportForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "own": own,
            "other": other,
            "introduction": introduction,
            "message": message,
        }
        return render(request, "alliances/moderation/report.html", context)
    data = form.cleaned_data
    complaint = Complaint(other, data["reason"], data["words"], message)
    made = report(complaint, by=signed_in(request))
    messages.success(request, _("Merci. Les modérateurs liront votre signalement."))
    return redirect("moderation:report_followup", made.public_id)


@require_safe
def report_followup(request: HttpRequest, report_id: str) -> HttpResponse:
    """Tell whoever reported where it stands."""
    rows = Report.objects.filter(public_id=report_id, by=signed_in(request))
    found = visible(request.user, rows).select_related("organisation").first()
    if found is None:
        raise Http404
    return render(request, "alliances/moderation/followup.html", {"report": found})


@require_safe
def warning(request: HttpRequest, report_id: str) -> HttpResponse:
    """Tell an organisation what was decided about it, never who asked."""
    rows = Report.objects.filter(public_id=report_id).select_related("organisation")
    found = rows.first()
    if found is None or not can(request.user, "alliances.read_warning", found):
        raise Http404
    return render(request, "alliances/moderation/warning.html", {"report": found})


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision, the oldest first."""
    rows = visible(request.user, Report.objects.all())
    page = Paginator(waiting_reports(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "handled": handled_reports(rows)}
    return render(request, "alliances/moderation/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_decide(request: HttpRequest, report_id: str) -> HttpResponse:
    """Show the reported message alone, and take a decision."""
    rows = visible(request.user, Report.objects.filter(public_id=report_id))
    found = get_object_or_404(
        rows.select_related("organisation", "message", "handled_by")
    )
    if not can(request.user, "alliances.handle_report", found):
        raise Http404
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _decided(request, found, form)
    record_read(request.user, found.organisation, _("un signalement"))
    context = {"case": case_of(found), "report": found, "form": form}
    return render(request, "alliances/moderation/case.html", context)


def _decided(request: HttpRequest, found: Report, form: DecisionForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        decide(
            found.pk,
            by=signed_in(request),
            is_upheld=data["verdict"] == DecisionForm.UPHELD,
            decision=data["decision"],
        )
    except AlreadyHandledError:
        messages.info(
            request, _("Un autre modérateur a décidé avant vous : rien n’a changé.")
        )
        return redirect("moderation:report_decide", found.public_id)
    messages.success(request, _("Décision enregistrée ; la personne est prévenue."))
    return redirect("moderation:report_list")
