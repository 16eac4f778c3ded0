"""One pair: why it is proposed, or why it is not."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.policy import can
from alliances.enums import Part, PartnershipType, RefusalReason
from alliances.models import Organisation
from alliances.policy import shown_to_all, visible_parts
from alliances.selectors.introductions import standing
from alliances.selectors.places import map_reference
from alliances.selectors.projects import name_of
from matching.explanations.types import DEFINITIONS
from matching.selectors.asked import Asked
from matching.selectors.calculation import Calculation, calculation
from matching.selectors.cards import Card
from matching.selectors.common_ground import common_domains
from matching.selectors.lists import (
    computed_at,
    configuration_version,
    pair_cards,
    projects_between,
)
from matching.selectors.proposals import progress_of, why_not
from matching.views.addresses import list_url, pair_url, query_of, without
from matching.views.lists import (
    MAX_COMPARED,
    crumbs,
    form_for,
    kept_ids,
    organisation_or_404,
    origin_of,
)
from matching.views.shown import Line, lines_of, percentage
from matching.views.trials import trial_context, trial_form
from territories.models import Territory


@dataclass(frozen=True)
class TypeTab:
    """One of the four types of a pair; without ``url``, it is not proposed for it."""

    code: str
    label: str
    definition: str
    url: str
    agreement_pct: int | None
    is_current: bool
    is_named: bool


@login_not_required
@require_safe
def proposal_detail(
    request: HttpRequest, public_id: str, other_id: str
) -> HttpResponse:
    """Tell everything of a pair that is proposed; else what may be said of why not."""
    own = organisation_or_404(request, public_id)
    other = organisation_or_404(request, other_id)
    if own == other:
        raise Http404
    asked = form_for(request, own).asked(partial(origin_of, request, own))
    trial = trial_form(request)
    asked = replace(asked, trial=trial.trial())
    found = pair_cards(own, [other], viewer=request.user, asked=asked)
    if other.pk not in found:
        return _absent(request, own, other, asked)
    context = _context(request, found[other.pk], asked)
    context |= trial_context(trial, asked)
    return render(request, "matching/proposal_detail.html", context)


@login_not_required
@require_safe
def pair_places(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """Give the map of a pair the seats that this person may read (GeoJSON)."""
    found = [organisation_or_404(request, one) for one in (public_id, other_id)]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": coordinates},
            "properties": {"name": f"{one.name} – {one.seat.name}"},
        }
        for one in found
        if (coordinates := seat_coordinates(request, one)) and one.seat
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return JsonResponse(collection, content_type="application/geo+json")


def seat_coordinates(
    request: HttpRequest, organisation: Organisation
) -> list[float] | None:
    """Return longitude and latitude of the seat; None when hidden or unknown."""
    seat = organisation.seat
    if seat is None or Part.PLACES not in visible_parts(request.user, organisation):
        return None
    if seat.longitude_deg is None or seat.latitude_deg is None:
        return None
    return [seat.longitude_deg, seat.latitude_deg]


def _context(request: HttpRequest, card: Card, asked: Asked) -> dict[str, Any]:
    own, other = card.own_intention.organisation, card.organisation
    is_public = not can(request.user, "matching.view_proposals", own)
    query = query_of(asked, kept_ids(request))
    (line,) = lines_of([card], query=query, is_public=is_public)
    return {
        "own": own,
        "other": other,
        "line": line,
        "card": card,
        "story": card.story,
        "asked": asked,
        "is_public": is_public,
        "definition": DEFINITIONS[card.type],
        "tabs": type_tabs(card, query),
        "projects": project_links(request, card, asked, query),
        "is_named_by_rule": card.type
        == card.figures.named_type
        != card.figures.best_type,
        "is_type_refused": bool(asked.type_code) and asked.type_code != card.type,
        "squares": squares(card, is_public=is_public),
        "domains": common_domains(card, is_public=is_public),
        "sums": calculations(line),
        "places": seats(card, is_public=is_public),
        "geojson_url": outlines_url(card, is_public=is_public),
        "points_url": reverse(
            "matching:pair_places", args=[own.public_id, other.public_id]
        ),
        "crumbs": crumbs(own, other.name),
        "back_url": list_url(own, query),
        "keep_url": list_url(own, keeping(query, other)),
        "configuration": configuration_version(),
        "computed_at": computed_at(),
        "progress": progress_of(own, viewer=request.user),
        "today": timezone.localdate(),
        **_answering(request, own, other),
    }


def _answering(
    request: HttpRequest, own: Organisation, other: Organisation
) -> dict[str, Any]:
    """Return what the buttons of an answer need; they are for members of ``own``."""
    return {
        "standing": standing(own, other, viewer=request.user),
        "reasons": RefusalReason.choices,
        "back": request.get_full_path(),
    }


def _absent(
    request: HttpRequest, own: Organisation, other: Organisation, asked: Asked
) -> HttpResponse:
    """Answer for any pair that is not proposed: the same page whatever the cause."""
    is_member = can(request.user, "matching.view_proposals", own)
    context = {
        "own": own,
        "other": other,
        "is_member": is_member,
        "causes": why_not(own, other, viewer=request.user),
        "crumbs": crumbs(own, other.name),
        "back_url": list_url(own, query_of(asked)),
        "asked": asked,
        **_answering(request, own, other),
    }
    return render(request, "matching/proposal_absent.html", context)


def keeping(query: QueryDict, other: Organisation) -> QueryDict:
    """Return the address of the list with ``other`` among those to compare."""
    kept = [one for one in query.getlist("avec") if one != other.public_id]
    fuller = query.copy()
    fuller.setlist("avec", [*kept[: MAX_COMPARED - 1], other.public_id])
    return fuller


def type_tabs(card: Card, query: QueryDict) -> list[TypeTab]:
    """Return the four types, those that are proposed with their address."""
    own, other = card.own_intention.organisation, card.organisation
    tabs = []
    for code, score in card.figures.type_scores.items():
        typed = without(query, "type")
        typed["type"] = code
        tabs.append(
            TypeTab(
                code=code,
                label=str(PartnershipType(code).label),
                definition=str(DEFINITIONS[code]),
                url="" if score is None else pair_url(own, other, typed),
                agreement_pct=None if score is None else percentage(score),
                is_current=code == card.type,
                is_named=code == card.figures.named_type,
            )
        )
    return tabs


@dataclass(frozen=True)
class ProjectLink:
    """A project of one's own that the same partner is proposed for."""

    name: str
    url: str
    is_current: bool


def project_links(
    request: HttpRequest, card: Card, asked: Asked, query: QueryDict
) -> list[ProjectLink]:
    """Return the projects that this partner is proposed for, when there are several."""
    own, other = card.own_intention.organisation, card.organisation
    if not card.own_project:
        return []
    links = []
    for one in projects_between(own, other, viewer=request.user, zone=asked.zone):
        typed = without(query, "projet")
        typed["projet"] = one.public_id
        url = pair_url(own, other, typed)
        links.append(ProjectLink(name_of(one), url, one.pk == card.own_intention.pk))
    return links if len(links) > 1 else []


def squares(card: Card, *, is_public: bool) -> list[dict[str, object]]:
    """Return both squares, none when the partner's is not for this reader."""
    if is_public or Part.SQUARE not in card.parts:
        return []
    return [
        {
            "name": intention.organisation.name,
            "kind": intention.organisation.kind,
            "weights": intention.square,
        }
        for intention in (card.own_intention, card.intention)
    ]


def seats(card: Card, *, is_public: bool) -> list[dict[str, str]]:
    """Return where each is, as far as the reader may know."""
    return [
        {"label": one.name, "note": seat.name, "url": ""}
        for one, seat in _shown_seats(card, is_public=is_public)
    ]


def _shown_seats(
    card: Card, *, is_public: bool
) -> list[tuple[Organisation, Territory]]:
    own, other = card.own_intention.organisation, card.organisation
    shown = (
        (own, not is_public or Part.PLACES in shown_to_all(own)),
        (other, Part.PLACES in card.parts),
    )
    return [(one, one.seat) for one, is_shown in shown if is_shown and one.seat]


def outlines_url(card: Card, *, is_public: bool) -> str:
    """Return the outlines under the seats shown: a hidden one is not told by them."""
    places = [seat for _own, seat in _shown_seats(card, is_public=is_public)]
    return reverse("territories:territory_geometry", args=[map_reference(*places)])


def calculations(line: Line) -> list[Calculation]:
    story = line.card.story
    return [calculation(side) for side in (story.own, story.other)]
