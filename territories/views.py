"""Finding a place, browsing places, and the shapes of their maps."""

import gzip

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from territories.models import Territory
from territories.search_text import MAX_LENGTH
from territories.selectors import (
    Found,
    UnknownTerritoryError,
    resolve,
    search_territories,
)
from territories.selectors.outlines import outlines, outlines_tag
from territories.selectors.tree import divisions

SUGGESTION_COUNT = 8
RESULT_COUNT = 30
MAX_AGE_S = 3600


@login_not_required
@require_safe
def territory_list(request: HttpRequest) -> HttpResponse:
    """Browse the régions and their départements, or look for a place."""
    return render(
        request, "territories/territory_list.html", {"divisions": divisions()}
    )


@login_not_required
@require_safe
@vary_on_headers("Accept", "HX-Request")
def territory_search(request: HttpRequest) -> HttpResponse:
    """Find places: suggestions for the picker, JSON, or a page of results."""
    text = request.GET.get("q", "")[:MAX_LENGTH]
    asked = request.GET.getlist("nature")
    kinds = [kind for kind in asked if kind in Territory.Kind.values] or None
    is_page = "HX-Request" not in request.headers and not _wants_json(request)
    limit = RESULT_COUNT if is_page else SUGGESTION_COUNT
    found = search_territories(text, limit=limit, kinds=kinds)
    if _wants_json(request):
        return JsonResponse({"results": [_as_json(item) for item in found]})
    template = "territories/territory_search.html" + ("" if is_page else "#options")
    return render(request, template, {"text": text, "found": found})


@login_not_required
@require_safe
def territory_geometry(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the shapes of the map of a territory, compressed, with a tag."""
    try:
        territory = resolve(reference).territory
    except UnknownTerritoryError as error:
        raise Http404(str(error)) from error
    tag = quote_etag(outlines_tag(territory))
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = _compressed(request, outlines(territory))
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _compressed(request: HttpRequest, text: str) -> HttpResponse:
    content = text.encode()
    is_accepted = "gzip" in request.headers.get("Accept-Encoding", "")
    body = gzip.compress(content, compresslevel=6, mtime=0) if is_accepted else content
    response = HttpResponse(body, content_type="application/geo+json")
    if is_accepted:
        response["Content-Encoding"] = "gzip"
    return response


def _wants_json(request: HttpRequest) -> bool:
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return preferred == "application/json"


def _as_json(item: Found) -> dict[str, object]:
    return {
        "reference": item.territory.reference,
        "name": item.territory.name,
        "kind": item.territory.kind,
        "where": item.where,
        "population": item.territory.population,
        "notice": item.notice,
    }
