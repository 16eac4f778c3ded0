"""Every letter that the site may write, for those who reread them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.samples import previews


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    context = {"previews": list(previews())}
    return render(request, "notifications/preview_list.html", context)
