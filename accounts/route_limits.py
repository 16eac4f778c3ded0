"""Addresses whose views are not ours, held to the rates of ``accounts.limits``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.throttling import SAFE_METHODS, allow_request, too_many

GetResponse = Callable[[HttpRequest], HttpResponse]
# allauth counts failures per person; here everything posted is counted per address,
# and nothing is tried while it cannot be counted.
ROUTES = {
    "account_login": "sign_in",
    "account_signup": "sign_up",
    "account_request_login_code": "reset",
    "account_reset_password": "reset",
    "account_confirm_login_code": "code",
    "account_confirm_password_reset_code": "code",
    "account_email_verification_sent": "code",
    "account_reauthenticate": "code",
    "mfa_authenticate": "code",
    "mfa_login_webauthn": "code",
    "mfa_reauthenticate": "code",
    "mfa_reauthenticate_webauthn": "code",
}


class RouteLimitsMiddleware:
    """Answer 429 to who tries too often."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        action = ROUTES.get(match.view_name) if match else None
        if action is None or request.method in SAFE_METHODS:
            return None
        return None if allow_request(request, action) else too_many(request, action)
