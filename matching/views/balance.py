"""How proposals are shared out in a territory, for whoever looks after it."""

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import can
from alliances.enums import PartnershipType
from alliances.interchange.neutralise import neutralised
from alliances.models import Organisation
from alliances.policy.roles import is_catalyst_over
from alliances.services.privileged import record_reads
from matching.explanations.types import DEFINITIONS
from matching.models import BalancedProposal, BalancedSet
from matching.selectors.balances import balanced_sets, pairs_of, unserved
from matching.services.balances import job_of_balance, request_balance
from matching.views.lists import wants_fragment
from matching.views.sharing_shown import Waiting, bars, figures, tabs, waiting
from territories.models import Territory
from territories.selectors import UnknownTerritoryError, resolve

PAIRS_PER_PAGE = 50
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets misread accents


@require_safe
def balance_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who is proposed to whom, how evenly, and who is proposed to nobody."""
    territory = _territory_or_404(request, reference)
    if territory.reference != reference:
        return redirect("matching:balance_detail", territory.reference)
    sets = balanced_sets(territory)
    chosen = sets.get(_type_of(request))
    page = _page(request, chosen)
    without = unserved(chosen) if chosen else []
    _tell_it(
        request,
        territory,
        [*_sides(page), *(o for w in without for o in w.organisations)],
    )
    context = {
        "territory": territory,
        "balanced_set": chosen,
        "figures": figures(chosen) if chosen else None,
        "charts": bars(chosen) if chosen else [],
        "unserved": without,
        "page": page,
        "tabs": tabs(territory, _type_of(request)),
        "definition": DEFINITIONS[_type_of(request)],
        "waiting": _waiting(territory),
        "crumbs": _crumbs(territory),
    }
    return render(request, "matching/balance_detail.html", context)


@require_safe
def balance_export(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the pairs as a file for a spreadsheet; no cell can be a formula."""
    territory = _territory_or_404(request, reference)
    chosen = balanced_sets(territory).get(_type_of(request))
    rows = list(pairs_of(chosen)) if chosen else []
    _tell_it(request, territory, _sides(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="repartition.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Organisation"),
            _("Nature"),
            _("Partenaire proposé"),
            _("Nature"),
            _("Type"),
        ]
    )
    for row in rows:
        writer.writerow([neutralised(cell) for cell in _cells(row, chosen)])
    return response


@require_safe
def balance_progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where the computation stands: the page, or the fragment that asks again."""
    territory = _territory_or_404(request, reference)
    if not wants_fragment(request):
        return redirect("matching:balance_detail", territory.reference)
    context = {"territory": territory, "waiting": _waiting(territory, is_done=True)}
    return render(request, "matching/_balance_progress.html", context)


@require_POST
def balance_refresh(request: HttpRequest, reference: str) -> HttpResponse:
    """Queue the computation of the sets of this territory, one at a time."""
    territory = _territory_or_404(request, reference)
    request_balance(territory)
    messages.success(
        request, _("Le calcul est demandé : la répartition arrive dans un instant.")
    )
    address = reverse("matching:balance_detail", args=[territory.reference])
    return redirect(f"{address}?type={_type_of(request)}")


def _territory_or_404(request: HttpRequest, reference: str) -> Territory:
    try:
        territory = resolve(reference).territory
    except UnknownTerritoryError as error:
        raise Http404(str(error)) from error
    if not can(request.user, "matching.view_balance", territory):
        raise Http404
    return territory


def _tell_it(
    request: HttpRequest, territory: Territory, read: Iterable[Organisation]
) -> None:
    """Write in the journals what an administrator reads without looking after it."""
    if is_catalyst_over(request.user, territory):
        return
    organisations = {one.pk: one for one in read}.values()
    record_reads(request.user, organisations, _("la répartition des propositions"))


def _type_of(request: HttpRequest) -> PartnershipType:
    code = request.GET.get("type") or request.POST.get("type", "")
    known = code in PartnershipType.values
    return PartnershipType(code) if known else PartnershipType.PATRONAGE


def _page(
    request: HttpRequest, chosen: BalancedSet | None
) -> "Page[BalancedProposal] | None":
    if chosen is None:
        return None
    pages = Paginator(pairs_of(chosen), PAIRS_PER_PAGE)
    return pages.get_page(request.GET.get("page"))


def _sides(rows: Iterable[BalancedProposal] | None) -> list[Organisation]:
    return [side.organisation for row in rows or () for side in (row.low, row.high)]


def _cells(row: BalancedProposal, chosen: BalancedSet | None) -> list[str]:
    low, high = row.low.organisation, row.high.organisation
    label = chosen.get_type_display() if chosen else ""
    return [
        low.name,
        low.get_kind_display(),
        high.name,
        high.get_kind_display(),
        str(label),
    ]


def _waiting(territory: Territory, *, is_done: bool = False) -> Waiting | None:
    return waiting(job_of_balance(territory), is_done=is_done)


def _crumbs(territory: Territory) -> list[dict[str, Any]]:
    return [
        {"label": _("Territoires"), "url": reverse("territories:territory_list")},
        {
            "label": territory.name,
            "url": reverse("portal:territory_detail", args=[territory.reference]),
        },
        {"label": _("Répartition des propositions"), "url": ""},
    ]
