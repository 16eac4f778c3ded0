"""When people come."""

from django.http import HttpRequest

from accounts.middleware.base import Middleware
from accounts.models import User
from accounts.services.presence import note_presence


class SeenMiddleware(Middleware):
    """Note that a person came, once a day."""

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        if isinstance(request.user, User):
            note_presence(request.user)
