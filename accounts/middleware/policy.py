"""Who may open which address (docs/decisions/0007)."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.middleware.base import Middleware
from accounts.policy import Access, is_administrator, may_open, route_named


class PolicyMiddleware(Middleware):
    """Refuse every address without a policy row, and those not for this person."""

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
