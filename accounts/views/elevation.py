"""An administrator asks for extended access, and ends it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import ElevationForm
from accounts.models import User
from accounts.selectors.elevation import current_elevation
from accounts.services.elevation import elevate, end_elevation
from accounts.services.sessions import renew


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def elevation_request(request: HttpRequest) -> HttpResponse:
    """Ask why; the password or the second factor was given again just before."""
    form = ElevationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        elevate(_person(request), **form.cleaned_data)
        renew(request)
        return redirect(_next(request) or reverse("admin:index"))
    context = {
        "form": form,
        "next": _next(request),
        "elevation": current_elevation(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/elevation.html", context, status=status)


@require_POST
def elevation_end(request: HttpRequest) -> HttpResponse:
    if end_elevation(_person(request)):
        messages.success(request, _("Votre accès étendu est terminé."))
    renew(request)
    return redirect("portal:home")


def _person(request: HttpRequest) -> User:
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - the policy row says so
    return person


def _next(request: HttpRequest) -> str:
    """Return the page that was asked for, when it is one of this site."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
