"""How long somebody stays signed in: a while without doing anything, a day at most."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGAN = "began"  # seconds since 1970, like SEEN
SEEN = "seen"
# What a page asks for while nobody touches it: it keeps nobody signed in.
BY_ITSELF = "X-By-Itself"


class SessionLifeMiddleware:
    """Sign out whoever left: after an idle time, and after a whole day in any case.

    The moment of the last request is written once every few minutes, in the session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            self._keep_or_end(request, now=int(time.time()))
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest, *, now: int) -> None:
        session = request.session
        began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
        idle = now - seen > _idle_seconds(is_staff=request.user.is_staff)
        if idle or now - began > settings.SESSION_ABSOLUTE_SECONDS:
            logout(request)
            messages.info(
                request,
                _(
                    "Votre session a pris fin, pour protéger votre compte. Ce qui était "
                    "enregistré est conservé\u202f; connectez-vous de nouveau pour continuer."
                ),
            )
        elif now - seen > settings.SESSION_TOUCH_SECONDS and _is_there(request):
            session[SEEN] = now


def _is_there(request: HttpRequest) -> bool:
    return BY_ITSELF not in request.headers


def _idle_seconds(*, is_staff: bool) -> int:
    if is_staff:
        return settings.SESSION_IDLE_SECONDS_OF_STAFF
    return settings.SESSION_IDLE_SECONDS


@receiver(user_logged_in)
def begin(request: HttpRequest | None, **_signal: object) -> None:
    """Write when a session begins."""
    if request is not None and hasattr(request, "session"):
        request.session[BEGAN] = request.session[SEEN] = int(time.time())
