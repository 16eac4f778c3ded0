"""What the API shares: who asks, the policy as a permission, limits, bounded pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.throttling import BaseThrottle

from accounts.limits import allow, seconds_to_wait
from accounts.models import ApiToken
from accounts.policy import may_open, route_named
from accounts.second_factor import must_set_up
from accounts.selectors.tokens import token_of
from accounts.services.tokens import note_use
from accounts.throttling import address_of

if TYPE_CHECKING:  # the framework imports this module while it loads its views
    from rest_framework.request import Request
    from rest_framework.views import APIView

    from accounts.models import User


SCHEME = "bearer"


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer al_…``: the rights of a person, narrowed by scopes.

    Everything is read again at each request: a key that is revoked or expired, or
    whose person left or lacks a second factor that their rights ask for, opens
    nothing from then on.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        token = token_of(secret.strip())
        if token is None or must_set_up(token.user):
            raise AuthenticationFailed(
                _("Cette clé n’est pas valable, ou ne l’est plus.")
            )
        note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class PolicyPermission(BasePermission):
    """Ask the policy row of the route; objects are filtered by ``visible``.

    A key opens what its row names a scope for, to read, and nothing else.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        match = request.resolver_match
        if match is None or not may_open(request.user, match.view_name):
            return False
        if not isinstance(request.auth, ApiToken):
            return True
        row = route_named(match.view_name)
        return (
            row is not None
            and row.scope in request.auth.scopes
            and request.method in SAFE_METHODS
        )

    def has_object_permission(
        self, request: Request, view: APIView, obj: object
    ) -> bool:
        return True


class RequestThrottle(BaseThrottle):
    """Count each request for its key, its person and its address, atomically."""

    _refused: tuple[str, str] | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        for action, who in self._everyone(request):
            if not allow(action, who=who):
                self._refused = action, who
                return False
        return True

    def wait(self) -> float | None:
        if self._refused is None:
            return None
        action, who = self._refused
        return float(seconds_to_wait(action, who=who))

    @staticmethod
    def _everyone(request: Request) -> list[tuple[str, str]]:
        address = address_of(request._request)  # noqa: SLF001
        if not request.user.is_authenticated:
            return [("api_anonymous", address)]
        found = [("api", request.user.public_id), ("api", address)]
        if isinstance(request.auth, ApiToken):
            found.insert(0, ("api_token", f"token:{request.auth.public_id}"))
        return found


class PagePagination(PageNumberPagination):
    """Fifty rows a page, two hundred at most."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
