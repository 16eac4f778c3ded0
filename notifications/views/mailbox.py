"""The mails of a demonstration, on a page: elsewhere it does not exist."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications import mailbox
from notifications.letters import inside_of

PAGE_SIZE = 30


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    _require_demonstration()
    paginator = Paginator(mailbox.mails(), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    return render(request, "notifications/mail_list.html", {"page": page})


@login_not_required
@require_safe
def shown(request: HttpRequest, file: str) -> HttpResponse:
    _require_demonstration()
    mails = mailbox.mails_named(file)
    if not mails:
        raise Http404
    context = {"mails": [(mail, inside_of(mail.html)) for mail in mails]}
    return render(request, "notifications/mail_detail.html", context)


def _require_demonstration() -> None:
    if not mailbox.is_open():
        raise Http404
