"""The way out of letters: signed, without an account, in one gesture (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.links import delivery_of
from notifications.services.choosing import stop_all_letters, stop_letters_like

TEMPLATE = "notifications/unsubscribe.html"


# Mail readers post here by themselves, with neither a cookie nor a form of ours: the
# signature in the address is what proves the right to ask, and the session is not read.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; do it when it is pressed: scanners of mail only open pages."""
    delivery = delivery_of(token)
    if delivery is None:
        return render(request, TEMPLATE, {"is_unknown": True}, status=404)
    if request.method != "POST":
        return render(request, TEMPLATE, {})
    if "everything" in request.POST:
        stop_all_letters(delivery)
    else:
        stop_letters_like(delivery)
    return render(request, TEMPLATE, {"is_done": True})
