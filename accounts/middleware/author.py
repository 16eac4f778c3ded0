"""Who changes what, for the journals (docs/decisions/0135)."""

import pghistory
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


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
