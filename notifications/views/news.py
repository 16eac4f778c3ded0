"""What a person was told, newest first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import visible
from notifications.models import Notification
from notifications.selectors import lines_of
from notifications.services.reading import read, read_all_of

PAGE_SIZE = 20


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    news = visible(request.user, Notification.objects.order_by("-created_at", "-pk"))
    page = Paginator(news, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines_of(page.object_list)}
    return render(request, "notifications/notification_list.html", context)


@require_POST
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark one piece of news as read, and go where it leads."""
    mine = visible(request.user, Notification.objects.all())
    news = get_object_or_404(mine, public_id=public_id)
    read(news)
    if "stay" in request.POST:
        return redirect("notifications:notification_list")
    if not url_has_allowed_host_and_scheme(news.path, allowed_hosts=None):
        return redirect("notifications:notification_list")
    return redirect(news.path)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = read_all_of(visible(request.user, Notification.objects.all()))
    messages.success(
        request,
        ngettext(
            "Une notification marquée comme lue.",
            "%(count)d notifications marquées comme lues.",
            count,
        )
        % {"count": count},
    )
    return redirect("notifications:notification_list")
