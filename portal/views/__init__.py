from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.policy import can
from portal.forms import StartForm
from portal.gallery import examples
from portal.selectors import actors, organisations_of
from territories.models import Territory
from territories.selectors import Resolution, UnknownTerritoryError, resolve
from territories.selectors.contents import contents, parts

PARTS_PER_PAGE = 100


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and start from a territory."""
    form = StartForm(request.GET if "territoire" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(_start_url(**form.cleaned_data))
    user = request.user
    mine = organisations_of(user) if user.is_authenticated else []
    return render(request, "portal/home.html", {"form": form, "mine": mine})


@login_not_required
@require_safe
def territory_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a territory: what it contains, who acts there, on what."""
    resolution = _resolution(reference)
    territory = resolution.territory
    if territory.reference != reference:
        return redirect(_canonical_url(resolution, reference))
    page = Paginator(parts(territory), PARTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": territory,
        "notice": _notice(request.GET.get("ancien", ""), territory),
        "contents": contents(territory),
        "page": page,
        "actors": actors(request.user, territory),
        "may_share": can(request.user, "matching.view_balance", territory),
    }
    return render(request, "portal/territory_detail.html", context)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build pages (staff only)."""
    return render(request, "portal/gallery.html", examples())


def _start_url(territoire: Territory, domaine: str) -> str:
    """Return the territory's page; with a subject, those who act there on it."""
    if not domaine:
        return reverse("portal:territory_detail", args=[territoire.reference])
    query = urlencode({"territoire": territoire.reference, "domaine": domaine})
    return f"{reverse('alliances:organisation_list')}?{query}"


def _resolution(reference: str) -> Resolution:
    try:
        return resolve(reference)
    except UnknownTerritoryError as error:
        raise Http404(str(error)) from error


def _canonical_url(resolution: Resolution, reference: str) -> str:
    """Return the address of the successor, that says what it replaced."""
    url = reverse("portal:territory_detail", args=[resolution.territory.reference])
    return f"{url}?{urlencode({'ancien': reference})}" if resolution.notice else url


def _notice(former_reference: str, territory: Territory) -> str:
    """Say that the address asked for another one; only when it is true."""
    if not former_reference:
        return ""
    try:
        former = resolve(former_reference)
    except UnknownTerritoryError:
        return ""
    return former.notice if former.territory == territory else ""
