"""Who is missing around the table: of a territory, of a pair."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import can
from alliances.enums import Part
from alliances.models import Organisation
from alliances.policy import shown_to_all
from alliances.selectors.introductions import standing
from matching.explanations import tables, words
from matching.forms import TableForm
from matching.selectors.asked import Asked
from matching.selectors.lists import configuration_version, pair_cards
from matching.views.addresses import pair_url
from matching.views.lists import crumbs, organisation_or_404
from territories.models import Territory
from territories.selectors import UnknownTerritoryError, resolve


@dataclass(frozen=True)
class SeatLine:
    """One member of a table, as shown."""

    organisation: Organisation
    place: str
    role: tables.Role
    is_given: bool
    is_motor: bool


@dataclass(frozen=True)
class NextLine:
    """Somebody who could join, as shown."""

    organisation: Organisation
    place: str
    adds: str


@dataclass(frozen=True)
class TableLine:
    """One coalition, as shown; ``terms`` sum to ``value``."""

    number: int
    title: str
    seats: list[SeatLine]
    motor: Organisation
    held: str
    lacking_functions: str
    lacking_means: str
    territory: str
    next: list[NextLine]
    terms: list[tuple[str, float]]
    value: float
    bound: float
    is_exact: bool


@dataclass(frozen=True)
class Lacking:
    """A function that nobody holds here, and where to look for somebody."""

    label: str
    kind: str
    url: str


@login_not_required
@require_safe
def table_territory(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose who could sit around a table in a territory, on a subject."""
    from matching.selectors.tables import around_territory  # noqa: PLC0415 - NumPy

    try:
        territory = resolve(reference).territory
    except UnknownTerritoryError as error:
        raise Http404(str(error)) from error
    if territory.reference != reference:
        return redirect("matching:table_territory", territory.reference)
    form = TableForm(request.GET)
    found = around_territory(territory, viewer=request.user, domain=form.domain())
    here = reverse("portal:territory_detail", args=[territory.reference])
    context = _context(request, found, territory) | {
        "territory": territory,
        "is_member": False,
        "form": TableForm({"domaine": found.domain}),
        "crumbs": [
            {"label": territory.name, "url": here},
            {"label": _("Qui manque autour de la table ?"), "url": ""},
        ],
    }
    return render(request, "matching/table_territory.html", context)


@login_not_required
@require_safe
def table_pair(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """Propose who could join two organisations proposed to each other, or in touch."""
    from matching.selectors.tables import around_group  # noqa: PLC0415 - NumPy

    own = organisation_or_404(request, public_id)
    other = organisation_or_404(request, other_id)
    if own == other:
        raise Http404
    form = TableForm(request.GET)
    found = None
    if _speak_together(request, own, other):
        group = [own, other]
        found = around_group(group, viewer=request.user, domain=form.domain())
    context: dict[str, Any] = {
        "own": own,
        "other": other,
        "is_member": can(request.user, "matching.view_proposals", own),
        "crumbs": _pair_crumbs(own, other),
    }
    if found is not None:
        context |= _context(request, found, None)
        context["form"] = TableForm({"domaine": found.domain})
    return render(request, "matching/table_pair.html", context)


def _speak_together(
    request: HttpRequest, own: Organisation, other: Organisation
) -> bool:
    """Tell whether the reader already knows of this pair: in touch, or proposed.

    Any other pair looks the same, whatever keeps it apart.
    """
    said = standing(own, other, viewer=request.user)
    if said is not None and said.introduction is not None:
        return True
    return other.pk in pair_cards(own, [other], viewer=request.user, asked=Asked())


def _pair_crumbs(own: Organisation, other: Organisation) -> list[dict[str, str]]:
    *way, _last = crumbs(own, other.name)
    here = {"label": _("Qui manque autour de la table ?"), "url": ""}
    return [*way, {"label": other.name, "url": pair_url(own, other, QueryDict())}, here]


def _context(
    request: HttpRequest, found: Any, territory: Territory | None
) -> dict[str, Any]:
    lines = [_line(found, n, one) for n, one in enumerate(found.coalitions, start=1)]
    return {
        "found": found,
        "subject": words.DOMAINS[found.domain],
        "lines": lines,
        "next": [_next(found, one) for one in found.next_members],
        "given": _given(found),
        "missing": tables.missing(found.missing),
        "lacking": [_lacking(code, territory) for code in found.missing],
        "directory_url": _directory_url(territory, domaine=found.domain),
        "configuration": configuration_version(),
        "today": timezone.localdate(),
    }


def _line(found: Any, number: int, coalition: Any) -> TableLine:
    who = found.organisations
    seats = [
        SeatLine(
            organisation=who[seat.row],
            place=_place(who[seat.row]),
            role=tables.role(seat.brings, seat.alone),
            is_given=seat.is_given,
            is_motor=seat.row == coalition.motor,
        )
        for seat in coalition.seats
    ]
    names = [seat.organisation.name for seat in seats]
    return TableLine(
        number=number,
        title=words.listed(names, most=len(names)),
        seats=seats,
        motor=who[coalition.motor],
        held=tables.functions(coalition.covered.functions),
        lacking_functions=tables.missing(coalition.lacking.functions),
        lacking_means=words.means(coalition.lacking.means, most=tables.SHOWN_MEANS),
        territory=words.percent(coalition.covered.territory),
        next=[_next(found, one) for one in coalition.next_members if one.adds],
        terms=list(zip(map(str, tables.TERMS), coalition.terms, strict=True)),
        value=coalition.value,
        bound=coalition.bound,
        is_exact=coalition.bound - coalition.value <= tables.EXACT,
    )


def _next(found: Any, one: Any) -> NextLine:
    organisation = found.organisations[one.row]
    return NextLine(organisation, _place(organisation), tables.adds(one.adds))


def _given(found: Any) -> dict[str, str] | None:
    if found.given is None:
        return None
    covered, lacking = found.given
    return {
        "functions": tables.functions(covered.functions),
        "means": words.means(covered.means, most=tables.SHOWN_MEANS),
        "lacking_functions": tables.missing(lacking.functions),
        "lacking_means": words.means(lacking.means, most=tables.SHOWN_MEANS),
    }


def _place(organisation: Organisation) -> str:
    is_shown = Part.PLACES in shown_to_all(organisation)
    return organisation.seat.name if is_shown and organisation.seat else ""


def _lacking(code: str, territory: Territory | None) -> Lacking:
    kind = tables.KINDS[code]
    url = _directory_url(territory, nature=kind.value)
    return Lacking(str(tables.MISSING[code]), str(kind.label), url)


def _directory_url(territory: Territory | None, **query: str) -> str:
    if territory is not None:
        query = {"territoire": territory.reference, **query}
    return f"{reverse('alliances:organisation_list')}?{urlencode(query)}"
