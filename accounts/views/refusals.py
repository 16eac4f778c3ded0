"""What the library of accounts answers to who asks too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.throttling import TOO_MANY


def too_often(request: HttpRequest) -> HttpResponse:
    """Its limits tell no time to wait: a few minutes, at most."""
    return render(request, "429.html", {"wait": _("quelques minutes")}, status=TOO_MANY)
