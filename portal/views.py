from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.gallery import examples


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and start from a territory."""
    return render(request, "portal/home.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build pages (staff only)."""
    return render(request, "portal/gallery.html", examples())
