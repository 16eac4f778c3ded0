from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.selectors import unread_count


def news(request: HttpRequest) -> dict[str, object]:
    """Count what is unread, for the header: one query, only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_news": 0}
    return {"unread_news": SimpleLazyObject(lambda: unread_count(user))}
