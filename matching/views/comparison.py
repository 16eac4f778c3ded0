"""Two to four proposals side by side: a page, a printed sheet, a file."""

import csv
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import can, visible
from alliances.enums import Part
from alliances.interchange.neutralise import neutralised
from alliances.models import Intention, Organisation
from matching.selectors.asked import Asked
from matching.selectors.cards import Card
from matching.selectors.lists import computed_at, pair_cards
from matching.views.addresses import list_url, query_of, with_query
from matching.views.compared import Row, rows
from matching.views.lists import (
    crumbs,
    form_for,
    kept_ids,
    organisation_or_404,
    origin_of,
)
from matching.views.shown import Line, lines_of

FEWEST = 2
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets misread accents


@login_not_required
@require_safe
def proposal_compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the partners kept in the address side by side."""
    own = organisation_or_404(request, public_id)
    context = _context(request, own)
    return render(request, "matching/proposal_compare.html", context)


@login_not_required
@require_safe
def comparison_export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the comparison as a file for a spreadsheet; no cell can be a formula."""
    own = organisation_or_404(request, public_id)
    context = _context(request, own)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="comparaison.csv"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    names = [line.organisation.name for line in context["lines"]]
    sources = _("Comparaison établie le %(day)s pour %(name)s. %(origin)s") % {
        "day": context["today"].isoformat(),
        "name": own.name,
        "origin": origin_words(context["is_public"]),
    }
    for cells in (
        [_("Critère"), *names],
        *([row.label, *(cell.text for cell in row.cells)] for row in context["rows"]),
        [sources],
    ):
        writer.writerow([neutralised(cell) for cell in cells])
    return response


def origin_words(is_public: bool) -> str:
    """Say what the comparison was made from."""
    if is_public:
        return _("Établi à partir de ce que les organisations publient.")
    return _("Établi à partir des fiches des organisations.")


def _context(request: HttpRequest, own: Organisation) -> dict[str, Any]:
    asked = form_for(request, own).asked(partial(origin_of, request, own))
    kept = kept_ids(request)
    wanted = _wanted(request, own, kept)
    found = pair_cards(own, wanted, viewer=request.user, asked=asked)
    cards = [found[one.pk] for one in wanted if one.pk in found]
    is_public = not can(request.user, "matching.view_proposals", own)
    query = query_of(asked, [card.organisation.public_id for card in cards])
    lines = lines_of(cards, query=query, is_public=is_public)
    return {
        "own": own,
        "lines": lines,
        "rows": _rows(lines),
        "absent": [one for one in wanted if one.pk not in found],
        "is_too_few": len(lines) < FEWEST,
        "is_cut": len(set(request.GET.getlist("avec"))) > len(kept),
        "is_public": is_public,
        "origin": origin_words(is_public),
        "squares": _squares(own, cards, is_public=is_public),
        "export_url": _export_url(own, asked, cards),
        "back_url": list_url(own, query),
        "crumbs": crumbs(own, _("Comparaison")),
        "computed_at": computed_at(),
        "today": timezone.localdate(),
    }


def _rows(lines: list[Line]) -> list[Row]:
    return rows(lines) if len(lines) >= FEWEST else []


def _wanted(
    request: HttpRequest, own: Organisation, kept: tuple[str, ...]
) -> list[Organisation]:
    """Return the organisations of the address, in its order."""
    active = visible(request.user, Organisation.objects.active())
    found = active.filter(public_id__in=kept).exclude(pk=own.pk)
    return sorted(found, key=lambda one: kept.index(one.public_id))


def _export_url(own: Organisation, asked: Asked, cards: list[Card]) -> str:
    address = reverse("matching:comparison_export", args=[own.public_id])
    kept = [card.organisation.public_id for card in cards]
    return with_query(address, query_of(asked, kept))


def _squares(
    own: Organisation, cards: list[Card], *, is_public: bool
) -> list[dict[str, object]]:
    """Return every square that the reader may see, one's own first."""
    shown = [card for card in cards if Part.SQUARE in card.parts]
    if is_public or not shown:
        return []
    own_sides = {card.own_intention.pk: (card.own_intention, card) for card in shown}
    sides = [(one, card.own_project) for one, card in own_sides.values()]
    sides += [(card.intention, "") for card in shown]
    return [
        {
            "name": _named(intention, project if len(own_sides) > 1 else ""),
            "kind": intention.organisation.kind,
            "weights": intention.square,
        }
        for intention, project in sides
    ]


def _named(intention: Intention, project: str) -> str:
    name = intention.organisation.name
    return f"{name} – {project}" if project else name
