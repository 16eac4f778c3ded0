"""For administrators: two organisations that are one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import can, visible
from alliances.forms.merging import MergeChoiceForm, MergeConfirmationForm
from alliances.models import Organisation
from alliances.selectors.merging import compared, moving, obstacle_between
from alliances.services.membership import RefusedError
from alliances.services.merging import merge_organisations
from alliances.services.privileged import record_reads
from alliances.views.joining.shown import person_of


@require_safe
def merge_choose(request: HttpRequest) -> HttpResponse:
    """Find the two organisations; the address keeps what is typed."""
    form = MergeChoiceForm(request.GET or None)
    if form.is_valid():
        kept, absorbed = form.cleaned_data["garder"], form.cleaned_data["absorber"]
        return redirect("alliances:merge_preview", kept.public_id, absorbed.public_id)
    context = {"form": form, "choices": _choices(request, form)}
    return render(request, "alliances/merging/choose.html", context)


def _choices(
    request: HttpRequest, form: MergeChoiceForm
) -> list[tuple[str, list[tuple[Organisation, str]]]]:
    """Return, for each text that designates several organisations, a link to each."""
    found = []
    for name, field in form.fields.items():
        links = []
        for organisation in getattr(field, "candidates", []) if form.is_bound else []:
            query = request.GET.copy()
            query[name] = organisation.public_id
            links.append((organisation, f"?{query.urlencode()}"))
        if len(links) > 1:
            found.append((str(field.label), links))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def merge_preview(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """Compare, say what would move, and merge."""
    kept, absorbed = _one(request, public_id), _one(request, other_id)
    if not can(request.user, "alliances.merge_organisations", kept):
        raise Http404
    form = MergeConfirmationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merge_organisations(kept.pk, absorbed.pk, by=person_of(request))
        except RefusedError as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            done = _("%(absorbed)s et %(kept)s n’en font plus qu’une.")
            names = {"absorbed": absorbed.name, "kept": kept.name}
            messages.success(request, done % names)
            return redirect("alliances:organisation_detail", kept.public_id)
    record_reads(request.user, [kept, absorbed], _("ce qu’une fusion reprendrait"))
    return _preview_page(request, kept, absorbed, form)


def _preview_page(
    request: HttpRequest,
    kept: Organisation,
    absorbed: Organisation,
    form: MergeConfirmationForm,
) -> HttpResponse:
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "form": form,
        "lines": compared(kept, absorbed),
        "moving": moving(absorbed),
        "obstacle": obstacle_between(kept, absorbed),
        "swap_url": reverse(
            "alliances:merge_preview", args=[absorbed.public_id, kept.public_id]
        ),
    }
    return render(request, "alliances/merging/preview.html", context)


def _one(request: HttpRequest, public_id: str) -> Organisation:
    rows = visible(request.user, Organisation.objects.active().for_list())
    return get_object_or_404(rows, public_id=public_id)
