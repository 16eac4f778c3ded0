"""The directory, its map's points, and the page of one organisation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.policy import can, visible
from alliances.filters import OrganisationFilter
from alliances.models import Organisation
from alliances.selectors.contacts import contacts_of
from alliances.selectors.introductions import answering_for
from alliances.selectors.pages import directory_page
from alliances.selectors.places import map_reference
from alliances.selectors.points import place_points, points
from alliances.selectors.profile import facts, profile
from alliances.views.links import asked_query, chips, directory_url, widening_links


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Search organisations; the results alone when only they change."""
    filterset = _filterset(request)
    answer = directory_page(
        filterset.queryset,
        filterset.search,
        order=filterset.order,
        number=request.GET.get("page", ""),
    )
    query = asked_query(filterset)
    context = {
        "filterset": filterset,
        "form": filterset.form,
        "answer": answer,
        "chips": chips(filterset),
        "clear_url": reverse("alliances:organisation_list"),
        "widenings": widening_links(filterset, answer.widenings),
        "points_url": f"{reverse('alliances:organisation_points')}?{query.urlencode()}",
        "geojson_url": _outlines_url(map_reference(filterset.search.territory)),
    }
    is_fragment = _is_fragment(request)
    template = "alliances/organisation_list.html"
    response = render(
        request, f"{template}#results" if is_fragment else template, context
    )
    if is_fragment and "page" not in request.GET:
        response["HX-Push-Url"] = directory_url(query)
    return response


@login_not_required
@require_safe
def organisation_points(request: HttpRequest) -> HttpResponse:
    """Give the map of the directory the places of what was found (GeoJSON)."""
    filterset = _filterset(request)
    return JsonResponse(
        points(filterset.queryset, filterset.search, query=asked_query(filterset)),
        content_type="application/geo+json",
    )


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one organisation, in the parts that this person may read."""
    organisation = _organisation(request, public_id)
    read = profile(organisation, request.user)
    context = {
        "profile": read,
        "facts": facts(read),
        "answering": answering_for(organisation, request.user),
        "contacts": contacts_of(organisation, request.user),
        "crumbs": [
            {"label": _("Annuaire"), "url": reverse("alliances:organisation_list")},
            {"label": organisation.name, "url": ""},
        ],
        "points_url": reverse("alliances:organisation_places", args=[public_id]),
        "geojson_url": _outlines_url(map_reference(*read.places)),
        "today": timezone.localdate(),
        "may_suggest": not read.is_member
        and can(request.user, "alliances.suggest_introduction", organisation),
        "may_read_journal": can(request.user, "alliances.view_journal", organisation),
    }
    return render(request, "alliances/organisation_detail.html", context)


@login_not_required
@require_safe
def organisation_places(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the map of one organisation its places (GeoJSON)."""
    read = profile(_organisation(request, public_id), request.user)
    return JsonResponse(place_points(read), content_type="application/geo+json")


def _is_fragment(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)


def _organisation(request: HttpRequest, public_id: str) -> Organisation:
    active = Organisation.objects.active().for_list()
    return get_object_or_404(visible(request.user, active), public_id=public_id)


def _outlines_url(reference: str) -> str:
    return reverse("territories:territory_geometry", args=[reference])


def _filterset(request: HttpRequest) -> OrganisationFilter:
    organisations = visible(request.user, Organisation.objects.active())
    return OrganisationFilter(request.GET, queryset=organisations)
