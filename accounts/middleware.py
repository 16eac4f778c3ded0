"""What every request goes through before a view sees it."""

from collections.abc import Callable

import pghistory
from django.contrib.auth.views import redirect_to_login
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from pghistory.middleware import HistoryMiddleware

from accounts import second_factor
from accounts.models import User
from accounts.policy import Access, is_administrator, may_open, route_named
from accounts.services.presence import note_presence

GetResponse = Callable[[HttpRequest], HttpResponse]
INTERFACE = "/api/"
FORM_CHARSETS = frozenset({"utf-8", "utf8"})  # what the pages are written in


class PolicyMiddleware:
    """Refuse every address without a policy row, and those not for this person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if may_open(request.user, name) or self._answers_by_itself(view, name):
            return None
        if self._may_ask_for_access(request, name):
            asked = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('elevation_request')}?{asked}")
        if self._may_sign_in(name) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    @staticmethod
    def _answers_by_itself(view: object, name: str) -> bool:
        """Leave a declared address of the API to ``PolicyPermission``: 401 or 403."""
        return route_named(name) is not None and hasattr(view, "cls")

    @staticmethod
    def _may_ask_for_access(request: HttpRequest, name: str) -> bool:
        row = route_named(name)
        is_elevated_only = row is not None and row.access is Access.ELEVATED
        return is_elevated_only and bool(is_administrator(request.user))

    @staticmethod
    def _may_sign_in(name: str) -> bool:
        row = route_named(name)
        return row is not None and row.access is not Access.PUBLIC


class AuthorMiddleware(HistoryMiddleware):
    """Say with each change who was signed in, and which page they used.

    The pattern of the address, not the address: that of an invitation is its key. No
    network address either (docs/decisions/0135).
    """

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        return {"user": request.user.pk}

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        if request.resolver_match is not None:
            pghistory.context(page=request.resolver_match.view_name)


class SecondFactorMiddleware:
    """Keep who must set up a second factor on the pages of their account until then.

    Public pages too: signed in, they show what the person's rights open.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match and second_factor.is_open(match.view_name):
            return None
        if not second_factor.must_set_up(request.user):
            return None
        if request.path.startswith(INTERFACE):
            return self._refusal()
        return self._lead_to_setting_up(request)

    @staticmethod
    def _refusal() -> HttpResponse:
        sentence = _(
            "Vos droits demandent une double vérification, qui n’est pas encore "
            "en place. Mettez-la en place depuis votre compte, puis recommencez."
        )
        return JsonResponse({"detail": sentence}, status=403)

    @staticmethod
    def _lead_to_setting_up(request: HttpRequest) -> HttpResponse:
        address = reverse("accounts:second_factor_setup")
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(address)
        if request.method in ("GET", "HEAD"):
            address = f"{address}?{urlencode({'next': request.get_full_path()})}"
        return HttpResponseRedirect(address)


class SeenMiddleware:
    """Note that a person came, once a day."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        if isinstance(request.user, User):
            note_presence(request.user)


class RefuseUnstorableTextMiddleware:
    """Answer 400 to texts that PostgreSQL cannot hold: NUL and lone surrogates.

    Uploaded files are checked by what reads them; here only addresses, query
    strings, cookies and form fields (reliability: trap T24).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_readable(request):
            return self._refusal(request)
        return self.get_response(request)

    @staticmethod
    def _refusal(request: HttpRequest) -> HttpResponse:
        sentence = _(
            "Ce texte contient des caractères invisibles qui ne peuvent pas "
            "être enregistrés. Retirez-les, puis recommencez."
        )
        if request.path.startswith(INTERFACE):
            return JsonResponse({"detail": sentence}, status=400)
        return HttpResponseBadRequest(
            sentence, content_type="text/plain; charset=utf-8"
        )

    def _is_readable(self, request: HttpRequest) -> bool:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in FORM_CHARSETS:  # some are not even texts
            return False
        return all(is_storable(text) for text in self._texts(request))

    @staticmethod
    def _texts(request: HttpRequest) -> list[str]:
        texts: list[str] = [request.path]
        for name, value in request.COOKIES.items():  # quoted, they may hold a NUL
            texts.extend((name, value))
        for source in (request.GET, request.POST):
            for key, values in source.lists():
                texts.append(str(key))
                texts.extend(str(value) for value in values)
        return texts


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL can hold ``text``."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
