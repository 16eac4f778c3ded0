"""« Mes sessions »: where I am signed in, and how to end it."""

import re
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.selectors.sessions import open_sessions
from accounts.services.sessions import end_other_sessions, end_session

if TYPE_CHECKING:
    from accounts.models import User

NUMBER = re.compile(r"[0-9]{1,18}\Z")


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    sessions = open_sessions(person, current=request.session.session_key or "")
    return render(request, "accounts/sessions.html", {"sessions": sessions})


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """A session already ended, or somebody else's, answers the same: nothing to do."""
    number = request.POST.get("session", "")
    if NUMBER.match(number):
        end_session(cast("User", request.user), int(number))
    messages.success(request, _("Cette session est fermée."))
    return redirect("accounts:session_list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    end_other_sessions(
        cast("User", request.user), kept=request.session.session_key or ""
    )
    messages.success(request, _("Vos autres sessions sont fermées."))
    return redirect("accounts:session_list")
