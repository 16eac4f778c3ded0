"""What every answer carries, whoever made it: the outermost layer of the site.

The other headers come from Django, django-csp and django-permissions-policy, which
stand just inside (docs/decisions/0106).
"""

from collections.abc import Callable

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

GetResponse = Callable[[HttpRequest], HttpResponse]
SIGNED_OUT = "_signed_out"


class SafeAnswersMiddleware:
    """Leave nothing of a person behind: in caches, nor in the browser once they left.

    An answer that reads or sets a cookie, or that a key of the API opened, is for
    somebody: nobody keeps it, not even the history of the browser.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._static = static("")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if self._is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
        if hasattr(request, SIGNED_OUT):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _is_personal(self, request: HttpRequest, response: HttpResponse) -> bool:
        if request.path_info.startswith(self._static):
            return False
        return bool(
            request.COOKIES or response.cookies or "Authorization" in request.headers
        )


@receiver(user_logged_out)
def remember_signing_out(request: HttpRequest | None, **_signal: object) -> None:
    """Have the answer of this request tell the browser to forget."""
    if request is not None:
        setattr(request, SIGNED_OUT, True)
