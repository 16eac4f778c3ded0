from functools import cache

from django.http import HttpRequest

from notifications.selectors import unread_count


def news(request: HttpRequest) -> dict[str, object]:
    """Count what is unread, for the header: one query, only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_news": 0}

    @cache
    def count() -> int:
        return unread_count(user)

    return {"unread_news": count}
