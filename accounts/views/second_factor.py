"""Setting up a second factor because one's rights ask for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from accounts import second_factor

ASKED = "asked_before_second_factor"


@require_safe
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Say why, offer the ways, and remember what was asked."""
    asked = request.GET.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None):
        request.session[ASKED] = asked
    if second_factor.has_one(request.user):
        return second_factor_done(request)
    context = {"is_required": second_factor.is_required(request.user)}
    return render(request, "accounts/second_factor_setup.html", context)


@require_safe
def second_factor_done(request: HttpRequest) -> HttpResponse:
    """Lead to what was asked before."""
    asked = request.session.pop(ASKED, "")
    return HttpResponseRedirect(asked or resolve_url(settings.LOGIN_REDIRECT_URL))
